using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.Emit.Variables;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Pipeline;
using AutoDiff.Compiler.Scheduling.Loops;

namespace AutoDiff.Compiler.Emit.Members;

/// <summary>
/// Writes <c>FGradient</c> or <c>FVjp</c> of a method of scalars and spans: checks, the forward part, then the backward part. Destinations are touched only
/// once the forward part is through, so that an exception leaves them as they were.
/// </summary>
internal sealed class ScalarMember
{
    private readonly MethodModel _model;
    private readonly Derivative _recorded;
    private readonly Derivative _derivative;
    private readonly ScalarSignature _signature;
    private readonly VariablePlan _plan;
    private readonly EmitContext _context;
    private readonly SourceWriter _writer;
    private readonly Explain _explain;
    private readonly List<string> _disposables = [];
    private string _residuals = "";
    private LaneKernels? _kernels;

    private ScalarMember(SourceWriter writer, MethodModel model, Derivative derivative, ScalarSignature signature, Explain explain)
    {
        _writer = writer;
        _model = model;
        _recorded = EagerPushes.Run(LocalArrays.OnScratch(derivative));
        _derivative = model.TypeParameters.Length == 0 ? ScalarSchedule.Run(_recorded) : _recorded;
        _signature = signature;
        _explain = explain;
        _plan = DerivativeBody.Plan(_derivative, _recorded);
        EquatableArray<string> equations = AdjointEquations.Of(_recorded, _plan);
        _context = new EmitContext(writer, signature.Names, _plan, new StepNotes(explain, _derivative.Primal.Steps, equations, Recomputed.In(_derivative)));
        Equations = equations;
    }

    private EquatableArray<string> Equations { get; }

    public static void Write(SourceWriter writer, MethodModel model, Derivative derivative, MemberKind kind, Explain explain)
        => new ScalarMember(writer, model, derivative, new ScalarSignature(model, derivative, kind), explain).Write();

    private void Write()
    {
        if (_model.IsAbstract && _model.OverloadModifiers.Length > 0)
        {
            MemoryOverload.Write(_writer, _model, Summary, _signature.ReturnType, _signature.Name, _signature.Parameters, _explain);
            return;
        }

        WriteDocumentation();
        _writer.WriteLine(Files.FileHeader.GeneratedCode);
        WriteHead(
            _model.Modifiers, _signature.Name + _model.TypeParameters, [.. _signature.Parameters.Select(static p => p.Declaration)],
            _model.Constraints + (_model.IsAbstract ? ";" : ""));
        if (_model.IsAbstract) return;
        _kernels = LaneWidth.Open(
            _writer, _model.Modifiers, _signature.Name, _model.Overload, _signature.Parameters, _signature.ReturnType, [_derivative.Forward, _derivative.Backward],
            ScalarSchedule.Twins(_derivative), _explain, WriteHead);
        using (_writer.Block()) WriteBody();
        if (_kernels is not null) _writer.BlankLine().Write(_kernels.Text);
        MemoryOverload.Write(_writer, _model, Summary, _signature.ReturnType, _signature.Name, _signature.Parameters, _explain);
    }

    private string Summary => _signature.Kind == MemberKind.Gradient
        ? $"Value and gradient of <see cref=\"{_model.Cref}\"/>."
        : $"Vector-Jacobian product of <see cref=\"{_model.Cref}\"/>: from the cotangents of what it gives (the gradient of some L) to the gradient of L.";

    private void WriteHead(string modifiers, string name, IReadOnlyList<string> parameters, string constraints)
        => Functions.FunctionHead.Write(_writer, modifiers, _signature.ReturnType, name, parameters, constraints);

    private void WriteDocumentation()
    {
        if (_explain == Explain.None) return;
        _writer.WriteLine($"/// <summary>{Summary}</summary>");
        if (!_model.IsAbstract) GradientCard.Write(_writer, _recorded, _plan, Equations);
        foreach (SignatureParameter parameter in _signature.Parameters)
            _writer.WriteLine($"/// <param name=\"{CSharpNames.Unescape(parameter.Name)}\">{parameter.Documentation}</param>");
    }

    private void WriteBody()
    {
        Bind();
        BufferChecks.Write(_writer, _derivative, _signature);
        bool hasResources = DeclareResources(out string? scratch);
        if (!hasResources)
        {
            WriteParts(scratch);
            return;
        }

        using (_writer.Block("try")) WriteParts(scratch);
        using (_writer.Block("finally"))
            foreach (string resource in _disposables) _writer.WriteLine($"{resource}.Dispose();");
    }

    private void Bind()
    {
        foreach (Parameter parameter in _derivative.Primal.Parameters) _context.Declare(_plan.VariableOf(parameter.Value), _signature.Own(parameter.Name));
        foreach (Cotangent cotangent in _derivative.Cotangents)
            if (_signature.CotangentOf(cotangent.Output) is string name) _context.Declare(_plan.VariableOf(cotangent.Value), name);

        foreach (Shadow shadow in _derivative.Shadows)
            if (shadow.Kind == ShadowKind.Destination) _context.Declare(_plan.VariableOf(shadow.Value), _signature.Destination(shadow));
    }

    private bool DeclareResources(out string? scratch)
    {
        scratch = null;
        var instructions = DerivativeBody.All(_derivative).ToList();
        foreach (NewTape tape in instructions.OfType<NewTape>())
        {
            Value stored = tape.Result;
            string name = _context.Declare(stored, _plan.NameOf(stored) is { Length: > 0 } own ? own : "saved");
            string reason = DerivativeBody.All(_recorded.Forward).OfType<Push>().FirstOrDefault(p => p.Tape.Id == stored.Id)?.Reason ?? "";
            string note = _explain == Explain.None || reason.Length == 0 ? "" : $"  // saved: {reason}";
            _writer.WriteLine($"{_context.TypeText(stored.Type)} {name} = default;{note}");
            _disposables.Add(name);
        }

        if (instructions.Any(static i => i is Call { IsRecording: true } or CallPullback { Callee.UsesPair: true }))
        {
            _residuals = _context.NewName("residuals");
            string note = _explain == Explain.None ? "" : "  // what calls leave for their pullbacks";
            _writer.WriteLine($"global::AutoDiff.Generated.ResidualStack {_residuals} = default;{note}");
            _disposables.Add(_residuals);
        }

        bool needsScratch = _derivative.Shadows.Any(static s => s.Kind == ShadowKind.Cotangent)
            || DerivativeBody.NeedsScratch(instructions);
        if (needsScratch)
        {
            scratch = _context.NewName("scratch");
            _writer.WriteLine($"global::AutoDiff.Generated.ScratchBuffers {scratch} = default;");
            _disposables.Add(scratch);
        }

        if (_disposables.Count > 0) _writer.BlankLine();
        return _disposables.Count > 0;
    }

    private void WriteParts(string? scratch)
    {
        var body = new BodyEmitter(_context) { ScratchName = scratch, ResidualsName = _residuals, Kernels = _kernels };
        int forward = _derivative.Forward.Body.Length;
        if (_explain != Explain.None) _writer.BlankLine().WriteLine("// forward");
        body.EmitRange(0, forward);
        foreach (Cotangent cotangent in _derivative.Cotangents)
            if (cotangent.Value.Type is BufferType && _signature.CotangentOf(cotangent.Output) is string name)
                _writer.WriteLine($"global::AutoDiff.Generated.Guard.SameLength({name}, {_context.Use(_derivative.Forward.Yields[cotangent.Output])});");
        _writer.BlankLine();
        _context.Notes.BeginBackward();
        if (_explain != Explain.None) _writer.WriteLine(_signature.Kind == MemberKind.Gradient ? "// backward, seed 1" : "// backward");
        PrepareAdjoints(scratch);
        body.EmitRange(forward, _derivative.Backward.Body.Length);
        Finish();
    }

    private void PrepareAdjoints(string? scratch)
    {
        string[] destinations =
        [
            .. _derivative.Shadows.Select(s => s.Kind == ShadowKind.Destination ? _signature.Destination(s) : _signature.EntryDestination(s)!).Where(static n => n is not null),
        ];
        if (destinations.Length == 1)
        {
            _writer.WriteLine($"if (!{_signature.Accumulate}) {destinations[0]}.Clear();");
        }
        else if (destinations.Length > 1)
        {
            using (_writer.Block($"if (!{_signature.Accumulate})"))
                foreach (string destination in destinations) _writer.WriteLine($"{destination}.Clear();");
        }

        foreach (Shadow shadow in _derivative.Shadows.Where(static s => s.Kind == ShadowKind.Cotangent))
        {
            string element = shadow.Primal.ElementText, own = _signature.Own(shadow.Parameter);
            string name = _context.Names.Reserve(MemberNames.Adjoint(shadow.Parameter) + (_signature.CotangentOf(shadow) is null ? "" : "Now"));
            _context.Declare(_plan.VariableOf(shadow.Value), name);
            _writer.WriteLine($"global::System.Span<{element}> {name} = {scratch}.Rent<{element}>({own}.Length);");
            if (_signature.CotangentOf(shadow) is string cotangent) _writer.WriteLine($"{cotangent}.CopyTo({name});");
        }
    }

    private void Finish()
    {
        foreach (Shadow shadow in _derivative.Shadows)
        {
            if (_signature.EntryDestination(shadow) is not string entry) continue;
            if (((BufferType)shadow.Primal.Type).Struct is { } type) AddElements(type, _context.Use(shadow.Value), entry);
            else _writer.WriteLine($"global::AutoDiff.Generated.Scalars.Add<{shadow.Primal.ElementText}>({_context.Use(shadow.Value)}, {entry});");
        }

        new MemberEnd(_writer, _model, _derivative, _context, _signature.Own).Write(hasGradients: true);
    }

    private void AddElements(StructType type, string source, string destination)
    {
        string index = _context.NewName("k"), from = $"{source}[{index}]", to = $"{destination}[{index}]";
        using (_writer.Block($"for (int {index} = 0; {index} < {destination}.Length; {index}++)"))
            foreach (StructLeaf leaf in type.Leaves.Where(static l => l.IsDifferentiable))
            {
                string added = StructText.Access(from, leaf.Path), sum = StructText.Access(to, leaf.Path);
                _writer.WriteLine(StructText.IsAssignable(type, leaf.Path) ? $"{sum} += {added};"
                    : $"{to} = {StructText.With(type, to, leaf.Path, $"{sum} + {added}")};");
            }
    }
}
