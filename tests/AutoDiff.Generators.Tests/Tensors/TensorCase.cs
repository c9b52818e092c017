using System.Numerics.Tensors;
using System.Reflection;

namespace AutoDiff.Generators.Tests.Tensors;

/// <summary>
/// A method of tensors: compiled with its generated members and run. The method itself, which runs the eager operations, says what the forward part has to give;
/// central differences of it say what the gradients have to be.
/// </summary>
internal sealed class TensorCase
{
    private readonly Type _type;
    private readonly MethodInfo _method;

    public TensorCase(string method, string name = "M")
    {
        string source = $$"""
            using static AutoDiff.Ops;

            public static partial class F
            {
            {{method}}
            }
            """;
        Run = GeneratorHarness.Run(source);
        if (Environment.GetEnvironmentVariable("DUMP") is { } dump) foreach (var s in Run.GeneratedSources) File.WriteAllText(Path.Combine(dump, s.Key), s.Value);
        _type = Run.Load().Type("F");
        Name = name;
        _method = _type.GetMethod(name, BindingFlags.Public | BindingFlags.Static)!;
    }

    public GeneratorRun Run { get; }

    public string Name { get; }

    public string Generated => Run.GeneratedSources.First().Value;

    public static Tensor<double> Random(int seed, params int[] lengths)
    {
        var random = new Random(seed);
        int count = lengths.Aggregate(1, static (a, b) => a * b);
        double[] values = [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() * 2 - 1)];
        return Over(values, lengths);
    }

    public static Tensor<double> Over(double[] values, params int[] lengths)
        => values.Length == 0 ? Tensor.Create(values, [.. lengths.Select(static l => (nint)l)]) : Tensor.Create(values, 0, [.. lengths.Select(static l => (nint)l)], []);

    public object Eager(params object[] arguments) => _method.Invoke(null, arguments)!;

    public object? Call(string suffix, params object[] arguments)
    {
        MethodInfo member = _type.GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Single(m => m.Name == Name + suffix && !(m.GetParameters() is [var first, ..] && first.Name == "workspace"));
        object?[] all = [.. arguments, .. member.GetParameters().Skip(arguments.Length).Select(static p => p.DefaultValue)];
        try
        {
            return member.Invoke(null, all);
        }
        catch (TargetInvocationException exception)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(exception.InnerException!);
            throw;
        }
    }

    /// <summary>Forward against the eager method, reverse against central differences.</summary>
    public void Check(params object[] arguments) => Check(1e-6, arguments);

    public void Check(double tolerance, params object[] arguments)
    {
        double[] expected = Elements(Eager(arguments));
        double[] forward = Forward(arguments);
        Near(expected, forward, 1e-9, "forward");

        Tensor<double>[] inputs = [.. arguments.OfType<Tensor<double>>()];
        double[] seed = [.. Random(99, expected.Length).AsEnumerable()];
        Tensor<double>[] gradients = [.. inputs.Select(x => Over(new double[x.FlattenedLength], Lengths(x)))];
        object? value = Vjp(arguments, seed, gradients, accumulate: false);
        Near(expected, Elements(First(value!)), 1e-9, "value of the Vjp");
        for (int k = 0; k < inputs.Length; k++)
            Near(Numeric(arguments, inputs[k], seed), [.. gradients[k].AsEnumerable()], tolerance, $"gradient {k}");

        double[][] once = [.. gradients.Select(static g => g.AsEnumerable().ToArray())];
        Vjp(arguments, seed, gradients, accumulate: true);
        for (int k = 0; k < inputs.Length; k++)
            Near([.. once[k].Select(static g => 2 * g)], [.. gradients[k].AsEnumerable()], 1e-12, $"accumulated gradient {k}");
    }

    private double[] Forward(object[] arguments)
    {
        object eager = Eager(arguments);
        if (eager is not Tensor<double> result) return Elements(Call("Forward", arguments)!);
        Tensor<double> destination = Over([.. Enumerable.Repeat(double.NaN, (int)result.FlattenedLength)], Lengths(result));
        Call("Forward", [.. arguments, destination]);
        return Elements(destination);
    }

    private object? Vjp(object[] arguments, double[] seed, Tensor<double>[] gradients, bool accumulate)
    {
        object eager = Eager(arguments);
        object cotangent = eager is Tensor<double> result ? Over(seed, Lengths(result)) : seed[0];
        return Call("Vjp", [.. arguments, cotangent, .. gradients, accumulate]);
    }

    private double[] Numeric(object[] arguments, Tensor<double> input, double[] seed)
    {
        var gradient = new double[input.FlattenedLength];
        double[] values = [.. input.AsEnumerable()];
        for (int i = 0; i < gradient.Length; i++)
        {
            double h = 1e-5, kept = values[i];
            gradient[i] = (At(kept + h, i) - At(kept - h, i)) / (2 * h);
            values[i] = kept;
        }

        return gradient;

        double At(double value, int i)
        {
            values[i] = value;
            Tensor<double> moved = Over([.. values], Lengths(input));
            double[] y = Elements(Eager([.. arguments.Select(a => ReferenceEquals(a, input) ? moved : a)]));
            return y.Zip(seed, static (a, b) => a * b).Sum();
        }
    }

    private static object First(object value)
        => value is System.Runtime.CompilerServices.ITuple tuple ? tuple[0]! : value;

    private static double[] Elements(object value) => value is Tensor<double> tensor ? [.. tensor.AsEnumerable()] : [(double)value];

    private static int[] Lengths(Tensor<double> x) => [.. x.Lengths.ToArray().Select(static l => (int)l)];

    private static void Near(double[] expected, double[] actual, double tolerance, string what)
    {
        Assert.True(expected.Length == actual.Length, $"{what}: {expected.Length} elements expected, {actual.Length} found");
        for (int i = 0; i < expected.Length; i++)
        {
            bool same = expected[i].Equals(actual[i]) || Math.Abs(expected[i] - actual[i]) <= tolerance * (1 + Math.Abs(expected[i]));
            Assert.True(same, FormattableString.Invariant($"{what}: element {i} is {actual[i]:R}, not {expected[i]:R}"));
        }
    }
}

file static class TensorElements
{
    public static IEnumerable<T> AsEnumerable<T>(this Tensor<T> x)
    {
        var flat = new T[x.FlattenedLength];
        x.FlattenTo(flat);
        return flat;
    }
}
