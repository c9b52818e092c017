using System.Numerics;
using System.Numerics.Tensors;
using static AutoDiff.Ops;
using static AutoDiff.Tests.Tensors;

namespace AutoDiff.Tests;

/// <summary>Every operation in the narrow types is its result in double, rounded: within two units in the last place of the type.</summary>
public class PrecisionTests
{
    [Fact]
    public void Single_is_double_rounded() => Agree<float>(2 * 1.2e-7, 1e-37);

    [Fact]
    public void Half_is_double_rounded() => Agree<Half>(2 * 9.8e-4, 1.2e-7);

    private static void Agree<T>(double relative, double absolute)
        where T : IBinaryFloatingPointIeee754<T>
    {
        var narrow = All<T>().ToList();
        var wide = All<double>().ToList();
        Assert.Equal(wide.Select(e => e.Name), narrow.Select(e => e.Name));
        for (int k = 0; k < wide.Count; k++)
        {
            Assert.Equal(wide[k].Result.Lengths.ToArray(), narrow[k].Result.Lengths.ToArray());
            double[] expected = Flat(wide[k].Result);
            T[] actual = Flat(narrow[k].Result);
            for (int i = 0; i < expected.Length; i++)
            {
                double value = double.CreateTruncating(actual[i]);
                bool near = expected[i].Equals(value) || Math.Abs(expected[i] - value) <= absolute + relative * Math.Abs(expected[i]);
                Assert.True(near, FormattableString.Invariant($"{wide[k].Name}[{i}] is {value:G9}, in double {expected[i]:G9}"));
            }
        }
    }

    // The elements are multiples of 1/64 of magnitude up to 3: exact in every type.
    private static IEnumerable<(string Name, Tensor<T> Result)> All<T>()
        where T : IBinaryFloatingPointIeee754<T>
    {
        Tensor<T> x = Exact<T>(1, 4, 6), y = Exact<T>(2, 6), square = Exact<T>(3, 2, 4, 4), positive = Abs(x);
        (string, Func<Tensor<T>, Tensor<T>>)[] unary =
        [
            ("Exp", Exp), ("Log", e => Log(Abs(e))), ("Sqrt", e => Sqrt(Abs(e))), ("Abs", Abs), ("Sin", Sin), ("Cos", Cos), ("Tanh", Tanh),
            ("Square", Square), ("Relu", Relu), ("Sigmoid", Sigmoid), ("Silu", Silu), ("Softplus", Softplus), ("Gelu", Gelu),
            ("GeluTanh", GeluTanh),
            ("Tan", Tan), ("Atan", Atan), ("Sinh", Sinh), ("Cosh", Cosh), ("Exp2", Exp2), ("Cbrt", Cbrt), ("ExpMinusOne", ExpMinusOne),
            ("Erf", Erf), ("Erfc", Erfc), ("NormalCdf", NormalCdf), ("Sign", Sign), ("Floor", Floor), ("Round", Round), ("Negate", Negate),
            ("Softmax", e => Softmax(e)), ("Softmax 0", e => Softmax(e, 0)), ("LogSoftmax", e => LogSoftmax(e)),
            ("LogSumExp", e => LogSumExp(e)),
            ("Sum", e => Sum(e, 0)), ("Mean", e => Mean(e, 1, true)), ("Max", e => Max(e, 0)), ("Min", e => Min(e, -1)),
            ("Transpose", Transpose), ("Reshape", e => Reshape(e, 3, -1)), ("Slice", e => Slice(e, 1, 2, 3)), ("CausalMask", CausalMask),
            ("Dropout", e => Dropout(e, 0.25, 5)), ("Clamp", e => Clamp(e, T.Zero, T.One)), ("Map", e => Map(e, v => v + T.One)),
        ];
        foreach (var (name, op) in unary)
            yield return (name, op(x));
        (string, Func<Tensor<T>, Tensor<T>, Tensor<T>>)[] binary =
        [
            ("Add", Add), ("Subtract", Subtract), ("Multiply", Multiply), ("Divide", Divide), ("Max", Max), ("Min", Min),
            ("Atan2", Atan2), ("Hypot", Hypot),
            ("RmsNorm", (a, w) => RmsNorm(a, w)), ("LayerNorm", (a, w) => LayerNorm(a, w)),
            ("Concat", (a, b) => Concat(0, a, Broadcast(b, 1, 6))),
        ];
        foreach (var (name, op) in binary)
            yield return (name, op(x, y));
        yield return ("Pow", Pow(positive, y));
        yield return ("Where", Where(Tensor.GreaterThan<T>(x, T.Zero), x, y));
        yield return ("MatMul", MatMul(square, square, transposeB: true));
        yield return ("Gather", Gather(x, [3, 0, 3]));
        yield return ("CrossEntropy", Of([1], CrossEntropy(x, [1, 5, 0, -100])));
        yield return ("MeanSquaredError", Of([1], MeanSquaredError(x, Broadcast(y, 4, 6))));
        yield return ("Sum of all", Of([1], Sum(x)));
        yield return ("Mean of all", Of([1], Mean(x)));
    }

    private static Tensor<T> Exact<T>(int seed, params nint[] lengths)
        where T : IBinaryFloatingPointIeee754<T>
        => Of(lengths, [.. Flat(Sample(seed, lengths)).Select(e => T.CreateTruncating(Math.Round(e * 96) / 64))]);
}
