using AutoDiff.Compiler.Derivatives.Functions;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Pipeline;

namespace AutoDiff.Compiler.Emit.Members.Functions;

/// <summary>Writes a derivative function as a member: <c>FJvp</c>, <c>FHvp</c> and, without a derivative, <c>FForward</c>.</summary>
internal sealed class FunctionMember
{
    private readonly MethodModel _model;
    private readonly DerivedFunction _derived;
    private readonly FunctionSignature _signature;
    private readonly FunctionBody _body;
    private readonly FunctionCard _card;
    private readonly EmitContext _context;
    private readonly SourceWriter _writer;
    private readonly Explain _explain;
    private LaneKernels? _kernels;

    private FunctionMember(SourceWriter writer, MethodModel model, DerivedFunction derived, FunctionSignature signature, FunctionCard card, Explain explain)
    {
        _writer = writer;
        _model = model;
        _derived = derived;
        _signature = signature;
        _explain = explain;
        _card = card;
        _body = card.Body;
        _context = new EmitContext(writer, signature.Names, _body.Plan, new StepNotes(explain, derived.Primal.Steps, card.Adjoints, Recomputed.In(_body.Parts)));
    }

    /// <param name="writer">Where to.</param>
    /// <param name="model">The method.</param>
    /// <param name="derived">Its derivative.</param>
    /// <param name="suffix">What the member's name ends with.</param>
    /// <param name="summary">What it computes, with <c>{0}</c> for the method.</param>
    /// <param name="explain">How much it explains.</param>
    public static void Write(SourceWriter writer, MethodModel model, DerivedFunction derived, string suffix, string summary, Explain explain)
    {
        var member = new FunctionMember(writer, model, derived, new FunctionSignature(model, derived, suffix), new FunctionCard(FunctionBody.Of(derived, inLanes: model.TypeParameters.Length == 0)), explain);
        member.Write(string.Format(System.Globalization.CultureInfo.InvariantCulture, summary, $"<see cref=\"{model.Cref}\"/>"));
    }

    private void Write(string summary)
    {
        if (_model is { IsAbstract: true, IsCalled: false, OverloadModifiers.Length: > 0 })
        {
            WriteOverload(summary);
            return;
        }

        if (_explain != Explain.None)
        {
            _writer.WriteLine($"/// <summary>{summary}</summary>");
            if (!_model.IsAbstract) _card.Write(_writer);
            foreach (SignatureParameter parameter in _signature.Parameters)
                _writer.WriteLine($"/// <param name=\"{CSharpNames.Unescape(parameter.Name)}\">{parameter.Documentation}</param>");
        }

        if (_model.IsCalled || _model.IsHelper) _writer.WriteLine(ForwardMember.Hidden);
        FunctionHead.Write(_writer, _model.IsAbstract ? _model with { Constraints = _model.Constraints + ";" } : _model, _signature);
        if (_model.IsAbstract)
        {
            WriteOverload(summary);
            return;
        }

        _kernels = LaneWidth.Open(
            _writer, _model.Modifiers, _signature.Name, _model.Overload, _signature.Parameters, _signature.ReturnType, [_body.Parts.Forward, _body.Parts.Backward], _body.Twins, _explain,
            (modifiers, name, parameters, constraint) => FunctionHead.Write(_writer, modifiers, _signature.ReturnType, name, parameters, constraint));
        using (_writer.Block()) WriteBody();
        if (_kernels is not null) _writer.BlankLine().Write(_kernels.Text);
        WriteOverload(summary);
    }

    private void WriteOverload(string summary)
        => MemoryOverload.Write(_writer, _model, summary, _signature.ReturnType, _signature.Name, _signature.Parameters, _explain);

    private void WriteBody()
    {
        foreach (Parameter parameter in _derived.Function.Parameters) _context.Declare(_body.Plan.VariableOf(parameter.Value), _signature.NameOf(parameter));
        FunctionChecks.Write(_writer, _derived, _signature.NameOf);
        var resources = new FunctionResources(_context, [.. _body.All, .. DerivativeBody.All(_body.Recorded).OfType<Push>()], _explain, hasOwnResiduals: true);
        resources.Around(WriteParts);
    }

    private void WriteParts(FunctionResources resources)
    {
        var emitter = new BodyEmitter(_context) { ScratchName = resources.Scratch, ResidualsName = resources.Residuals, Kernels = _kernels };
        int forward = _body.Parts.Forward.Body.Length;
        if (_explain != Explain.None && _derived.IsDerivative) _writer.BlankLine().WriteLine("// forward");
        foreach (Parameter destination in _derived.With(ParameterRole.TangentDestination))
            if (destination.Value.Type is BufferType) _writer.WriteLine($"{_signature.NameOf(destination)}.Clear();");
        emitter.EmitRange(0, forward);
        if (_signature.Accumulate is not null)
        {
            _writer.BlankLine();
            _context.Notes.BeginBackward();
            if (_explain != Explain.None) _writer.WriteLine("// backward, seed 1");
            Clear();
        }

        emitter.EmitRange(forward, _body.Parts.Backward.Body.Length);
        FunctionResults.Write(_writer, _context, _derived.Function, _body.Yields, _signature);
    }

    private void Clear()
    {
        string[] destinations = [.. _derived.With(ParameterRole.Gradient).Concat(_derived.With(ParameterRole.GradientTangent)).Select(_signature.NameOf)];
        using (_writer.Block($"if (!{_signature.Accumulate})"))
            foreach (string destination in destinations) _writer.WriteLine($"{destination}.Clear();");
    }
}
