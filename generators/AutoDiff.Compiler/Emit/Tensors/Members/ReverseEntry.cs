using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.Emit.Members;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit;

/// <summary>Writes <c>MGradient</c> and <c>MVjp</c>, as users call them: they check shapes and overlaps, rent the workspace and call the pair.</summary>
internal sealed class ReverseEntry
{
    private readonly SourceWriter _writer;
    private readonly TensorMethod _method;
    private readonly Derivative _derivative;
    private readonly bool _isGradient;
    private readonly bool _withTensors;
    private readonly UniqueNames _names;
    private readonly List<string> _parameters;
    private readonly List<(Cotangent Cotangent, string Name)> _cotangents = [];
    private readonly Dictionary<Shadow, string> _spanCotangents = [];
    private readonly List<GradientDestination> _destinations = [];
    private readonly List<string> _models = [];
    private readonly Gradient[] _scalars;

    /// <param name="withTensors">Whether tensors and spans have destinations; without, only models (and scalars) have gradients.</param>
    private ReverseEntry(SourceWriter writer, TensorMethod method, Derivative derivative, bool isGradient, bool withTensors)
    {
        (_writer, _method, _derivative, _isGradient, _withTensors) = (writer, method, derivative, isGradient, withTensors);
        _names = method.Names.Nested();
        _parameters = [.. method.Operands.Select(p => $"{p.TypeText} {method.Name(p)}")];
        _scalars = [.. derivative.Gradients.Where(static g => g.Type is ScalarType)];
        AddCotangents();
        foreach (GradientDestination destination in GradientDestination.All(method, derivative, _names))
        {
            _destinations.Add(destination);
            if (withTensors) _parameters.Add($"{destination.TypeText} {destination.Name}");
        }

        foreach (Parameter model in method.Models)
        {
            string name = model.Name == "this" ? "gradients" : _names.Reserve(MemberNames.Adjoint(model.Name));
            _models.Add(name);
            _parameters.Add($"global::AutoDiff.GradientSet<{method.Element.CSharp()}> {name}");
        }

        if (Accumulates) _parameters.Add("bool accumulate = false");
    }

    private bool Accumulates => _models.Count > 0 || (_withTensors && _destinations.Count > 0);

    /// <inheritdoc cref="ReverseEntry(SourceWriter, TensorMethod, Derivative, bool, bool)"/>
    public static void Write(SourceWriter writer, TensorMethod method, Derivative derivative, EquatableArray<TensorStep> steps, bool isGradient, bool withTensors, Explain explain)
    {
        var entry = new ReverseEntry(writer, method, derivative, isGradient, withTensors);
        EntryWriter.Head(writer, isGradient
            ? $"Value and gradient of <see cref=\"{method.Model.Cref}\"/>."
            : $"Vector-Jacobian product of <see cref=\"{method.Model.Cref}\"/>: from the cotangent of its result to the gradients of what it depends on.", explain,
            () => TensorCard.Write(writer, derivative, steps));
        MemberHead.Write(writer, method, entry.Returns(), isGradient ? "Gradient" : "Vjp", entry._parameters);
        using (writer.Block())
        {
            entry.WriteChecks();
            EntryWriter.Rented(writer, entry.WriteCalls);
        }
    }

    private void AddCotangents()
    {
        foreach (Cotangent cotangent in _derivative.Cotangents)
        {
            string name = _names.Reserve(cotangent.Name == "dResult" ? "dY" : MemberNames.Adjoint(cotangent.Name.Substring(1)));
            _cotangents.Add((cotangent, name));
            if (!_isGradient) _parameters.Add($"{EntryWriter.TypeText(cotangent.Value.Type)} {name}");
        }

        if (_isGradient) return;
        foreach (Shadow shadow in _derivative.Shadows.Where(static s => s.Kind == ShadowKind.Cotangent))
        {
            string name = _spanCotangents[shadow] = _names.Reserve(MemberNames.Adjoint(shadow.Parameter));
            _parameters.Add($"global::System.ReadOnlySpan<{shadow.Primal.ElementText}> {name}");
        }
    }

    private string Returns()
    {
        string? value = _method.Result is null ? null : EntryWriter.TypeText(_method.Result.Type);
        var parts = new List<string>();
        if (value is not null) parts.Add(_scalars.Length == 0 ? value : value + " Value");
        parts.AddRange(_scalars.Select(g => $"{EntryWriter.TypeText(g.Type)} {MemberNames.TupleElement(g.Parameter)}"));
        return parts.Count == 0 ? "void" : parts.Count == 1 ? parts[0].Split(' ')[0] : $"({string.Join(", ", parts)})";
    }

    private void WriteChecks()
    {
        DimensionLocals.WriteAll(_writer, _method);
        string[] cotangents =
        [
            .. _isGradient ? [] : _cotangents.Where(static c => c.Cotangent.Value.Type is TensorType).Select(static c => c.Name), .. _spanCotangents.Values,
        ];
        if (!_isGradient)
            foreach ((Cotangent cotangent, string name) in _cotangents)
                if (cotangent.Value.Type is TensorType tensor) EntryWriter.WriteDestinationCheck(_writer, _method, name, tensor.Shape, isDestination: false);
        foreach (KeyValuePair<Shadow, string> given in _spanCotangents)
            _writer.WriteLine($"{EntryWriter.Guard}.SameLength({given.Value}, {_method.Name(given.Key.Parameter)});");
        EntryWriter.WriteMemoryChecks(_writer, _method, _withTensors ? _destinations : [], cotangents);
        foreach (string model in _models) _writer.WriteLine($"{EntryWriter.Guard}.NotNull({model});");
    }

    private void WriteCalls()
    {
        string[] operands = [.. EntryWriter.Operands(_writer, _method, _names)];
        List<string> record = ["workspace", .. operands], pullback = ["workspace", .. operands];
        TensorType? tensor = _method.Result?.Type as TensorType;
        string value = _names.Reserve("value"), array = _names.Reserve("valueElements");
        if (tensor is not null)
        {
            // The forward part writes every element.
            _writer.WriteLine($"var {array} = global::System.GC.AllocateUninitializedArray<{tensor.Element.CSharp()}>({_method.Spell(tensor.Shape.Count)});");
            record.Add(array);
        }

        pullback.AddRange(_cotangents.Select(c => CotangentText(c.Cotangent, c.Name)));
        GradientDestination[] tensors = [.. _destinations.Where(static d => d.Tensor is not null)];
        pullback.AddRange(tensors.Select(TensorPart));
        pullback.AddRange(_derivative.Shadows.Select(ShadowText));
        pullback.AddRange(_models);
        foreach (string model in _models) _writer.WriteLine($"if (!accumulate) {model}.Clear();");
        string forward = $"{PairNames.Of(_method.Model.Name, PairNames.Record)}({string.Join(", ", record)});";
        _writer.WriteLine(tensor is null && _method.Result is not null ? $"{EntryWriter.TypeText(_method.Result.Type)} {value} = {forward}" : forward);
        foreach (GradientDestination destination in _withTensors ? _destinations : [])
            if (destination.Memory is not null) _writer.WriteLine($"if (!accumulate) {destination.Name}.Clear();");
        string backward = $"{PairNames.Of(_method.Model.Name, PairNames.Pullback)}({string.Join(", ", pullback)});", back = _names.Reserve("gradient");
        _writer.WriteLine(_scalars.Length == 0 ? backward : $"var {back} = {backward}");
        if (_withTensors) HandOn();
        WriteReturn(tensor is not null ? $"{EntryWriter.Helpers}.ToTensor({array}, {EntryWriter.Lengths(_method, tensor.Shape)})" : _method.Result is not null ? value : null, back);
    }

    private string CotangentText(Cotangent cotangent, string name)
    {
        if (cotangent.Value.Type is not TensorType shape) return _isGradient ? "1" : name;
        string span = _names.Reserve(name + "Span");
        _writer.WriteLine($"{EntryWriter.ReadOnly(shape)} {span} = {EntryWriter.Access}.Read({name}, {EntryWriter.Buffer(shape, name)});");
        return span;
    }

    /// <summary>The elements that the pullback writes: those of the destination, or others that are added to them.</summary>
    private string TensorPart(GradientDestination destination)
    {
        var type = (TensorType)destination.Tensor!.Type;
        string name = destination.Name, element = type.Element.CSharp(), span = destination.Span = _names.Reserve(name + "Span"), part = destination.Part = _names.Reserve(name + "Part");
        if (!_withTensors)
        {
            _writer.WriteLine($"{EntryWriter.Span(type)} {part} = workspace.Allocate<{element}>({_method.Spell(type.Shape.Count)});");
            return part;
        }

        _writer.WriteLine($"{EntryWriter.Span(type)} {span} = {EntryWriter.Access}.Write({name}, {EntryWriter.Buffer(type, name)}, load: accumulate);");
        _writer.WriteLine($"{EntryWriter.Span(type)} {part} = accumulate ? workspace.Allocate<{element}>({span}.Length) : {span};");
        return part;
    }

    /// <summary>The adjoint of a span, which the pullback works on in place: its destination, or memory of the workspace with the cotangent of what is written.</summary>
    private string ShadowText(Shadow shadow)
    {
        GradientDestination? destination = _destinations.FirstOrDefault(d => d.Memory == shadow);
        if (shadow.Kind == ShadowKind.Destination && _withTensors) return destination!.Name;
        string element = shadow.Primal.ElementText, name = _names.Reserve(MemberNames.Adjoint(shadow.Parameter) + "Now");
        bool isGiven = _spanCotangents.TryGetValue(shadow, out string? cotangent);
        _writer.WriteLine($"global::System.Span<{element}> {name} = workspace.{(isGiven ? "Allocate" : "Rent")}<{element}>({_method.Name(shadow.Parameter)}.Length);");
        if (isGiven) _writer.WriteLine($"{cotangent}.CopyTo({name});");
        if (destination is not null) destination.Part = name;
        return name;
    }

    /// <summary>What was not computed in its place goes there.</summary>
    private void HandOn()
    {
        foreach (GradientDestination destination in _destinations)
        {
            if (destination.Tensor is not null)
            {
                _writer.WriteLine($"if (accumulate) {EntryWriter.Helpers}.Add<{destination.Element}>({destination.Part}, {destination.Span});");
                _writer.WriteLine($"{EntryWriter.Access}.WriteBack({destination.Name}, {destination.Span});");
            }
            else if (destination.Part.Length > 0)
            {
                _writer.WriteLine($"{EntryWriter.Helpers}.Add<{destination.Element}>({destination.Part}, {destination.Name});");
            }
        }
    }

    private void WriteReturn(string? result, string gradients)
    {
        var results = new List<string>();
        if (result is not null) results.Add(result);
        if (_scalars.Length == 1) results.Add(gradients);
        else results.AddRange(_scalars.Select(g => $"{gradients}.{MemberNames.TupleElement(g.Parameter)}"));
        if (results.Count == 1) _writer.WriteLine($"return {results[0]};");
        if (results.Count > 1) _writer.WriteLine($"return ({string.Join(", ", results)});");
    }
}
