using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace AutoDiff.Generators.Tests.Tensors;

/// <summary>
/// Forward mode of a method of tensors: its Jvp against central differences of the method along the direction and against its Vjp (⟨v, J·u⟩ = ⟨Jᵀ·v, u⟩), its
/// Hvp against differences of its gradient, and the value and gradient that come with it against those to the bit of what is computed in another order.
/// </summary>
internal sealed class TangentCase(string method)
{
    private const double Step = 1e-5;

    /// <summary>An argument that has no direction.</summary>
    public sealed record Inactive(object Argument);

    private readonly TensorCase _case = new(method);

    public GeneratorRun Run => _case.Run;

    public string Generated => _case.Generated;

    public void CheckJvp(params object[] arguments)
    {
        object[] directions = Directions(arguments);
        var both = (ITuple)_case.Call("Jvp", [.. Plain(arguments), .. directions])!;
        double[] value = Elements(_case.Eager(Plain(arguments))), tangent = Elements(both[1]!);
        Near(value, Elements(both[0]!), 1e-9, "value");
        double[] above = Elements(_case.Eager(Plain(Moved(arguments, directions, Step)))), below = Elements(_case.Eager(Plain(Moved(arguments, directions, -Step))));
        Near([.. above.Zip(below, static (a, b) => (a - b) / (2 * Step))], tangent, 1e-6, "tangent");

        double[] seed = Elements(TensorCase.Random(98, value.Length));
        object cotangent = both[0] is Tensor<double> y ? TensorCase.Over(seed, Lengths(y)) : seed[0];
        (double[] gradient, double[] along) = Reverse("Vjp", [.. Plain(arguments), cotangent], arguments, directions);
        Near([seed.Zip(tangent, static (v, t) => v * t).Sum()], [gradient.Zip(along, static (g, u) => g * u).Sum()], 1e-9, "⟨v, J·u⟩");
    }

    public void CheckHvp(params object[] arguments)
    {
        object[] directions = Directions(arguments);
        Tensor<double>[] tensors = [.. arguments.OfType<Tensor<double>>()];
        Tensor<double>[] gradients = [.. tensors.Select(Zeros)], products = [.. tensors.Select(Zeros)];
        object found = _case.Call("Hvp", [.. Plain(arguments), .. directions, .. gradients, .. products])!;
        Near(Elements(_case.Eager(Plain(arguments))), [Numbers(found)[0]], 1e-9, "value");
        double[] gradient = Gradient(arguments), above = Gradient(Moved(arguments, directions, Step)), below = Gradient(Moved(arguments, directions, -Step));
        double[] numbers = Numbers(found);
        int scalars = arguments.OfType<double>().Count();
        Near(gradient, [.. gradients.SelectMany(Elements), .. numbers.Skip(1).Take(scalars)], 1e-12, "gradient");
        double[] product = [.. products.SelectMany(Elements), .. numbers.Skip(1 + scalars)];
        Near([.. above.Zip(below, static (a, b) => (a - b) / (2 * Step))], product, 1e-5, "product");

        _case.Call("Hvp", [.. Plain(arguments), .. directions, .. gradients, .. products, true]);
        Near([.. product.Take(products.Sum(static p => (int)p.FlattenedLength)).Select(static p => 2 * p)], [.. products.SelectMany(Elements)], 1e-12, "accumulated product");
    }

    private double[] Gradient(object[] arguments) => Reverse("Gradient", Plain(arguments), arguments, []).Gradient;

    /// <summary>The gradients of the tensors and then of the numbers, and the directions in that order.</summary>
    private (double[] Gradient, double[] Along) Reverse(string member, object[] given, object[] arguments, object[] directions)
    {
        Tensor<double>[] gradients = [.. arguments.OfType<Tensor<double>>().Select(Zeros)];
        object? found = _case.Call(member, [.. given, .. gradients]);
        double[] numbers = arguments.OfType<double>().Any() ? [.. Numbers(found!).Skip(1)] : [];
        return ([.. gradients.SelectMany(Elements), .. numbers], [.. directions.OfType<Tensor<double>>().SelectMany(Elements), .. directions.OfType<double>()]);
    }

    private static object[] Plain(object[] arguments) => [.. arguments.Select(static a => a is Inactive inactive ? inactive.Argument : a)];

    private static object[] Directions(object[] arguments)
        => [.. arguments.Where(static a => a is Tensor<double> or double).Select(static (a, k) => a is Tensor<double> x ? TensorCase.Random(70 + k, Lengths(x)) : (object)(0.5 + k))];

    private static object[] Moved(object[] arguments, object[] directions, double step)
    {
        int next = 0;
        return
        [
            .. arguments.Select(a => a is not (Tensor<double> or double) ? a : a is double number ? number + step * (double)directions[next++]
                : (object)TensorCase.Over([.. Elements(a).Zip(Elements(directions[next++]), (x, u) => x + step * u)], Lengths((Tensor<double>)a))),
        ];
    }

    private static double[] Numbers(object found)
        => found is ITuple tuple ? [.. Enumerable.Range(0, tuple.Length).Select(k => tuple[k]).OfType<double>()] : [(double)found];

    private static Tensor<double> Zeros(Tensor<double> like) => TensorCase.Over(new double[like.FlattenedLength], Lengths(like));

    private static int[] Lengths(Tensor<double> x) => [.. x.Lengths.ToArray().Select(static l => (int)l)];

    private static double[] Elements(object value)
    {
        if (value is not Tensor<double> tensor) return [(double)value];
        var flat = new double[tensor.FlattenedLength];
        tensor.FlattenTo(flat);
        return flat;
    }

    private static void Near(double[] expected, double[] actual, double tolerance, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance * (1 + Math.Abs(expected[i])), FormattableString.Invariant($"{what}: element {i} is {actual[i]:R}, not {expected[i]:R}"));
    }
}
