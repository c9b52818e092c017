using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.Emit.Members;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Scheduling;

namespace AutoDiff.Compiler.Emit;

/// <summary>
/// Writes <c>MRecord</c> and <c>MPullback</c>. What the backward part reads of the forward part stays in the workspace; a frame of handles and numbers, pushed
/// last, tells the pullback where.
/// </summary>
internal sealed class PairMembers
{
    private readonly SourceWriter _writer;
    private readonly SourceWriter _structs;
    private readonly TensorMethod _method;
    private readonly Derivative _derivative;
    private readonly Explain _explain;
    private readonly string _frame;
    private readonly List<(string Type, string Name, string Value)> _fields = [];
    private readonly Dictionary<int, string> _fieldOf = [];
    private readonly UniqueNames _fieldNames = new();
    private Dictionary<int, Place> _places = [];

    private readonly EquatableArray<TensorStep> _steps;

    private PairMembers(SourceWriter writer, SourceWriter structs, TensorMethod method, Derivative derivative, EquatableArray<TensorStep> steps, Explain explain)
    {
        _steps = steps;
        (_writer, _structs, _method, _derivative, _explain) = (writer, structs, method, derivative, explain);
        _frame = method.Model.Name + "Frame";
    }

    public static void Write(SourceWriter writer, SourceWriter structs, TensorMethod method, Derivative derivative, EquatableArray<TensorStep> steps, Explain explain)
    {
        derivative = LocalArrays.OnScratch(RowStatistics.Run(derivative, new ValueFactory(NextId(derivative))));
        var pair = new PairMembers(writer, structs, method, derivative, steps, explain);
        (Region backward, Value[] residuals, BlockMemos memos) = Rematerialization.Run(derivative);
        pair.WriteRecord(residuals, memos);
        writer.BlankLine();
        pair.WritePullback(backward, residuals, memos);
        pair.WriteFrame();
    }

    private static int NextId(Derivative derivative) => 1 + Math.Max(Uses.NextId(derivative.Forward), Uses.NextId(derivative.Backward)) + derivative.Cotangents.Length;

    private void WriteRecord(Value[] residuals, BlockMemos memos)
    {
        Value? result = _method.Result is null ? null : _derivative.Forward.Yields[0];
        var values = new ValueFactory(NextId(_derivative) + 1_000_000);
        var body = new BodyWriter(_method, _writer, _method.Names.Nested());
        if (result?.Type is TensorType) body.Destination(result, values.New(result.Type, "result"), "result");
        body.Schedule(_derivative.Forward, values, residuals, memos with { Recomputed = [] });
        _places = body.Scheduled.Places;
        HashSet<int> kept = body.RootsOf(residuals.Concat(Pushed(body.Scheduled.Region)));
        Document($"The forward half of the derivative of {_method.Model.Name}: leaves in the workspace what <c>{_method.Model.Name}Pullback</c> needs.");
        List<string> parameters = ["global::AutoDiff.Kernels.Workspace workspace", .. _method.PairParameters()];
        if (result?.Type is TensorType tensor) parameters.Add($"global::System.Span<{tensor.Element.CSharp()}> result");
        MemberHead.Write(_writer, _method, result?.Type is ScalarType scalar ? scalar.Kind.CSharp() : "void", PairNames.Record, parameters);
        using (_writer.Block())
        {
            DimensionLocals.WriteOfMembers(_writer, _method);
            BufferChecks.WriteOverlaps(_writer, _method.Function, _method.Name);
            _writer.WriteLine("global::AutoDiff.Kernels.Workspace scratch = global::AutoDiff.Kernels.Workspace.Rent();");
            using (_writer.Block("try"))
            {
                body.Write(new BodyMemory("workspace", "scratch", kept), _structs, _method.Model.Name + "Record", TensorNotes.Of(_explain, _steps), new Dictionary<int, string>());
                AddFields(residuals, kept, body);
                foreach ((int key, string element, string block) in body.Body.LeftMemos) _memos[key] = Field(block, $"global::AutoDiff.Kernels.Block<{element}>", block);
                if (_fields.Count > 0)
                    using (_writer.Block($"workspace.Push(new {_frame}", "});"))
                        foreach ((_, string name, string value) in _fields) _writer.WriteLine($"{name} = {value},");
                if (result?.Type is ScalarType) _writer.WriteLine($"return {body.Context.Use(result)};");
            }

            using (_writer.Block("finally")) _writer.WriteLine("scratch.Return();");
        }
    }

    /// <summary>What tapes hold lies in memory that stays, unless somebody else holds it anyway.</summary>
    private static IEnumerable<Value> Pushed(Region region)
    {
        foreach (Instruction instruction in region.Body)
        {
            HashSet<int> computed = [.. region.Body.Where(static i => i is RowKernel or ProductKernel or Call).SelectMany(static i => i.Results).Select(static v => v.Id)];
            if (instruction is Push { Operand.Type: TensorType } push && computed.Contains(push.Operand.Id)) yield return push.Operand;
            foreach (Region inner in instruction.Regions)
                foreach (Value value in Pushed(inner)) yield return value;
        }
    }

    private void AddFields(Value[] residuals, HashSet<int> kept, BodyWriter body)
    {
        foreach (Value residual in residuals)
        {
            if (residual.Type is TensorType tensor)
            {
                Value root = _places[residual.Id].Root;
                if (!kept.Contains(root.Id) || _fieldOf.ContainsKey(root.Id)) continue;
                string block = body.Body.HasBlock(root) ? body.Body.BlockOf(root) : body.Body.KeptBlock(root);
                Field(root, $"global::AutoDiff.Kernels.Block<{tensor.Element.CSharp()}>", block, body.Body.SpanName(root));
            }
            else if (residual.Type is BufferType memory)
            {
                Field(residual, $"global::AutoDiff.Kernels.Block<{memory.ElementText}>", $"{EntryWriter.Helpers}.Keep<{memory.ElementText}>(workspace, {body.Context.Use(residual)})", "elements");
            }
            else
            {
                Field(residual, body.Context.TypeText(residual.Type), body.Context.Use(residual), "saved");
            }
        }
    }

    private readonly Dictionary<int, string> _memos = [];

    private void Field(Value value, string type, string text, string otherwise) => _fieldOf[value.Id] = Field(value.Name.Length > 0 ? value.Name : otherwise, type, text);

    private string Field(string preferred, string type, string text)
    {
        string name = _fieldNames.Reserve(preferred);
        _fields.Add((type, name, text));
        return name;
    }

    private void WritePullback(Region backward, Value[] residuals, BlockMemos memos)
    {
        UniqueNames names = _method.Names.Nested();
        var values = new ValueFactory(NextId(_derivative) + 2_000_000);
        var body = new BodyWriter(_method, _writer, names);
        List<string> parameters = ["global::AutoDiff.Kernels.Workspace workspace", .. _method.PairParameters()];
        foreach (Cotangent cotangent in _derivative.Cotangents)
        {
            string name = names.Reserve(cotangent.Name == "dResult" ? "dY" : MemberNames.Adjoint(cotangent.Name.Substring(1)));
            if (cotangent.Value.Type is TensorType tensor)
            {
                parameters.Add($"global::System.ReadOnlySpan<{tensor.Element.CSharp()}> {name}");
                body.External(cotangent.Value, name);
            }
            else
            {
                parameters.Add($"{((ScalarType)cotangent.Value.Type).Kind.CSharp()} {name}");
                body.Bind(cotangent.Value, name);
            }
        }

        var zeros = new List<string>();
        foreach (Gradient gradient in _derivative.Gradients.Where(static g => g.Type is TensorType))
        {
            string name = names.Reserve(MemberNames.Adjoint(gradient.Parameter));
            parameters.Add($"global::System.Span<{((TensorType)gradient.Type).Element.CSharp()}> {name}");
            if (gradient.Value is null) zeros.Add(name);
            else body.Destination(gradient.Value, values.New(gradient.Type, name), name);
        }

        foreach (Shadow shadow in _derivative.Shadows)
        {
            string name = names.Reserve(MemberNames.Adjoint(shadow.Parameter));
            parameters.Add($"global::System.Span<{shadow.Primal.ElementText}> {name}");
            body.Bind(shadow.Value, name);
        }

        Dictionary<int, string> gradients = [];
        foreach (Parameter model in _method.Models)
        {
            string name = gradients[model.Value.Id] = model.Name == "this" ? "gradients" : names.Reserve(MemberNames.Adjoint(model.Name));
            parameters.Add($"global::AutoDiff.GradientSet<{_method.Element.CSharp()}> {name}");
        }

        var prologue = new List<string>();
        foreach (Value residual in residuals) TakeBack(residual, body, names, prologue);
        var taken = new Dictionary<int, string>();
        foreach (KeyValuePair<int, string> memo in _memos) taken[memo.Key] = $"workspace.Span(frame.{memo.Value})";
        body.Schedule(backward, values, [], memos);
        Gradient[] scalars = [.. _derivative.Gradients.Where(static g => g.Type is ScalarType)];
        string returns = scalars.Length switch
        {
            0 => "void",
            1 => ((ScalarType)scalars[0].Type).Kind.CSharp(),
            _ => $"({string.Join(", ", scalars.Select(static g => $"{((ScalarType)g.Type).Kind.CSharp()} {MemberNames.TupleElement(g.Parameter)}"))})",
        };
        Document($"The backward half of the derivative of {_method.Model.Name}: takes back what <c>{_method.Model.Name}Record</c> left.");
        MemberHead.Write(_writer, _method, returns, PairNames.Pullback, parameters);
        using (_writer.Block())
        {
            DimensionLocals.WriteOfMembers(_writer, _method);
            if (_fields.Count > 0) _writer.WriteLine($"{_frame} frame = workspace.Pop<{_frame}>();");
            _writer.WriteLine("global::AutoDiff.Kernels.WorkspaceMark mark = workspace.Mark();");
            foreach (string line in prologue) _writer.WriteLine(line);
            foreach (string zero in zeros) _writer.WriteLine($"{zero}.Clear();");
            StepNotes notes = TensorNotes.Of(_explain, _steps);
            notes.BeginBackward();
            body.Write(new BodyMemory("workspace", "workspace", []), _structs, _method.Model.Name + "Pullback", notes, gradients, taken);
            _writer.WriteLine("workspace.Release(mark);");
            string[] results = [.. scalars.Select(g => g.Value is null ? Literals.Exact(new Constant(new Value(-1, g.Type, ""), 0)).Text : body.Context.Use(g.Value))];
            if (results.Length == 1) _writer.WriteLine($"return {results[0]};");
            if (results.Length > 1) _writer.WriteLine($"return ({string.Join(", ", results)});");
        }
    }

    private void TakeBack(Value residual, BodyWriter body, UniqueNames names, List<string> prologue)
    {
        if (residual.Type is not TensorType tensor)
        {
            if (residual.Type is TapeType)
            {
                string tape = names.Reserve(_fieldOf[residual.Id]);
                prologue.Add($"var {tape} = frame.{_fieldOf[residual.Id]};");
                body.Bind(residual, tape);
            }
            else if (residual.Type is BufferType memory)
            {
                // A method that takes an array gets one.
                string name = names.Reserve(_fieldOf[residual.Id]), span = $"workspace.Span(frame.{_fieldOf[residual.Id]})", element = memory.ElementText;
                prologue.Add(memory.Kind == BufferKind.Array ? $"{element}[] {name} = {span}.ToArray();" : $"global::System.Span<{element}> {name} = {span};");
                body.Bind(residual, name);
            }
            else
            {
                body.Bind(residual, $"frame.{_fieldOf[residual.Id]}");
            }

            return;
        }

        Place place = _places[residual.Id];
        if (_fieldOf.TryGetValue(place.Root.Id, out string? field) && !_taken.ContainsKey(place.Root.Id))
        {
            string name = _taken[place.Root.Id] = names.Reserve(field);
            prologue.Add($"global::System.ReadOnlySpan<{tensor.Element.CSharp()}> {name} = workspace.Span(frame.{field});");
            body.External(place.Root, name);
        }

        body.At(residual, place);
    }

    private readonly Dictionary<int, string> _taken = [];

    private void Document(string summary)
    {
        if (_explain != Explain.None) _writer.WriteLine($"/// <summary>{summary}</summary>");
        _writer.WriteLine(Files.FileHeader.GeneratedCode);
        _writer.WriteLine(ForwardMember.Hidden);
    }

    private void WriteFrame()
    {
        if (_fields.Count == 0) return;
        _structs.BlankLine();
        using (_structs.Block($"private struct {_frame}"))
            foreach ((string type, string name, _) in _fields) _structs.WriteLine($"public {type} {name};");
        _structs.BlankLine();
    }
}
