using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.Interpretation;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Tests.Programs;

/// <summary>
/// Compares reverse mode, as the compiler made it, with forward mode on dual numbers: ȳᵀJ from the one against J·eᵢ, contracted with ȳ,
/// from the other, for every input element.
/// </summary>
internal sealed class GradientCheck(TestProgram program, double tolerance = 1e-9)
{
    private readonly Random _random = new(20240229);

    /// <summary>What differs; empty where nothing does.</summary>
    public List<string> Compare(DerivativeOptions options)
    {
        var wrong = new List<string>();
        Derivative derivative = program.Derivative(options);
        wrong.AddRange(IrVerifier.Verify(derivative).Select(static v => "verifier: " + v));
        if (wrong.Count > 0) return wrong;

        IReadOnlyList<InterpretedValue> plain = Clone();
        IReadOnlyList<InterpretedValue> outputs = program.Interpreter(rounds: false).Run(program.Function, plain);
        double[][] outputSeeds = Seeds(outputs, options.UnitSeed);
        Dictionary<string, double[]> bufferSeeds = program.Inputs.Zip(plain)
            .Where(static p => p.First is { IsWritten: true, IsDifferentiable: true })
                .ToDictionary(static p => p.First.Name, p => Random(((InterpretedBuffer)p.Second).Length));

        IReadOnlyList<InterpretedValue> arguments = Clone();
        DerivativeResult reverse = Reverse(derivative, options, arguments, outputs, outputSeeds, bufferSeeds);
        Same("outputs", outputs.SelectMany(Reals), reverse.Outputs.SelectMany(Reals), wrong);
        Same("final buffers", plain.SelectMany(Reals), arguments.SelectMany(Reals), wrong);
        if (program.Inputs.Any(static p => p.IsDifferentiable))
            CompareGradients(reverse, outputSeeds, bufferSeeds, options.UnitSeed, wrong);
        return wrong;
    }

    /// <summary>Where a scheduled derivative gives other outputs or gradients; tensors are looked up in the storages that they are to be
    /// written to.</summary>
    public List<string> Compare(Derivative expected, Derivative actual, ITensorMemory memory, IReadOnlyDictionary<Value,
        Func<double[]>> destinations)
    {
        IReadOnlyList<InterpretedValue> outputs = program.Interpreter(rounds: false).Run(program.Function, Clone());
        double[][] seeds = Seeds(outputs, unitSeed: false);
        DerivativeResult x = Reverse(expected, new(), Clone(), outputs, seeds, []),
            y = Reverse(actual, new(), Clone(), outputs, seeds, [], memory);
        var wrong = new List<string>();
        for (int k = 0; k < x.Outputs.Count; k++)
            Near($"output {k}", Reals(x.Outputs[k]),
                destinations.GetValueOrDefault(expected.Forward.Yields[k])?.Invoke() ?? Reals(y.Outputs[k]), wrong);
        foreach (Gradient gradient in expected.Gradients)
        {
            double[] found = (gradient.Value is { } value ? destinations.GetValueOrDefault(value)?.Invoke()
                : null) ?? Reals(y.Gradients[gradient.Parameter]);
            Near(gradient.Name, Reals(x.Gradients[gradient.Parameter]), found, wrong);
        }

        return wrong;
    }

    private void Near(string what, IEnumerable<double> expected, IEnumerable<double> actual, List<string> wrong)
    {
        double[] x = expected.ToArray(), y = actual.ToArray();
        if (x.Length != y.Length || !x.Zip(y).All(p => Close(p.First, p.Second)))
            wrong.Add($"{what} is [{string.Join(", ", y)}], not [{string.Join(", ", x)}]");
    }

    /// <summary>The gradients of all inputs, one after another.</summary>
    public double[] Gradients(DerivativeOptions options) => Gradients(options, program.Derivative(options));

    /// <summary>The same from a derivative that was scheduled.</summary>
    public double[] Gradients(DerivativeOptions options, Derivative derivative)
    {
        IReadOnlyList<InterpretedValue> outputs = program.Interpreter(rounds: false).Run(program.Function, Clone());
        double[][] seeds = Seeds(outputs, options.UnitSeed);
        var bufferSeeds = program.Inputs.Zip(program.Arguments)
            .Where(static p => p.First is { IsWritten: true, IsDifferentiable: true })
                .ToDictionary(static p => p.First.Name, p => Random(((InterpretedBuffer)p.Second).Length));
        DerivativeResult reverse = Reverse(derivative, options, Clone(), outputs, seeds, bufferSeeds);
        return program.Inputs.Where(static p => p.IsDifferentiable).SelectMany(p => Gradient(reverse, p)).ToArray();
    }

    private DerivativeResult Reverse(
        Derivative derivative, DerivativeOptions options, IReadOnlyList<InterpretedValue> arguments,
            IReadOnlyList<InterpretedValue> outputs,
        double[][] outputSeeds, Dictionary<string, double[]> bufferSeeds, ITensorMemory? memory = null)
    {
        InterpretedValue[] cotangents = derivative.Cotangents.Select(c => WithReals(outputs[c.Output], outputSeeds[c.Output])).ToArray();
        return program.Interpreter(options, rounds: false, memory)
            .Run(derivative, arguments, cotangents,
            bufferSeeds.ToDictionary(static s => s.Key, static s => new InterpretedBuffer(s.Value)));
    }

    private void CompareGradients(
        DerivativeResult reverse, double[][] outputSeeds, Dictionary<string, double[]> bufferSeeds, bool unitSeed, List<string> wrong)
    {
        foreach (Parameter parameter in program.Inputs.Where(static p => p.IsDifferentiable))
        {
            double[] gradient = Gradient(reverse, parameter);
            for (int i = 0; i < gradient.Length; i++)
            {
                (IReadOnlyList<InterpretedValue> results, IReadOnlyList<InterpretedValue> finals) = Forward(parameter.Name, i);
                double expected = results.Select((r, k) => Dot(Tangents(r), outputSeeds[k])).Sum();
                expected += program.Inputs.Zip(finals).Where(p => bufferSeeds.ContainsKey(p.First.Name))
                    .Sum(p => Dot(Tangents(p.Second), bufferSeeds[p.First.Name]));
                if (!Close(expected, gradient[i])) wrong.Add($"d{parameter.Name}[{i}] is {gradient[i]:R}; forward mode gives {expected:R}");
            }
        }
    }

    /// <summary>The function on arguments of which every differentiable element is varied and one has tangent 1.</summary>
    private (IReadOnlyList<InterpretedValue> Results, IReadOnlyList<InterpretedValue> Finals) Forward(string parameter, int element)
    {
        IReadOnlyList<InterpretedValue> arguments = Clone(p => p.IsDifferentiable, (p, i) => p.Name == parameter && i == element ? 1 : 0);
        return (program.Interpreter(rounds: false).Run(program.Function, arguments), arguments);
    }

    private IReadOnlyList<InterpretedValue> Clone(Func<Parameter, bool>? isVaried = null, Func<Parameter, int, double>? tangent = null)
        => program.Inputs.Zip(program.Arguments).Select(pair =>
        {
            bool varied = isVaried?.Invoke(pair.First) ?? false;
            Number Element(Number n, int i) => varied ? Number.Varied(n.Real, tangent!(pair.First, i)) : n;
            return (InterpretedValue)(pair.Second switch
            {
                InterpretedScalar scalar => new InterpretedScalar(Element(scalar.Number, 0)),
                InterpretedBuffer buffer => new InterpretedBuffer(Enumerable.Range(0, buffer.Length).Select(i => Element(buffer[i], i))
                    .ToArray(), 0, buffer.Length),
                InterpretedTensor tensor => new InterpretedTensor(tensor.Shape, tensor.Elements.Select(Element).ToArray()),
                _ => pair.Second,
            });
        }).ToArray();

    /// <summary>In a gradient, the result alone counts among the numbers that come out.</summary>
    private double[][] Seeds(IReadOnlyList<InterpretedValue> outputs, bool unitSeed)
        => outputs.Select((o, k) => !unitSeed ? Random(Reals(o).Length) : program.Function.Outputs[k].Kind == OutputKind.Return ? [1] : [0]).ToArray();

    private static double[] Gradient(DerivativeResult result, Parameter parameter)
        => parameter.Value.Type is BufferType ? result.Shadows[parameter.Name].Reals() : Reals(result.Gradients[parameter.Name]);

    private double[] Random(int count) => Enumerable.Range(0, count).Select(_ => Math.Round(_random.NextDouble() * 2 - 1, 3)).ToArray();

    private static void Same(string what, IEnumerable<double> expected, IEnumerable<double> actual, List<string> wrong)
    {
        double[] x = expected.ToArray(), y = actual.ToArray();
        if (!x.SequenceEqual(y)) wrong.Add($"{what} are [{string.Join(", ", y)}]; the primal gives [{string.Join(", ", x)}]");
    }

    private bool Close(double a, double b) => a.Equals(b) || Math.Abs(a - b) <= tolerance * (1 + Math.Abs(a) + Math.Abs(b));

    private static double Dot(double[] a, double[] b) => a.Zip(b, static (x, y) => x * y).Sum();

    public static double[] Reals(InterpretedValue value) => value switch
    {
        InterpretedScalar scalar => [scalar.Number.Real],
        InterpretedBuffer buffer => buffer.Reals(),
        InterpretedTensor tensor => tensor.Reals(),
        _ => [],
    };

    public static double[] Tangents(InterpretedValue value) => value switch
    {
        InterpretedScalar scalar => [scalar.Number.Tangent],
        InterpretedBuffer buffer => buffer.Tangents(),
        InterpretedTensor tensor => tensor.Tangents(),
        _ => [],
    };

    private static InterpretedValue WithReals(InterpretedValue like, double[] values)
        => like is InterpretedTensor tensor ? new InterpretedTensor(tensor.Shape, values) : new InterpretedScalar(values[0]);
}
