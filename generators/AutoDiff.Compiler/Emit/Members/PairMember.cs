using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.Derivatives.Residuals;
using AutoDiff.Compiler.Emit.Variables;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Pipeline;

namespace AutoDiff.Compiler.Emit.Members;

/// <summary>
/// Writes the hidden halves of a derivative that other differentiable methods call: <c>MRecord</c>, where there are residuals, and <c>MPullback</c>.
/// </summary>
internal sealed class PairMember
{
    private readonly SourceWriter _writer;
    private readonly MethodModel _model;
    private readonly DerivativePair _pair;
    private readonly Derivative _derivative;
    private readonly PairSignature _signature;
    private readonly Explain _explain;

    private PairMember(SourceWriter writer, MethodModel model, DerivativePair pair, Explain explain)
    {
        (_writer, _model, _pair, _explain) = (writer, model, pair, explain);
        _derivative = LocalArrays.OnScratch(pair.Derivative);
        _signature = new PairSignature(model, _derivative, pair.HasResiduals);
    }

    public static void Write(SourceWriter writer, MethodModel model, DerivativePair pair, Explain explain)
    {
        var member = new PairMember(writer, model, pair, explain);
        if (pair.HasResiduals)
        {
            writer.BlankLine();
            member.WriteRecord();
        }

        writer.BlankLine();
        member.WritePullback();
        if (pair.HasResiduals && model.Recomputes) member.WriteRecomputation();
    }

    /// <summary>The pullback of a method marked [Recompute]: both halves at once.</summary>
    private void WriteRecomputation()
    {
        var plain = new PairSignature(_model, _derivative, hasResiduals: false);
        UserParameter[] parameters = [.. SignatureParts.Parameters(_derivative.Primal).Where(static p => p.Name != "this")];
        _writer.BlankLine();
        Head($"The backward half of the derivative of <see cref=\"{_model.Cref}\"/>, which runs the method again: it is marked [Recompute].",
            plain.PullbackType, PairNames.Pullback, plain.Pullback, ["[global::AutoDiff.Generated.Pullback]"]);
        using (_writer.Block())
        {
            string residuals = plain.Names.Reserve("residuals");
            _writer.WriteLine($"global::AutoDiff.Generated.ResidualStack {residuals} = default;");
            using (_writer.Block("try"))
            {
                var record = new List<string>();
                foreach (UserParameter parameter in parameters)
                {
                    string own = plain.Own(parameter.Name);
                    string copy = parameter.Passing == PassingKind.Ref ? plain.Names.Reserve(parameter.Name + "Again") : own;
                    if (parameter.Passing == PassingKind.Ref) _writer.WriteLine($"{parameter.TypeText} {copy} = {own};");
                    record.Add(parameter.Passing switch { PassingKind.Ref => "ref " + copy, PassingKind.Out => "out _", _ => own });
                }

                record.Add("ref " + residuals);
                _writer.WriteLine($"{PairNames.Of(_model.Name, PairNames.Record)}({string.Join(", ", record)});");
                IEnumerable<string> pullback = parameters.Where(static p => p.Passing != PassingKind.Out).Select(p => plain.Own(p.Name))
                    .Concat(plain.GivenCotangents).Append("ref " + residuals).Concat(plain.Shadows);
                string call = $"{PairNames.Of(_model.Name, PairNames.Pullback)}({string.Join(", ", pullback)});";
                _writer.WriteLine(plain.PullbackType == "void" ? call : "return " + call);
            }

            using (_writer.Block("finally")) _writer.WriteLine($"{residuals}.Dispose();");
        }
    }

    private void WriteRecord()
    {
        Region forward = _derivative.Forward;
        Function primal = _derivative.Primal;
        IEnumerable<Value> pinned = primal.Parameters.Where(static p => p.Passing != PassingKind.ByValue || p.IsLeaf).Select(static p => p.Value);
        var body = new Region(primal.Parameters.Select(static p => p.Value).ToEquatable(), forward.Body, forward.Yields);
        EmitContext context = Context(body, pinned, primal.Parameters);
        Head($"The forward half of the derivative of <see cref=\"{_model.Cref}\"/>: saves what <c>{_model.Name}Pullback</c> needs of it.",
            _signature.RecordType, PairNames.Record, _signature.Record, [], GradientCard.OnStacks(forward, context.Plan));
        if (_model.IsAbstract) return;
        using (_writer.Block()) Scratch(forward, context, emitter =>
        {
            BufferChecks.WriteOverlaps(_writer, _derivative.Primal, _signature.Own);
            emitter.EmitRange(0, forward.Body.Length);
            new MemberEnd(_writer, _model, _derivative, context, _signature.Own).Write(hasGradients: false);
        });
    }

    private void WritePullback()
    {
        string[] writes = [.. _derivative.Primal.Parameters.Where(static p => p.IsWritten).Select(static p => p.Name)];
        HashSet<string> needed = [.. _pair.Needed().Select(static p => p.Name)];
        string[] ignores =
        [
            .. SignatureParts.Parameters(_derivative.Primal)
                .Where(p => p.Passing != PassingKind.Out && p.Name != "this" && !p.Leaves.Any(leaf => needed.Contains(leaf.Name))).Select(static p => p.Name),
        ];
        var facts = new List<string>();
        if (writes.Length > 0) facts.Add($"Writes = {List(writes)}");
        if (ignores.Length > 0) facts.Add($"Ignores = {List(ignores)}");
        string attribute = _pair.HasResiduals && _model.Recomputes ? "" : "[global::AutoDiff.Generated.Pullback" + (facts.Count == 0 ? "]" : $"({string.Join(", ", facts)})]");
        Head($"The backward half of the derivative of <see cref=\"{_model.Cref}\"/>: from the adjoints of what it gave to those of what it was given.",
            _signature.PullbackType, PairNames.Pullback, _signature.Pullback, attribute.Length == 0 ? [] : [attribute]);
        if (_model.IsAbstract) return;

        Region backward = _derivative.Backward;
        Value[] outside =
        [
            .. PulledParameters.Select(static p => p.Value), .. _derivative.Cotangents.Select(static c => c.Value), .. _derivative.Shadows.Select(static s => s.Value),
            .. DerivativeBody.All(_derivative.Forward).OfType<NewTape>().Select(static t => t.Result),
        ];
        var body = new Region(new(outside), backward.Body, backward.Yields);
        EmitContext context = Context(body, _derivative.Cotangents.Select(static c => c.Value), PulledParameters);
        for (int k = 0; k < _derivative.Cotangents.Length; k++) context.Declare(context.Plan.VariableOf(_derivative.Cotangents[k].Value), _signature.Cotangents[k]);
        for (int k = 0; k < _derivative.Shadows.Length; k++) context.Declare(context.Plan.VariableOf(_derivative.Shadows[k].Value), _signature.Shadows[k]);
        context.Notes.BeginBackward();
        using (_writer.Block()) Scratch(backward, context, emitter =>
        {
            emitter.EmitRange(0, backward.Body.Length);
            new MemberEnd(_writer, _model, _derivative, context, _signature.Own).WriteGradients();
        });
    }

    private void Head(string summary, string type, string kind, EquatableArray<string> parameters, string[] attributes, string remarks = "")
    {
        if (_explain != Explain.None)
        {
            _writer.WriteLine($"/// <summary>{summary}</summary>");
            if (remarks.Length > 0) _writer.WriteLine($"/// <remarks>{remarks}</remarks>");
        }

        _writer.WriteLine(Files.FileHeader.GeneratedCode);
        foreach (string attribute in attributes) _writer.WriteLine(attribute);
        _writer.WriteLine(ForwardMember.Hidden);
        string head = $"{_model.Modifiers} {type} {PairNames.Of(_model.Name, kind)}{_model.TypeParameters}(", list = string.Join(", ", parameters);
        string end = _model.IsAbstract ? ";" : "";
        if (head.Length + list.Length <= 120)
        {
            _writer.WriteLine($"{head}{list}){_model.Constraints}{end}");
            return;
        }

        _writer.WriteLine(head);
        using (_writer.Indent()) _writer.WriteLine(string.Join(",\n", parameters) + ")" + _model.Constraints + end);
    }

    /// <summary>What the backward half is given again: all but <c>out</c> parameters.</summary>
    private IEnumerable<Parameter> PulledParameters => _derivative.Primal.Parameters.Where(static p => p.Passing != PassingKind.Out);

    private EmitContext Context(Region body, IEnumerable<Value> pinned, IEnumerable<Parameter> parameters)
    {
        var plan = new VariablePlan(body, Names(), pinned);
        var notes = new StepNotes(_explain, _derivative.Primal.Steps, AdjointEquations.Of(_derivative, plan), Recomputed.In(_derivative));
        var context = new EmitContext(_writer, _signature.Names.Nested(), plan, notes);
        foreach (Parameter parameter in parameters) context.Declare(plan.VariableOf(parameter.Value), _signature.Own(parameter.Name));
        return context;
    }

    private Dictionary<int, string> Names()
    {
        var names = new Dictionary<int, string>();
        DerivativeBody.NameLeaves(_derivative.Primal, names);
        DerivativeBody.NameResiduals(_derivative, names);
        DerivativeBody.NameAdjoints(_derivative, names);
        return names;
    }

    /// <summary>Local memory and tapes of the half, where it has any, go back to the pool at its end; what both halves know lies on the stack that is passed.</summary>
    private void Scratch(Region region, EmitContext context, Action<BodyEmitter> write)
    {
        HashSet<int> shared = [.. _derivative.Residuals.Select(static r => r.Id)];
        var resources = new Functions.FunctionResources(context, DerivativeBody.All(region).Where(i => i is not NewTape tape || !shared.Contains(tape.Result.Id)), _explain);
        resources.Around(_ => write(new BodyEmitter(context) { ScratchName = resources.Scratch, ResidualsName = _signature.Residuals, SharedTapes = shared }));
    }

    private static string List(IEnumerable<string> names) => $"new string[] {{ {string.Join(", ", names.Select(CSharpLiteral.String))} }}";
}
