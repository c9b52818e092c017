using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Scheduling;

namespace AutoDiff.Compiler.Emit;

internal sealed partial class TensorBody
{
    private const string Reductions = "global::AutoDiff.Generated.Reductions";

    public bool TryEmit(Instruction instruction, EmitContext context)
    {
        _context = context;
        // A tensor is no variable of its own: it is a part of some span. Only states of loops and results of branches are variables.
        if (instruction is not (If or For or While))
            foreach (Value result in instruction.Results)
                if (result.Type is TensorType) context.Bind(result, NameOf(result));
        switch (instruction)
        {
            case RowKernel kernel:
                EmitRows(kernel);
                return true;
            case ProductKernel kernel:
                EmitProduct(kernel);
                return true;
            case BlockLoop loop:
                EmitBlocks(loop);
                return true;
            case ScalarKernel kernel:
                EmitScalar(kernel);
                return true;
            case Apply { Operation: GetParameter parameter } apply:
                string name = context.NewName(NameOf(apply.Result) is { Length: > 0 } own && own != "parameter" ? own : CSharpNames.Camel(parameter.Parameter));
                // A step begins where it computes something.
                context.Statement($"global::System.ReadOnlySpan<{apply.Result.Element.CSharp()}> {name} = {context.Receiver(apply.Inputs[0])}.__{parameter.Parameter}.Span;");
                _spans[apply.Result.Id] = name;
                return true;
            case Apply { Operation: GetMember, Result.Type: TensorType } apply:
                EmitHeld(apply);
                return true;
            case Apply { Result.Type: TensorType } apply:
                EmitTensor(apply);
                return true;
            case Call { Callee.HasTensors: true } call:
                EmitCall(call);
                return true;
            case CallPullback { Callee.HasTensors: true } pullback:
                EmitPullback(pullback);
                return true;
            case AccumulateParameter accumulate:
                EmitAccumulate(accumulate);
                return true;
            case NewTape or Push or Pop:
                EmitTape(instruction);
                return true;
            case For or While:
                foreach (Region region in instruction.Regions) Hoist(instruction, region);
                return false;
            default:
                return false;
        }
    }

    /// <summary>A tensor that a model holds and does not train. Nobody has checked its size yet.</summary>
    private void EmitHeld(Apply apply)
    {
        const string Access = "global::AutoDiff.Generated.TensorAccess";
        string member = ((GetMember)apply.Operation).Member, held = $"{_context.Receiver(apply.Inputs[0])}.{CSharpNames.Escape(member)}";
        Shape shape = ((TensorType)apply.Result.Type).Shape;
        _context.Statement(
            $"global::AutoDiff.Generated.Reductions.SameSize({Access}.Count({held}), {Spell(shape.Count)}, {CSharpLiteral.String(member)}, {CSharpLiteral.String(shape.ToString())}, \"\");");
        string name = _context.NewName(CSharpNames.Camel(member)), element = apply.Result.Element.CSharp();
        _context.Statement(apply,
            $"global::System.ReadOnlySpan<{element}> {name} = {Access}.Read({held}, workspace.Allocate<{element}>({Access}.BufferLength({held})));");
        _spans[apply.Result.Id] = name;
    }

    private void EmitRows(RowKernel kernel)
    {
        if (kernel.Defines.IsEmpty) return;
        foreach (Value value in kernel.Defines) Written(value);
        var emitter = new RowKernelEmitter(kernel, this);
        string name = NewStruct(kernel, "Rows");
        CheckIndices(kernel);
        emitter.WriteStruct(_structs, name);
        _structs.BlankLine();
        Explained(kernel, kernel.Body.Length, kernel.Body.Count(static a => a.Operation is Reduce));
        bool isBlocked = kernel.Body.Any(Fusible.IsColumnReduction);
        string mark = isBlocked ? _context.NewName("mark") : "";
        if (isBlocked) _context.Statement($"global::AutoDiff.Kernels.WorkspaceMark {mark} = {_memory.Scratch}.Mark();");
        emitter.WriteRun(_context.Writer, text => _context.Statement(kernel, text), name, _context.NewName, length => $"{_memory.Scratch}.Allocate<{ElementOf(kernel)}>({length})");
        if (isBlocked) _context.Statement($"{_memory.Scratch}.Release({mark});");
    }

    private static string ElementOf(RowKernel kernel)
        => kernel.Body.SelectMany(static a => a.Inputs.Prepend(a.Result)).First(static v => v.Type is TensorType && v.Element.IsFloating()).Element.CSharp();

    private void CheckIndices(RowKernel kernel)
    {
        foreach (Apply gather in kernel.Body.Where(static a => a.Operation is Gather))
            _context.Statement(gather, $"{Reductions}.CheckIndices({Whole(gather.Inputs[1])}, {Spell(Fusible.Full(gather.Inputs[0])[0])});");
    }

    private void EmitProduct(ProductKernel kernel)
    {
        if (kernel.Defines.IsEmpty) return;
        foreach (Value value in kernel.Defines) Written(value);
        var emitter = new ProductEmitter(kernel, this);
        string? name = null;
        if (emitter.HasStruct)
        {
            name = NewStruct(kernel, "Epilogue");
            emitter.WriteStruct(_structs, name);
            _structs.BlankLine();
            Explained(kernel, kernel.Epilogue.Length + 1, 0);
        }

        emitter.WriteRun(_context.Writer, text => _context.Statement(kernel, text), name, _context.NewName);
    }

    private void EmitBlocks(BlockLoop loop)
    {
        foreach (Value value in loop.Results) Written(value);
        string name = NewStruct(loop, "Blocks"), element = loop.Writes[0].Outer.Element.CSharp();
        var emitter = new BlockLoopEmitter(loop, _scheduled, this, _structs, name, _context.Notes.ForMember(), [.. loop.Memos.Select(memo => MemoSpan(loop, memo))]);
        emitter.WriteStruct(_structs, name, element);
        _structs.BlankLine();
        if (_context.Notes.Level != Explain.None)
        {
            string matrix = new Shape([.. loop.Batch.Dims, loop.RowCount, loop.ColumnCount]).ToString();
            _context.Statement($"// For each {string.Join(", ", loop.Batch.Dims)}, a block of rows at a time: nothing of shape {matrix} is ever in memory as a whole.");
            if (loop.IsCausal) _context.Statement("// What is above the diagonal is neither computed nor read.");
        }

        emitter.WriteRun(_context.Writer, text => _context.Statement(loop, text), name, element, _context.NewName);
    }

    /// <summary>The span in which a loop leaves a memo, or finds it; empty where there would be too much of it.</summary>
    private string MemoSpan(BlockLoop loop, Memo memo)
    {
        string element = memo.Inner.Element.CSharp();
        if (!loop.Again.Body.IsEmpty) return TakenMemos.TryGetValue(memo.Key, out string? taken) ? taken : "default";
        string block = _context.NewName(CSharpNames.Unescape(NameOf(memo.Inner)) + "Block"), count = Spell(loop.Batch.Count * loop.RowCount * BlockLoopEmitter.Width(loop, memo));
        if (_context.Notes.Level != Explain.None) _context.Statement($"// Kept for the backward part while it is small enough for the cache; computed again otherwise.");
        _context.Statement($"global::AutoDiff.Kernels.Block<{element}> {block} = {_memory.Workspace}.AllocateBlock<{element}>(global::AutoDiff.Generated.RowBlocks.Kept((long){count}));");
        LeftMemos.Add((memo.Key, element, block));
        return $"{_memory.Workspace}.Span({block})";
    }

    private string NewStruct(Instruction kernel, string kind)
    {
        _structs0++;
        return $"{_structPrefix}{(kernel.Step > 0 ? "Step" + Number(kernel.Step) : "")}{kind}{Number(_structs0)}";
    }

    private void Explained(Instruction kernel, int operations, int reductions)
    {
        if (_context.Notes.Level == Explain.None || operations < 2) return;
        string text = kernel is ProductKernel
            ? $"// One write of the product: {Number(operations - 1)} operation{(operations == 2 ? "" : "s")} applied to each block in registers."
            : $"// One pass over the rows: {Number(operations)} operations, {(reductions == 0 ? "no reduction" : reductions == 1 ? "one reduction" : Number(reductions) + " reductions")}.";
        _context.Statement(text);
    }

    private void EmitScalar(ScalarKernel kernel)
    {
        Value result = kernel.Result, source = kernel.Inputs[0];
        string element = result.Element.CSharp(), text = kernel.Operation switch
        {
            Reduce reduce => $"{Reductions}.{reduce.Kind}<{element}>({Whole(source)})",
            CountTargets count => $"{Reductions}.CountTargets<{element}>({Whole(source)}, {Spell(count.Classes)}, {Number(count.IgnoreIndex)})",
            _ => $"{Whole(source)}[0]",
        };
        string name = kernel.Operation is CountTargets ? "count" : kernel.Operation is Reduce ? "total" : "element";
        _context.Statement(kernel, $"{_context.Receive(result, name)} = {text};");
    }

    private void EmitTensor(Apply apply)
    {
        switch (apply.Operation)
        {
            case Permute or Reshape or SliceAxis or Concat:
                return;
            case ScatterAdd:
                Written(apply.Result);
                Place place = _places[apply.Result.Id];
                Shape shape = Fusible.Full(apply.Result);
                string accumulate = _accumulated.ContainsKey(place.Root.Id) ? ", accumulate: true" : "";
                _context.Statement(apply, $"{Reductions}.ScatterAdd<{apply.Result.Element.CSharp()}>({Whole(apply.Inputs[0])}, {Whole(apply.Inputs[1])}, "
                    + $"{Whole(apply.Result)}, {Spell(shape[0])}{accumulate});");
                return;
            default:
                EmitElements(apply);
                return;
        }
    }

    private void EmitAccumulate(AccumulateParameter accumulate)
    {
        // Written in its place already.
        if (_places.TryGetValue(accumulate.Operand.Id, out Place? place) && _accumulated.ContainsKey(place.Root.Id)) return;
        string element = accumulate.Operand.Element.CSharp();
        _context.Statement(accumulate, $"{Reductions}.Add<{element}>({Whole(accumulate.Operand)}, {GradientOf(accumulate)});");
    }

    private string GradientOf(AccumulateParameter accumulate)
        => $"{GradientsOf[OwnerOf(accumulate.Model)]}.For({_context.Receiver(accumulate.Model)}.__{accumulate.Parameter})";

    /// <summary>The parameter of the method through which a model is reached: its gradients are part of that one's.</summary>
    private int OwnerOf(Value model)
        => _context.Plan.Layout.InstructionOf(model) is Apply { Operation: GetMember or ElementAt } apply ? OwnerOf(apply.Inputs[0]) : model.Id;

    private static string Number(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
