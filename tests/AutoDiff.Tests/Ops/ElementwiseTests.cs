using System.Numerics.Tensors;
using static AutoDiff.Ops;
using static AutoDiff.Tests.Tensors;

namespace AutoDiff.Tests;

public class ElementwiseTests
{
    private static readonly (string Name, Func<Tensor<double>, Tensor<double>> Op, Func<double, double> Scalar)[] UnaryOps =
    [
        ("Exp", Exp, Math.Exp), ("Log", Log, Math.Log), ("Sqrt", Sqrt, Math.Sqrt), ("Abs", Abs, Math.Abs), ("Sin", Sin, Math.Sin),
        ("Cos", Cos, Math.Cos), ("Tanh", Tanh, Math.Tanh), ("Square", Square, x => x * x), ("Relu", Relu, x => x > 0 ? x : 0),
        ("Sigmoid", Sigmoid, x => 1 / (1 + Math.Exp(-x))), ("Silu", Silu, x => x / (1 + Math.Exp(-x))),
        ("Softplus", Softplus, x => Math.Log(1 + Math.Exp(x))), ("Gelu", Gelu, x => 0.5 * x * (1 + Ad.Special.Erf(x / Math.Sqrt(2)))),
        ("GeluTanh", GeluTanh, x => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)))),
        ("Clamp", x => Clamp(x, -0.5, 0.7), x => Math.Clamp(x, -0.5, 0.7)), ("Max", x => Max(x, 0.3), x => Math.Max(x, 0.3)),
        ("Max of a number", x => Max(0.3, x), x => Math.Max(x, 0.3)), ("Min", x => Min(x, 0.3), x => Math.Min(x, 0.3)),
        ("Min of a number", x => Min(0.3, x), x => Math.Min(x, 0.3)), ("Pow", x => Pow(x, 3.0), x => x * x * x),
        ("Tan", Tan, Math.Tan), ("Asin", Asin, Math.Asin), ("Acos", Acos, Math.Acos), ("Atan", Atan, Math.Atan), ("Sinh", Sinh, Math.Sinh),
        ("Cosh", Cosh, Math.Cosh), ("Asinh", Asinh, Math.Asinh), ("Acosh", Acosh, Math.Acosh), ("Atanh", Atanh, Math.Atanh),
        ("Exp2", Exp2, x => Math.Pow(2, x)), ("Log2", Log2, Math.Log2), ("Log10", Log10, Math.Log10), ("Cbrt", Cbrt, Math.Cbrt),
        ("ExpMinusOne", ExpMinusOne, x => Math.Exp(x) - 1), ("LogOnePlus", LogOnePlus, x => Math.Log(1 + x)),
        ("Erf", Erf, Ad.Special.Erf), ("Erfc", Erfc, x => 1 - Ad.Special.Erf(x)),
        ("NormalCdf", NormalCdf, x => 0.5 + 0.5 * Ad.Special.Erf(x / Math.Sqrt(2))),
        ("Sign", Sign, x => x < 0 ? -1 : 1), ("Floor", Floor, Math.Floor), ("Ceiling", Ceiling, Math.Ceiling),
        ("Round", Round, x => Math.Round(x)),
        ("Truncate", Truncate, Math.Truncate), ("Negate", Negate, x => -x),
        ("Pow of a number", x => Pow(2.0, x), x => Math.Exp(x * Math.Log(2))), ("Map", x => Map(x, e => e * e - e), x => x * x - x),
    ];

    private static readonly (string Name, Func<Tensor<double>, Tensor<double>, Tensor<double>> Op, Func<double, double, double> Scalar)[]
        BinaryOps =
    [
        ("Add", Add, (a, b) => a + b), ("Subtract", Subtract, (a, b) => a - b), ("Multiply", Multiply, (a, b) => a * b),
        ("Divide", Divide, (a, b) => a / b), ("Max", Max, Math.Max), ("Min", Min, Math.Min), ("Pow", Pow, Math.Pow),
        ("Atan2", Atan2, Math.Atan2), ("Hypot", Hypot, (a, b) => Math.Sqrt(a * a + b * b)),
        ("Map", (x, y) => Map(x, y, (a, b) => a - 2 * b), (a, b) => a - 2 * b),
    ];

    public static TheoryData<string> Unary => [.. UnaryOps.Select(op => op.Name)];

    public static TheoryData<string> Binary => [.. BinaryOps.Select(op => op.Name)];

    [Theory]
    [MemberData(nameof(Unary))]
    public void A_unary_operation_is_its_scalar_function_at_each_element(string name)
    {
        var (_, op, scalar) = UnaryOps.Single(entry => entry.Name == name);
        Tensor<double> x = Sample(3, 4, 5);
        Near([3, 4, 5], [.. Flat(x).Select(scalar)], op(x));
        Equal(op(x), op(Strided(x)));
        Equal([0, 2], [], op(Of<double>([0, 2])));
        Assert.Throws<ArgumentNullException>(() => op(null!));
    }

    [Theory]
    [MemberData(nameof(Binary))]
    public void A_binary_operation_broadcasts_both_ways(string name)
    {
        var (_, op, scalar) = BinaryOps.Single(entry => entry.Name == name);
        (nint[] X, nint[] Y, nint[] Result)[] shapes =
        [
            ([2, 3], [2, 3], [2, 3]), ([2, 3], [3], [2, 3]), ([3], [2, 3], [2, 3]), ([2, 1], [3], [2, 3]), ([3], [2, 1], [2, 3]),
            ([4, 1, 3], [2, 1], [4, 2, 3]), ([1], [2, 2], [2, 2]), ([5, 1, 1], [1, 2, 1], [5, 2, 1]), ([1, 1], [1], [1, 1]),
            ([0, 3], [1], [0, 3]),
        ];
        foreach (var (xs, ys, result) in shapes)
        {
            Tensor<double> x = Abs(Sample(1, xs)), y = Sample(2, ys);
            int count = result.Aggregate(1, (p, l) => p * (int)l);
            double[] expected = [.. Enumerable.Range(0, count).Select(i => scalar(At(x, result, i), At(y, result, i)))];
            Near(result, expected, op(x, y), 1e-15);
            Near(result, expected, op(Strided(x), Strided(y)), 1e-15);
        }
    }

    [Theory]
    [MemberData(nameof(Binary))]
    public void Shapes_that_do_not_broadcast_are_named(string name)
    {
        var op = BinaryOps.Single(entry => entry.Name == name).Op;
        var error = Assert.Throws<ArgumentException>("y", () => op(Sample(2, 3), Sample(2)));
        Assert.StartsWith("y: [2] does not broadcast with x: [2, 3].", error.Message);
        Assert.Throws<ArgumentNullException>("x", () => op(null!, Sample(2)));
        Assert.Throws<ArgumentNullException>("y", () => op(Sample(2), null!));
    }

    [Fact]
    public void Where_broadcasts_all_three()
    {
        Tensor<bool> condition = Of([2, 1], true, false);
        Equal([2, 3], [1f, 2, 3, 9, 9, 9], Where(condition, Of([3], 1f, 2, 3), Of([1], 9f)));
        Equal([2, 3], [1f, 2, 3, 9, 9, 9], Where(condition, Of([3], 1f, 2, 3), 9f));
        Equal([2, 3], [9f, 9, 9, 1, 2, 3], Where(condition, 9f, Of([3], 1f, 2, 3)));
        var error = Assert.Throws<ArgumentException>("condition", () => Where(condition, Of([3, 3], new float[9]), 1f));
        Assert.StartsWith("condition: [2, 1] does not broadcast with x, y: [3, 3].", error.Message);
    }

    [Fact]
    public void Where_leaves_what_it_does_not_choose_unread()
        => Equal([2], [1.0, 2.0], Where(Of([2], true, false), Of([2], 1, double.NaN), Of([2], double.NaN, 2)));

    [Fact]
    public void NaN_spreads_through_max_min_relu_and_clamp()
    {
        Tensor<double> x = Of([1], double.NaN);
        foreach (Tensor<double> y in (Tensor<double>[])[Max(x, 1.0), Max(1.0, x), Min(x, 1.0), Relu(x), Clamp(x, 0.0, 1.0)])
            Assert.Equal(double.NaN, y[0]);
        Assert.Equal(double.NaN, Relu(double.NaN));
        Assert.Equal(float.NaN, Clamp(float.NaN, 0, 1));
    }

    [Fact]
    public void Clamp_refuses_bounds_in_the_wrong_order()
    {
        var error = Assert.Throws<ArgumentException>("low", () => Clamp(Sample(2), 1.5, -1));
        Assert.StartsWith("low: 1.5 is above high: -1.", error.Message);
        Assert.Throws<ArgumentException>("low", () => Clamp(Of<double>([0]), 1.5, -1));
        Assert.Throws<ArgumentException>("low", () => Clamp(0.0, 1, 0));
        Assert.Equal(0.25f, Clamp(0.25f, 0, 1));
    }

    [Fact]
    public void Activations_hold_at_the_edges_of_every_type()
    {
        foreach (double x in (double[])[double.PositiveInfinity, 1e4, 3e38])
        {
            Assert.Equal(x, Softplus(x));
            Assert.Equal(x, Gelu(x));
            Assert.Equal(x, GeluTanh(x));
            Assert.Equal(x, Silu(x));
            Assert.Equal(1, Sigmoid(x));
            Assert.Equal(0, Softplus(-x));
            Assert.Equal(0, Sigmoid(-x));
            Assert.Equal(0, Math.Abs(Gelu(-x)));
            Assert.Equal(0, Math.Abs(GeluTanh(-x)));
            Assert.Equal(0, Math.Abs(Silu(-x)));
            Assert.Equal(1f, Sigmoid((float)x));
            Assert.Equal((float)x, Softplus((float)x));
        }

        Assert.Equal((Half)1, Sigmoid(Half.PositiveInfinity));
        Assert.Equal(Half.MaxValue, Softplus(Half.MaxValue));
        Equal([3], [Half.Zero, (Half)0.5, Half.One], Sigmoid(Of([3], Half.NegativeInfinity, Half.Zero, Half.PositiveInfinity)));
    }

    [Fact]
    public void Single_precision_results_are_the_rounded_double_ones()
    {
        for (float x = -20; x < 20; x += 0.0625f)
        {
            Assert.Equal((float)Gelu((double)x), Gelu(x));
            Assert.Equal((float)GeluTanh((double)x), GeluTanh(x));
            Assert.Equal((float)Softplus((double)x), Softplus(x));
            Assert.Equal((float)Silu((double)x), Silu(x));
            Assert.Equal((float)Sigmoid((double)x), Sigmoid(x));
            Assert.Equal(Gelu(x), Gelu(Of([1], x))[0]);
        }
    }

    [Fact]
    public void Tanh_is_accurate_near_zero_and_does_not_depend_on_the_length()
    {
        float[] values = [.. Enumerable.Range(-200, 401).Select(i => i * 1e-7f)];
        float[] whole = Flat(Tanh(Of([401], values)));
        for (int i = 0; i < values.Length; i++)
        {
            Assert.Equal(whole[i], Tanh(Of([1], values[i]))[0]);
            Assert.True(Math.Abs(whole[i] - Math.Tanh(values[i])) <= 2e-7 * Math.Abs(values[i]));
        }
    }

    [Fact]
    public void Scalar_overloads_take_float_double_half_and_generic_arguments()
    {
        Assert.Equal(9f, Square(3f));
        Assert.Equal(9.0, Square(3.0));
        Assert.Equal((Half)9, Square((Half)3));
        Assert.Equal(0f, Relu(-3f));
        Assert.Equal(3.0, Relu(3.0));
        Assert.Equal((Half)0, Relu((Half)(-3)));
        Assert.Equal((Half)1, Clamp((Half)3, Half.Zero, Half.One));
        Assert.Equal(Silu(1.5f), Generic(1.5f));
        Equal([2], [Silu(1f), Silu(2f)], Map(Of([2], 1f, 2f), Silu));

        static T Generic<T>(T x)
            where T : System.Numerics.IBinaryFloatingPointIeee754<T>
            => Silu(x);
    }

    [Fact]
    public void Operators_of_the_base_library_take_numbers_on_both_sides()
    {
        Tensor<float> x = Of([2], 1f, 2f);
        Equal([2], [2f, 4f], x * 2f);
        Equal([2], [2f, 4f], 2 * x);
        Equal([2], [1f, 0f], 2f - x);
        Equal([2], [-1f, 0f], x - 2f);
        Equal([2], [2f, 1f], 2f / x);
        Equal([2], [-1f, -2f], -x);
        Equal([2, 2], [2f, 4f, 2f, 4f], x + Of([2, 2], 1f, 2f, 1f, 2f));
    }
}
