using AutoDiff.Compiler.Analysis;
using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.Derivatives.Functions;
using AutoDiff.Compiler.Interpretation;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Transforms;

namespace AutoDiff.Compiler.Tests.Programs;

/// <summary>
/// Checks the tangent functions that the compiler makes of a program: FJvp against dual numbers, which know nothing of the rule table; FHvp against dual
/// numbers in the gradient, and against its central differences. Calls are inlined first.
/// </summary>
internal sealed class TangentCheck(TestProgram program, int seed)
{
    private readonly Random _random = new(seed);

    public Function Function { get; } = CallInlining.Run(program.Function, callee => program.Callees.GetValueOrDefault(callee.Method));

    /// <summary>What differs between forward mode, as the compiler made it, and dual numbers.</summary>
    public List<string> CompareJvp(DerivativeOptions options)
    {
        var wrong = IrVerifier.Verify(Function).Select(static v => "inlined: " + v).ToList();
        DerivedFunction jvp = TangentFunctions.Jvp(Function, options);
        wrong.AddRange(IrVerifier.Verify(jvp.Function).Select(static v => "verifier: " + v));
        if (wrong.Count > 0) return wrong;
        Dictionary<string, double[]> directions = Directions(jvp);

        IReadOnlyList<InterpretedValue> dual = Arguments((p, i) => p.IsDifferentiable ? directions[p.Name][i] : null);
        IReadOnlyList<InterpretedValue> expected = program.Interpreter(rounds: false).Run(program.Function, dual);
        var plain = new Dictionary<string, InterpretedValue>();
        IReadOnlyList<InterpretedValue> found = Run(jvp, directions, plain);

        int outputs = program.Function.Outputs.Length;
        for (int k = 0; k < outputs; k++) Compare($"output {k}", expected[k], found[k], 0, wrong);
        for (int k = outputs; k < jvp.Function.Outputs.Length; k++)
        {
            Output output = jvp.Function.Outputs[k];
            int of = output.Kind == OutputKind.Tangent ? 0 : Index(jvp.Roles.Zip(jvp.Function.Parameters).First(p => p.Second.Name == output.Name).First.Of);
            Near($"tangent of output {of}", GradientCheck.Tangents(expected[of]), GradientCheck.Reals(found[k]), 1e-9, wrong);
        }

        foreach ((Parameter parameter, InterpretedValue after) in program.Inputs.Zip(dual))
        {
            if (after is not InterpretedBuffer buffer) continue;
            Near($"final {parameter.Name}", buffer.Reals(), GradientCheck.Reals(plain[parameter.Name]), 0, wrong);
            Parameter? tangent = jvp.Find(ParameterRole.Tangent, parameter.Name) ?? jvp.Find(ParameterRole.TangentDestination, parameter.Name);
            if (parameter.IsWritten && tangent is not null)
                Near($"final tangent of {parameter.Name}", buffer.Tangents(), GradientCheck.Reals(plain[tangent.Name]), 1e-9, wrong);
        }

        return wrong;

        int Index(string of) => program.Function.Outputs.Select(static (o, k) => (o, k)).First(p => p.o.Kind == OutputKind.Parameter && p.o.Name == of).k;
    }

    /// <summary>Whether no derivative of the gradient is lost.</summary>
    public bool IsFollowedTwice(DerivativeOptions options)
        => Activity.Of(GradientFunction.Of(Function, options with { UnitSeed = true }).Function).Lost.Count == 0;

    /// <summary>What differs between the Hessian-vector product and the derivative of the gradient along the direction.</summary>
    public List<string> CompareHvp(DerivativeOptions options)
    {
        var wrong = new List<string>();
        DerivedFunction hvp = TangentFunctions.Hvp(Function, options), gradient = GradientFunction.Of(Function, options with { UnitSeed = true });
        wrong.AddRange(IrVerifier.Verify(gradient.Function).Select(static v => "gradient: " + v));
        wrong.AddRange(IrVerifier.Verify(hvp.Function).Select(static v => "verifier: " + v));
        if (wrong.Count > 0) return wrong;
        Dictionary<string, double[]> directions = Directions(hvp);
        var buffers = new Dictionary<string, InterpretedValue>();
        IReadOnlyList<InterpretedValue> found = Run(hvp, directions, buffers);
        double[] product = Collect(hvp, found, buffers, OutputKind.Tangent, ParameterRole.GradientTangent, GradientCheck.Reals);
        Near("gradient", Gradients(gradient, directions, 0), Collect(hvp, found, buffers, OutputKind.Gradient, ParameterRole.Gradient, GradientCheck.Reals), 1e-12, wrong);

        var dualBuffers = new Dictionary<string, InterpretedValue>();
        IReadOnlyList<InterpretedValue> dual = Run(
            gradient, directions, dualBuffers, Arguments((p, i) => p.IsDifferentiable ? directions[p.Name][i] : null));
        Near("Hessian-vector product", Collect(gradient, dual, dualBuffers, OutputKind.Gradient, ParameterRole.Gradient, GradientCheck.Tangents), product, 1e-9, wrong);
        if (!DerivesFromDetached(Function.Body)) CompareDifferences(gradient, directions, product, wrong);
        return wrong;
    }

    /// <summary>What differs between reverse mode of a derivative function and dual numbers in it.</summary>
    public List<string> CompareReverseOver(DerivedFunction derived, DerivativeOptions options)
    {
        Function function = derived.Function;
        List<string> wrong = IrVerifier.Verify(function).Select(static v => "verifier: " + v).ToList();
        if (wrong.Count > 0 || Activity.Of(function).Lost.Count > 0) return wrong;
        Dictionary<string, double[]> directions = Directions(derived);
        IReadOnlyList<InterpretedValue> arguments = DerivedArguments(derived, directions, Arguments(static (_, _) => null));
        return new GradientCheck(new TestProgram(function, [.. arguments])).Compare(options);
    }

    // What is detached is constant to derivatives and not to differences.
    private static bool DerivesFromDetached(Region region) => region.Body.Any(static i
        => i is Apply { Operation: Elementwise { Op: ScalarOp.Detach } } || i.Regions.Any(DerivesFromDetached));

    private void CompareDifferences(DerivedFunction gradient, Dictionary<string, double[]> directions, double[] product, List<string> wrong)
    {
        double[] coarse = Difference(1e-5), fine = Difference(5e-6);
        for (int k = 0; k < product.Length; k++)
        {
            // Where the two differences disagree there is a kink or a great third derivative nearby.
            if (!(Math.Abs(coarse[k] - fine[k]) <= 1e-4 * (1 + Math.Abs(fine[k])))) continue;
            if (!(Math.Abs(product[k] - fine[k]) <= 1e-3 * (1 + Math.Abs(fine[k])))) wrong.Add($"Hessian-vector product [{k}] is {product[k]:R}, differences give {fine[k]:R}");
        }

        double[] Difference(double step)
            => Gradients(gradient, directions, step).Zip(Gradients(gradient, directions, -step), (a, b) => (a - b) / (2 * step)).ToArray();
    }

    private double[] Gradients(DerivedFunction gradient, Dictionary<string, double[]> directions, double step)
    {
        var buffers = new Dictionary<string, InterpretedValue>();
        IReadOnlyList<InterpretedValue> arguments = Arguments(
            static (_, _) => null, (p, i) => p.IsDifferentiable && directions[p.Name] is { } direction ? step * direction[i] : 0);
        IReadOnlyList<InterpretedValue> found = Run(gradient, directions, buffers, arguments);
        return Collect(gradient, found, buffers, OutputKind.Gradient, ParameterRole.Gradient, GradientCheck.Reals);
    }

    private static double[] Collect(
        DerivedFunction function, IReadOnlyList<InterpretedValue> found, Dictionary<string, InterpretedValue> buffers, OutputKind kind, ParameterRole role,
        Func<InterpretedValue, double[]> part)
        => Enumerable.Range(0, found.Count).Where(k => function.Function.Outputs[k].Kind == kind).SelectMany(k => part(found[k]))
            .Concat(function.With(role).SelectMany(p => part(buffers[p.Name]))).ToArray();

    private IReadOnlyList<InterpretedValue> Run(
        DerivedFunction function, Dictionary<string, double[]> directions, Dictionary<string, InterpretedValue> buffers,
        IReadOnlyList<InterpretedValue>? own = null)
    {
        IReadOnlyList<InterpretedValue> arguments = DerivedArguments(function, directions, own ?? Arguments(static (_, _) => null), buffers);
        return program.Interpreter(rounds: false).Run(function.Function, arguments);
    }

    private IReadOnlyList<InterpretedValue> DerivedArguments(
        DerivedFunction function, Dictionary<string, double[]> directions, IReadOnlyList<InterpretedValue> own, Dictionary<string, InterpretedValue>? buffers = null)
    {
        Dictionary<string, InterpretedValue> named = program.Inputs.Zip(own).ToDictionary(static p => p.First.Name, static p => p.Second);
        var arguments = new List<InterpretedValue>();
        for (int k = 0; k < function.Roles.Length; k++)
        {
            Parameter parameter = function.Function.Parameters[k];
            if (parameter.Passing == PassingKind.Out) continue;
            DerivedParameter role = function.Roles[k];
            InterpretedValue argument = role.Role switch
            {
                ParameterRole.Own => named[role.Of],
                ParameterRole.Tangent when parameter.Value.Type is ScalarType => new InterpretedScalar(directions[role.Of][0]),
                ParameterRole.Tangent when named[role.Of] is InterpretedTensor primal => new InterpretedTensor(primal.Shape, directions[role.Of]),
                ParameterRole.Tangent => new InterpretedBuffer(directions[role.Of]).Copy(),
                _ => new InterpretedBuffer(new double[((InterpretedBuffer)named[role.Of]).Length]),
            };
            if (buffers is not null) buffers[parameter.Name] = argument;
            arguments.Add(argument);
        }

        return arguments;
    }

    // A span that is not read at entry has no direction: its contents are constants.
    private Dictionary<string, double[]> Directions(DerivedFunction function) => program.Inputs.Zip(program.Arguments).Where(static p => p.First.IsDifferentiable)
        .ToDictionary(static p => p.First.Name, p => GradientCheck.Reals(p.Second)
            .Select(_ => function.Find(ParameterRole.Tangent, p.First.Name) is null ? 0 : Math.Round(_random.NextDouble() * 2 - 1, 3)).ToArray());

    private IReadOnlyList<InterpretedValue> Arguments(Func<Parameter, int, double?> tangent, Func<Parameter, int, double>? shift = null)
        => program.Inputs.Zip(program.Arguments).Select(pair =>
        {
            Number Element(Number n, int i)
            {
                if (!pair.First.Value.Type.IsDifferentiable) return n;
                double real = n.Real + (shift?.Invoke(pair.First, i) ?? 0);
                return tangent(pair.First, i) is { } value ? Number.Varied(real, value) : Number.Of(real);
            }

            return (InterpretedValue)(pair.Second switch
            {
                InterpretedScalar scalar => new InterpretedScalar(Element(scalar.Number, 0)),
                InterpretedBuffer buffer => new InterpretedBuffer(Enumerable.Range(0, buffer.Length).Select(i => Element(buffer[i], i)).ToArray(), 0, buffer.Length),
                InterpretedTensor tensor => new InterpretedTensor(tensor.Shape, [.. tensor.Elements.Select(Element)]),
                _ => pair.Second,
            });
        }).ToArray();

    private static void Compare(string what, InterpretedValue expected, InterpretedValue found, double tolerance, List<string> wrong)
        => Near(what, GradientCheck.Reals(expected), GradientCheck.Reals(found), tolerance, wrong);

    private static void Near(string what, double[] expected, double[] found, double tolerance, List<string> wrong)
    {
        if (expected.Length != found.Length || !expected.Zip(found).All(p => p.First.Equals(p.Second) || p.First == p.Second
            || Math.Abs(p.First - p.Second) <= tolerance * (1 + Math.Abs(p.First) + Math.Abs(p.Second))))
            wrong.Add($"{what} is [{string.Join(", ", found)}], not [{string.Join(", ", expected)}]");
    }
}
