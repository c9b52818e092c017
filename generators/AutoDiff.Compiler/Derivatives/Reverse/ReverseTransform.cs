using AutoDiff.Compiler.Analysis;
using AutoDiff.Compiler.Derivatives.Residuals;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Transforms;

namespace AutoDiff.Compiler.Derivatives.Reverse;

/// <summary>
/// Reverse mode: walks a function from its last instruction to its first and appends, for each, what takes the adjoint of its results to the adjoints of its
/// operands. Straight code needs nothing else. A loop becomes the loop over the same counter backwards, whose carried values are the adjoints of the
/// carried values; an <c>if</c> becomes the <c>if</c> on the same condition; memory has a shadow. The backward part refers to primal values
/// wherever they were defined; <see cref="ResidualPlanner"/> then makes each of them available by storing or recomputing it.
/// </summary>
public sealed partial class ReverseTransform
{
    private readonly Function _primal;
    private readonly Activity _activity;
    private readonly BufferFacts _buffers;
    private readonly ValueFactory _values;
    private readonly BufferOrigins _origins;
    private readonly HashSet<int> _nested;
    private readonly Dictionary<int, Value> _shadows = [];
    private readonly Dictionary<int, Value> _tripCounts = [];
    private readonly Dictionary<Call, EquatableArray<Value>> _pullbackInputs = new(IdentityComparer<Call>.Instance);
    private int _nextPair = 1;

    private ReverseTransform(Function primal, DerivativeOptions options)
    {
        _activity = Activity.Of(primal, everything: !options.UseActivity);
        _buffers = BufferFacts.Of(primal);
        _nested = NestedAllocations(primal.Body);
        _values = new ValueFactory(Numbering.NextId(primal));
        primal = OriginTracker.Run(primal, _activity.IsActive, _values, out _origins);
        _primal = primal with { Body = Prepare(primal.Body) };
    }

    /// <summary>The derivative of a function whose <see cref="Activity.Lost"/> is empty.</summary>
    public static Derivative Differentiate(Function primal, DerivativeOptions options)
        => new ReverseTransform(Prepared(primal), options).Run(options);

    /// <summary>The function as it is differentiated: what every mode says of it, such as which memory it reads at entry, is said of this form.</summary>
    internal static Function Prepared(Function primal)
    {
        Function tidy = CommonSubexpressions.Run(LoadForwarding.Run(CommonSubexpressions.Run(PassingLengths.Run(FlattenProducts.Run(StateReads.Run(primal))))));
        Function fused = LoopFusion.Run(tidy);
        if (!ReferenceEquals(fused, tidy)) fused = UnreadMemory.Run(CommonSubexpressions.Run(LoadForwarding.Run(CommonSubexpressions.Run(fused))));
        return InvariantCode.Run(fused);
    }

    private Derivative Run(DerivativeOptions options)
    {
        var builder = new InstructionBuilder(_values);
        var adjoints = new AdjointMap();
        List<Cotangent> cotangents = Seed(builder, adjoints, options);
        List<Shadow> shadows = MakeShadows(options);
        InstructionBuilder entry = ShadowArenas();
        ShadowLocals(_primal.Body, entry);
        SeedArrays(cotangents, builder);
        Region backward = Reverse(_primal.Body, builder, adjoints, hasShadows: true);
        backward = backward with { Body = entry.Body.Concat(backward.Body).ToEquatable() };
        EquatableArray<Gradient> gradients = (
            from parameter in _primal.Parameters
            where parameter is { IsDifferentiable: true, Value.Type: ScalarType or TensorType, Passing: not PassingKind.Out }
            let adjoint = adjoints[parameter.Value]
            select new Gradient(parameter.Name, "d" + parameter.Name, parameter.Value.Type, adjoint)).ToEquatable();
        backward = backward with { Yields = gradients.Where(static g => g.Value is not null).Select(static g => g.Value!).ToEquatable() };
        Region forward = _primal.Body;
        if (options.JoinsLoops) backward = Identities.Run(backward, forward);
        backward = Preaccumulation.Run(CommonSubexpressions.OfBranches(backward, forward), _values);
        (forward, backward) = ResidualPlanner.Plan(_primal, backward, _buffers, _values, options, shadows);
        return Finish(new Derivative(_primal, cotangents.ToEquatable(), shadows.ToEquatable(), forward, backward, gradients, []), options);
    }

    /// <summary>Gives each differentiable output its cotangent.</summary>
    private List<Cotangent> Seed(InstructionBuilder builder, AdjointMap adjoints, DerivativeOptions options)
    {
        var cotangents = new List<Cotangent>();
        for (int k = 0; k < _primal.Outputs.Length; k++)
        {
            Output output = _primal.Outputs[k];
            if (!output.Type.IsDifferentiable) continue;
            Value yielded = _primal.Body.Yields[k];
            string name = "d" + (output.Kind == OutputKind.Return ? "Result" : output.Name);
            Value seed;
            if (output.Type is BufferType array)
            {
                cotangents.Add(new Cotangent(name, _values.New(array with { Kind = BufferKind.ReadOnlySpan }, name), k));
                continue;
            }

            // In a gradient, nothing but the result counts.
            if (options.UnitSeed && output.Kind != OutputKind.Return) continue;
            if (options.UnitSeed) seed = builder.Constant(output.Type, 1);
            else cotangents.Add(new Cotangent(name, seed = _values.New(output.Type, name), k));
            if (_activity.IsActive(yielded)) adjoints.Add(builder, yielded, seed);
        }

        return cotangents;
    }

    /// <summary>Appends the adjoint of a region's instructions, last to first; yields are set by the caller.</summary>
    private Region Reverse(Region region, InstructionBuilder builder, AdjointMap adjoints, bool hasShadows = false)
    {
        var prologue = builder.Nested();
        foreach (Value parameter in region.Parameters) ShadowJoin(parameter, prologue);
        if (!hasShadows) ShadowLocals(region, prologue);
        for (int i = region.Body.Length - 1; i >= 0; i--)
        {
            Instruction instruction = region.Body[i];
            builder.Step = instruction.Step;
            switch (instruction)
            {
                case Apply apply:
                    ReverseApply(apply, builder, adjoints);
                    break;
                case Load load:
                    ReverseLoad(load, builder, adjoints);
                    break;
                case Store store:
                    ReverseStore(store, builder, adjoints);
                    break;
                case Accumulate accumulate:
                    ReverseAccumulate(accumulate, builder, adjoints);
                    break;
                case FillBuffer fill:
                    ReverseFill(fill, builder, adjoints);
                    break;
                case Push push:
                    ReversePush(push, builder, adjoints);
                    break;
                case Pop pop:
                    ReversePop(pop, builder, adjoints);
                    break;
                case CopyBuffer copy:
                    ReverseCopy(copy, builder);
                    break;
                case If branch:
                    ReverseIf(branch, builder, adjoints);
                    break;
                case For loop:
                    ReverseFor(loop, region, builder, adjoints);
                    break;
                case While loop:
                    ReverseWhile(loop, builder, adjoints);
                    break;
                case Call call:
                    ReverseCall(call, builder, adjoints);
                    break;
            }
        }

        return new Region([], prologue.Body.Concat(builder.Body).ToEquatable(), []);
    }

    private Derivative Finish(Derivative derivative, DerivativeOptions options)
    {
        derivative = Transforms.Definitions.Unify(derivative);
        derivative = Simplifier.Run(derivative, _values);
        if (!options.StoreEverything) derivative = EarlyPartials.Run(derivative, _values);
        var residuals = FreeValues.Of(derivative.Backward);
        var defined = new HashSet<int>(derivative.Forward.Body.SelectMany(static i => i.Results).Select(static v => v.Id));
        return derivative with { Residuals = residuals.Where(v => defined.Contains(v.Id)).ToEquatable() };
    }
}
