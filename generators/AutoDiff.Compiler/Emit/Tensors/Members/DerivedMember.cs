using AutoDiff.Compiler.Derivatives.Functions;
using AutoDiff.Compiler.Emit.Members;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Pipeline;

namespace AutoDiff.Compiler.Emit;

/// <summary>
/// Writes a derivative function of tensors as a member: <c>MJvp</c> and <c>MHvp</c>. As elsewhere the one that users call checks shapes, rents the workspace and calls
/// the one that takes spans. The result and its tangent are returned, gradients of tensors and their tangents go to destinations.
/// </summary>
internal sealed class DerivedMember
{
    private readonly SourceWriter _writer;
    private readonly MethodModel _model;
    private readonly TensorMethod _method;
    private readonly DerivedFunction _derived;
    private readonly string _kind;
    private readonly Explain _explain;
    private readonly UniqueNames _names;
    private readonly List<Result> _results = [];

    /// <param name="Output">Which yield of the function.</param>
    /// <param name="Of">The parameter whose gradient it is, or the tangent of that; null for the result and its tangent.</param>
    /// <param name="Name">Of a destination or an array; in the tuple where it is a number that is returned.</param>
    private sealed record Result(int Output, IrType Type, Parameter? Of, bool IsTangent, string Name)
    {
        public bool IsDestination => Of is not null && Type is TensorType;
    }

    private DerivedMember(SourceWriter writer, MethodModel model, DerivedFunction derived, string kind, Explain explain)
    {
        _model = model with { Function = derived.Function };
        (_writer, _method, _derived, _kind, _explain) = (writer, new TensorMethod(_model), derived, kind, explain);
        _names = _method.Names.Nested();
        EquatableArray<Output> outputs = derived.Function.Outputs;
        for (int k = 0; k < outputs.Length; k++)
        {
            bool isTangent = outputs[k].Kind == OutputKind.Tangent;
            string of = isTangent ? DerivedNames.PrimalOfTangent(outputs[k].Name) : outputs[k].Name;
            Parameter? parameter = outputs[k].Kind == OutputKind.Return ? null : derived.Primal.Parameters.FirstOrDefault(p => p.Name == of);
            string name = parameter is null ? isTangent ? "Tangent" : "Value"
                : outputs[k].Type is TensorType ? _names.Reserve("d" + CSharpNames.Pascal(of) + (isTangent ? DerivedNames.TangentSuffix : ""))
                : MemberNames.TupleElement(isTangent ? DerivedNames.Tangent(of) : of);
            _results.Add(new Result(k, outputs[k].Type, parameter, isTangent, name));
        }
    }

    private IEnumerable<Result> Destinations => _results.Where(static r => r.IsDestination).OrderBy(static r => r.IsTangent);

    /// <summary>The gradients of spans, and their tangents: they are added to where they are.</summary>
    private IEnumerable<Parameter> SpanDestinations => _derived.With(ParameterRole.Gradient).Concat(_derived.With(ParameterRole.GradientTangent));

    private IEnumerable<Result> Returned => _results.Where(static r => !r.IsDestination);

    public static void Write(SourceWriter writer, SourceWriter structs, MethodModel model, DerivedFunction derived, string kind, string summary, EquatableArray<TensorStep> steps, Explain explain)
    {
        var member = new DerivedMember(writer, model, derived, kind, explain);
        member.WriteEntry(summary, steps);
        writer.BlankLine();
        member.WriteBody(structs, steps);
    }

    private void WriteEntry(string summary, EquatableArray<TensorStep> steps)
    {
        List<string> parameters = [.. _method.Operands.Except(SpanDestinations).Select(Declaration)];
        parameters.AddRange(new[] { false, true }.SelectMany(DestinationsOf));
        bool accumulates = Destinations.Any() || SpanDestinations.Any();
        if (accumulates) parameters.Add("bool accumulate = false");
        EntryWriter.Head(_writer, summary, _explain, () => TensorCard.WriteForward(_writer, steps, _derived));
        MemberHead.Write(_writer, _method, ReturnType(static r => EntryWriter.TypeText(r.Type)), _kind, parameters);
        using (_writer.Block())
        {
            DimensionLocals.WriteAll(_writer, _method);
            WriteChecks();
            EntryWriter.Rented(_writer, WriteCall);
        }
    }

    private string Declaration(Parameter parameter) => $"{parameter.TypeText} {_method.Name(parameter)}";

    /// <summary>The destinations of gradients, or of their tangents, in the order of what they belong to.</summary>
    private IEnumerable<string> DestinationsOf(bool areTangents)
    {
        foreach (Parameter own in _derived.Primal.Parameters)
        {
            if (Destinations.FirstOrDefault(r => r.IsTangent == areTangents && r.Of!.Name == own.Name) is { } tensor) yield return $"{EntryWriter.TypeText(tensor.Type)} {tensor.Name}";
            else if (_derived.Find(areTangents ? ParameterRole.GradientTangent : ParameterRole.Gradient, own.Name) is { } span) yield return Declaration(span);
        }
    }

    private void WriteChecks()
    {
        BufferChecks.WriteNotNull(_writer, _derived.With(ParameterRole.Own), _method.Name);
        for (int k = 0; k < _derived.Roles.Length; k++)
            if (_derived.Roles[k].Role == ParameterRole.Tangent && _derived.Function.Parameters[k] is { Value.Type: TensorType } tangent && !TensorMethod.IsSpan(tangent))
                _writer.WriteLine($"{EntryWriter.Guard}.SameShape({_method.Name(tangent)}, {_method.Name(_derived.Primal.Parameters.First(p => p.Name == _derived.Roles[k].Of))});");
        for (int k = 0; k < _derived.Roles.Length; k++)
            if (_derived.Roles[k].Role != ParameterRole.Own && _derived.Function.Parameters[k] is { Value.Type: BufferType } span)
                _writer.WriteLine($"{EntryWriter.Guard}.SameLength({_method.Name(span)}, {_method.Name(_derived.Roles[k].Of)});");
        Parameter[] memory = [.. _method.Operands.Where(static p => p.Value.Type is TensorType or BufferType)];
        foreach (Result destination in Destinations) _writer.WriteLine($"{EntryWriter.Guard}.SameShape({destination.Name}, {_method.Name(destination.Of!)});");
        string[] written = [.. Destinations.Select(static r => r.Name), .. memory.Where(static p => p.IsWritten).Select(_method.Name)];
        for (int k = 0; k < written.Length; k++)
            foreach (string other in memory.Where(static p => !p.IsWritten).Select(_method.Name).Concat(written.Take(k)))
                _writer.WriteLine($"{EntryWriter.Guard}.NoOverlap({written[k]}, {other});");
    }

    private void WriteCall()
    {
        UniqueNames names = _names.Nested();
        // What throws half-way leaves destinations as they were.
        var parts = SpanDestinations.ToDictionary(static p => p.Name, p => names.Reserve(p.Name + "Part"));
        foreach (Parameter span in SpanDestinations)
            _writer.WriteLine($"{span.TypeText} {parts[span.Name]} = workspace.Rent<{span.Value.ElementText}>({_method.Name(span)}.Length);");
        List<string> arguments = ["workspace", .. EntryWriter.Operands(_writer, _method, names, parts)];
        var arrays = new Dictionary<Result, string>();
        foreach (Result returned in Returned.Where(static r => r.Type is TensorType))
        {
            var tensor = (TensorType)returned.Type;
            string array = arrays[returned] = names.Reserve(CSharpNames.Camel(returned.Name) + "Elements");
            _writer.WriteLine($"var {array} = global::System.GC.AllocateUninitializedArray<{tensor.Element.CSharp()}>({_method.Spell(tensor.Shape.Count)});");
            arguments.Add(array);
        }

        foreach (Result destination in Destinations)
        {
            var type = (TensorType)destination.Type;
            string element = type.Element.CSharp(), span = destination.Name + "Span", part = destination.Name + "Part";
            _writer.WriteLine($"{EntryWriter.Span(type)} {span} = {EntryWriter.Access}.Write({destination.Name}, {EntryWriter.Buffer(type, destination.Name)}, load: accumulate);");
            _writer.WriteLine($"{EntryWriter.Span(type)} {part} = accumulate ? workspace.Allocate<{element}>({span}.Length) : {span};");
            arguments.Add(part);
        }

        foreach (Parameter span in _derived.With(ParameterRole.TangentDestination).Where(static p => p.Value.Type is BufferType)) _writer.WriteLine($"{_method.Name(span)}.Clear();");
        string call = $"{PairNames.Of(_model.Name, _kind)}({string.Join(", ", arguments)});", numbers = names.Reserve("numbers");
        Result[] scalars = [.. Returned.Where(static r => r.Type is ScalarType)];
        if (scalars.Length == _results.Count && parts.Count == 0)
        {
            _writer.WriteLine("return " + call);
            return;
        }

        _writer.WriteLine(scalars.Length == 0 ? call : $"var {numbers} = {call}");
        foreach (Result destination in Destinations)
        {
            _writer.WriteLine($"if (accumulate) {EntryWriter.Helpers}.Add<{((TensorType)destination.Type).Element.CSharp()}>({destination.Name}Part, {destination.Name}Span);");
            _writer.WriteLine($"{EntryWriter.Access}.WriteBack({destination.Name}, {destination.Name}Span);");
        }

        foreach (Parameter span in SpanDestinations)
        {
            string name = _method.Name(span);
            _writer.WriteLine($"if (!accumulate) {name}.Clear();");
            _writer.WriteLine($"{EntryWriter.Helpers}.Add<{span.Value.ElementText}>({parts[span.Name]}, {name});");
        }

        string[] results =
        [
            .. Returned.Select(r => r.Type is TensorType tensor ? $"{EntryWriter.Helpers}.ToTensor({arrays[r]}, {EntryWriter.Lengths(_method, tensor.Shape)})"
                : scalars.Length == 1 ? numbers : $"{numbers}.{r.Name}"),
        ];
        if (results.Length > 0) _writer.WriteLine(results.Length == 1 ? $"return {results[0]};" : $"return ({string.Join(", ", results)});");
    }

    private void WriteBody(SourceWriter structs, EquatableArray<TensorStep> steps)
    {
        Function function = _derived.Function;
        var values = new ValueFactory(Numbering.NextId(function) + 1_000_000);
        UniqueNames names = _names.Nested();
        var body = new BodyWriter(_method, _writer, names);
        List<string> parameters = ["global::AutoDiff.Kernels.Workspace workspace", .. _method.PairParameters()];
        foreach (Result result in Returned.Where(static r => r.Type is TensorType).Concat(Destinations))
        {
            var type = (TensorType)result.Type;
            string name = result.Of is null ? names.Reserve(CSharpNames.Camel(result.Name)) : result.Name;
            parameters.Add($"{EntryWriter.Span(type)} {name}");
            body.Destination(function.Body.Yields[result.Output], values.New(type, name), name);
        }

        body.Schedule(LocalArrays.OnScratch(function.Body), values, []);
        if (_explain != Explain.None) _writer.WriteLine($"/// <summary>{_model.Name}{_kind} for callers that have checked shapes and hold a workspace.</summary>");
        _writer.WriteLine(Files.FileHeader.GeneratedCode);
        _writer.WriteLine(ForwardMember.Hidden);
        Result[] scalars = [.. Returned.Where(static r => r.Type is ScalarType)];
        MemberHead.Write(_writer, _method, ReturnType(static r => EntryWriter.TypeText(r.Type), scalars), _kind, parameters);
        using (_writer.Block())
        {
            DimensionLocals.WriteOfMembers(_writer, _method);
            _writer.WriteLine("global::AutoDiff.Kernels.WorkspaceMark mark = workspace.Mark();");
            body.Write(new BodyMemory("workspace", "workspace", []), structs, _model.Name + _kind, TensorNotes.Of(_explain, steps), new Dictionary<int, string>());
            string[] results = [.. scalars.Select(r => body.Context.Use(function.Body.Yields[r.Output]))];
            _writer.WriteLine("workspace.Release(mark);");
            if (results.Length == 1) _writer.WriteLine($"return {results[0]};");
            if (results.Length > 1) _writer.WriteLine($"return ({string.Join(", ", results)});");
        }
    }

    private string ReturnType(Func<Result, string> text, IReadOnlyList<Result>? of = null)
    {
        Result[] returned = [.. of ?? Returned];
        return returned.Length == 0 ? "void" : returned.Length == 1 ? text(returned[0]) : $"({string.Join(", ", returned.Select(r => $"{text(r)} {r.Name}"))})";
    }
}
