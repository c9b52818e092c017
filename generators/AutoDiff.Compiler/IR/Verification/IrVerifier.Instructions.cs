namespace AutoDiff.Compiler.IR;

public sealed partial class IrVerifier
{
    private void CheckInstruction(Instruction instruction)
    {
        switch (instruction)
        {
            case Constant { Result.Type: var type }:
                Report($"a constant of type {type}", type is not ScalarType);
                break;
            case Apply apply:
                CheckOperation(apply);
                break;
            case RowKernel kernel:
                CheckKernel(kernel, kernel.Body);
                break;
            case ProductKernel kernel:
                CheckKernel(kernel, [kernel.Product, .. kernel.Epilogue]);
                break;
            case BlockLoop loop:
                CheckBlocks(loop);
                break;
            case ScalarKernel kernel:
                CheckOperation(new Apply(kernel.Result, kernel.Operation, kernel.Inputs));
                break;
            case If branch:
                CheckType(branch.Condition, IrType.Bool, "the condition");
                IrType[] results = Types(branch.Defines);
                foreach (Region region in branch.Regions)
                {
                    Report("a branch has parameters", region.Parameters.Length > 0);
                    CheckRegion(region, results, "the results of the branch");
                }

                break;
            case For loop:
                CheckFor(loop);
                break;
            case While loop:
                CheckTypes(loop.Body.Parameters, Types(loop.Initial), "the carried values");
                CheckTypes(loop.Defines, Types(loop.Initial), "the results of the loop");
                if (loop.Initial.IsEmpty) Report("the loop has no condition");
                else CheckType(loop.Initial[0], IrType.Bool, "the condition");
                CheckRegion(loop.Body, Types(loop.Initial), "the carried values");
                break;
            case Call call:
                CheckCall(call);
                break;
            case CallPullback pullback:
                CheckPullback(pullback);
                break;
            default:
                CheckMemory(instruction);
                break;
        }
    }

    /// <summary>The body reads its own results and the kernel's operands; what the kernel defines is defined in the body.</summary>
    private void CheckKernel(Instruction kernel, EquatableArray<Apply> body)
    {
        HashSet<int> read = [.. kernel.Operands.Select(static v => v.Id)], published = [.. kernel.Results.Select(static v => v.Id)];
        foreach (Apply apply in body)
        {
            foreach (Value input in apply.Inputs.Where(v => !read.Contains(v.Id))) Report($"{input} is not among what the kernel reads");
            CheckOperation(apply);
            read.Add(apply.Result.Id);
            if (!published.Remove(apply.Result.Id)) Define(apply.Result);
        }

        foreach (int id in published) Report($"%{id} is not computed in the kernel");
    }

    private void CheckFor(For loop)
    {
        Report("the stride is 0", loop.Stride == 0);
        if (loop.Body.Parameters.IsEmpty)
        {
            Report("the loop has no counter");
            return;
        }

        if (loop.Counter.Type is not ScalarType { Kind: var kind } || !kind.IsInteger()) Report($"the counter is {loop.Counter.Type}");
        CheckType(loop.Start, loop.Counter.Type, "the start");
        CheckType(loop.End, loop.Counter.Type, "the end");
        IrType[] carried = Types(loop.Initial);
        CheckTypes(loop.Body.Parameters.Skip(1).ToArray(), carried, "the carried values");
        CheckTypes(loop.Defines, carried, "the results of the loop");
        if (loop.HasCondition && (carried.Length == 0 || carried[0] != IrType.Bool))
            Report("the first carried value of a conditional loop is not a truth value");
        CheckRegion(loop.Body, carried, "the carried values");
    }

    private void CheckMemory(Instruction instruction)
    {
        switch (instruction)
        {
            case Load load:
                CheckElement(load.Buffer, load.Index, load.Path, load.Result);
                break;
            case Store store:
                CheckElement(store.Buffer, store.Index, store.Path, store.Operand);
                CheckWritable(store.Buffer);
                break;
            case Accumulate accumulate:
                CheckElement(accumulate.Buffer, accumulate.Index, accumulate.Path, accumulate.Operand);
                CheckWritable(accumulate.Buffer);
                Report("an accumulation of integers", accumulate.Operand.Type is ScalarType { Kind: var kind } && !kind.IsFloating());
                break;
            case AllocateBuffer allocate:
                CheckType(allocate.Length, IrType.Int32, "the length");
                CheckWritable(allocate.Result);
                Report($"{allocate.Result} is on the stack and is no span", allocate is { IsOnStack: true, Result.Type: not BufferType { Kind: BufferKind.Span, Struct: null } });
                break;
            case SliceBuffer slice:
                CheckType(slice.Start, IrType.Int32, "the start");
                CheckType(slice.Length, IrType.Int32, "the length");
                _views[slice.Result.Id] = slice.Buffer.Id;
                if (!CanConvert(slice.Buffer.Type, slice.Result.Type)) Report($"a view of {slice.Buffer.Type} is not {slice.Result.Type}");
                break;
            case BufferLength length:
                CheckType(length.Result, IrType.Int32, "the result");
                Report($"{length.Buffer} is {length.Buffer.Type}, not a buffer", length.Buffer.Type is not BufferType);
                break;
            case CopyBuffer copy:
                CheckWritable(copy.Destination);
                if (!HaveSameElements(copy.Source.Type, copy.Destination.Type))
                    Report($"a copy of {copy.Source.Type} to {copy.Destination.Type}");
                break;
            case FillBuffer fill:
                CheckWritable(fill.Buffer);
                if (fill.Buffer.Type is BufferType filled) CheckType(fill.Operand, new ScalarType(filled.Element), "the operand");
                break;
            case AccumulateParameter accumulate:
                Report($"{accumulate.Model} is {accumulate.Model.Type}, not a model", accumulate.Model.Type is not ModelType);
                Report($"{accumulate.Operand} is {accumulate.Operand.Type}, not a tensor", accumulate.Operand.Type is not TensorType);
                break;
            case Throw exception:
                Report($"a statement in {exception.Text.Length} pieces around {exception.Inputs.Length} values", exception.Text.Length != exception.Inputs.Length + 1);
                break;
            case NewTape tape:
                Report($"{tape.Result} is {tape.Result.Type}, not a tape", tape.Result.Type is not TapeType);
                break;
            case Push push:
                CheckTape(push.Tape, push.Operand);
                break;
            case Pop pop:
                CheckTape(pop.Tape, pop.Result);
                break;
            case ReserveTape reserve:
                CheckRun(reserve.Tape, reserve.First, reserve.End, reserve.Result);
                break;
            case ReleaseTape release:
                CheckRun(release.Tape, release.First, release.End, release.Result);
                break;
            default:
                Report("the verifier does not know this instruction");
                break;
        }
    }

    private void CheckElement(Value buffer, Value index, string path, Value element)
    {
        CheckType(index, IrType.Int32, "the index");
        if (buffer.Type is not BufferType type) Report($"{buffer} is {buffer.Type}, not a buffer");
        else if (type.LeafType(path) is { } leaf) CheckType(element, leaf, "the element");
        else Report($"an element of {buffer} has no leaf '{path}'");
    }

    private static bool HaveSameElements(IrType a, IrType b) => a is BufferType x && b is BufferType y && x.Element == y.Element && x.Struct == y.Struct;

    private void CheckWritable(Value buffer)
    {
        if (buffer.Type is not BufferType { Kind: not BufferKind.ReadOnlySpan })
            Report($"{buffer} is {buffer.Type}, not a buffer that can be written");
    }

    private void CheckTape(Value tape, Value item)
    {
        if (tape.Type is TapeType type) CheckType(item, type.Element, "the residual");
        else Report($"{tape} is {tape.Type}, not a tape");
    }

    private void CheckRun(Value tape, Value first, Value end, Value run)
    {
        CheckType(first, IrType.Int32, "the first number");
        CheckType(end, IrType.Int32, "the end");
        if (run.Type is BufferType { Kind: BufferKind.Span } type) CheckType(tape, new TapeType(new ScalarType(type.Element)), "the tape");
        else Report($"{run} is {run.Type}, not a span");
    }

    /// <summary>Whether C# converts a buffer so: an array to a span, either to a read-only span.</summary>
    private static bool CanConvert(IrType from, IrType to) => (from, to) switch
    {
        (BufferType a, BufferType b) => HaveSameElements(a, b) && (a.Kind == b.Kind || b.Kind == BufferKind.ReadOnlySpan
            || (a.Kind == BufferKind.Array && b.Kind == BufferKind.Span)),
        _ => false,
    };

    private static IrType[] Types(IEnumerable<Value> values) => values.Select(static v => v.Type).ToArray();
}
