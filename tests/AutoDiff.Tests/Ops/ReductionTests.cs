using System.Numerics.Tensors;
using static AutoDiff.Ops;
using static AutoDiff.Tests.Tensors;

namespace AutoDiff.Tests;

public class ReductionTests
{
    private static readonly (string Name, Func<Tensor<double>, double> All, Func<Tensor<double>, int, bool, Tensor<double>> Along,
        Func<IEnumerable<double>, double> Reference)[] Reductions =
    [
        ("Sum", Sum, (x, axis, keep) => Sum(x, axis, keep), e => e.Sum()),
        ("Mean", Mean, (x, axis, keep) => Mean(x, axis, keep), e => e.Average()),
        ("Max", Max, (x, axis, keep) => Max(x, axis, keep), e => e.Max()),
        ("Min", Min, (x, axis, keep) => Min(x, axis, keep), e => e.Min()),
        ("LogSumExp", x => LogSumExp(Reshape(x, -1))[0], (x, axis, keep) => LogSumExp(x, axis, keep), e => Math.Log(e.Sum(Math.Exp))),
        ("ArgMax", x => ArgMax(Reshape(x, -1))[0], (x, axis, keep) => Double(ArgMax(x, axis), keep ? axis : null, x),
            e => e.ToList().IndexOf(e.Max())),
    ];

    public static TheoryData<string> Names => [.. Reductions.Select(entry => entry.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_reduction_is_its_definition_over_all_and_along_each_axis(string name)
    {
        var (_, all, along, reference) = Reductions.Single(entry => entry.Name == name);
        Tensor<double> x = Sample(3, 4, 5);
        Near(reference(Flat(x)), all(x));
        Near(reference(Flat(x)), all(Strided(x)));
        for (int axis = -3; axis < 3; axis++)
        {
            int positive = (axis + 3) % 3;
            nint[] rest = [.. x.Lengths[..positive], .. x.Lengths[(positive + 1)..]];
            nint[] kept = x.Lengths.ToArray();
            kept[positive] = 1;
            var expected = new double[rest[0] * rest[1]];
            for (int i = 0; i < expected.Length; i++)
            {
                var index = new List<nint> { i / rest[1], i % rest[1] };
                index.Insert(positive, 0);
                expected[i] = reference(Enumerable.Range(0, (int)x.Lengths[positive]).Select(k =>
                {
                    index[positive] = k;
                    return x[[.. index]];
                }).ToArray());
            }

            Near(rest, expected, along(x, axis, false));
            Near(kept, expected, along(x, axis, true));
            Near(rest, expected, along(Strided(x), axis, false));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_axis_that_does_not_exist_is_named(string name)
    {
        var along = Reductions.Single(entry => entry.Name == name).Along;
        foreach (int axis in (int[])[2, -3])
        {
            var error = Assert.Throws<ArgumentOutOfRangeException>("axis", () => along(Sample(2, 3), axis, false));
            Assert.StartsWith($"axis: {axis} is not an axis of x: [2, 3]; it has -2 to 1.", error.Message);
        }
    }

    [Fact]
    public void The_only_axis_reduces_to_one_element()
    {
        Equal([1], [6.0], Sum(Of([3], 1.0, 2, 3), 0));
        Equal([1], [2.0], Mean(Of([3], 1.0, 2, 3), -1));
        Equal([1], [3.0], Max(Of([3], 1.0, 3, 2), 0, keepDims: true));
        Equal([1], [1], ArgMax(Of([3], 1.0, 3, 2)));
    }

    [Fact]
    public void Several_axes_reduce_at_once()
    {
        Tensor<double> x = Sample(2, 3, 4);
        Near([3], Flat(Sum(Sum(x, 2), 0)), Sum(x, 0, 2));
        Near([3], Flat(Mean(Mean(x, 2), 0)), Mean(x, -1, 0));
        Near([1, 3, 1], Flat(Sum(x, 2, 0)), Sum(x, [0, 2], keepDims: true));
        Near([1, 3, 1], Flat(Mean(x, 2, 0)), Mean(x, [0, 2], keepDims: true));
        Near([1], [Sum(x)], Sum(x, 0, 1, 2));
        Equal(x, Sum(x, (ReadOnlySpan<int>)[]));
        var error = Assert.Throws<ArgumentException>("axes", () => Sum(Sample(2, 3), 1, -1));
        Assert.StartsWith("axes: -1 is given twice.", error.Message);
    }

    [Fact]
    public void An_int_is_an_axis_and_a_floating_point_number_an_operand()
    {
        Tensor<float> x = Of([2, 2], 1f, -2, -3, 4);
        Equal([2], [1f, 4f], Max(x, 0));
        Equal([2, 2], [1f, 0, 0, 4], Max(x, 0f));
        Equal([2], [-3f, -2f], Min(x, 0));
        Equal([2, 2], [0f, -2, -3, 0], Min(x, 0f));
    }

    [Fact]
    public void Sums_of_narrow_types_do_not_lose_small_terms()
    {
        var ones = new Half[10000];
        Array.Fill(ones, (Half)0.1);
        Assert.Equal((Half)(10000 * (double)(Half)0.1), Sum(Of([10000], ones)));
        Assert.Equal((Half)0.1, Mean(Of([10000], ones)));
        var floats = new float[1 << 20];
        Array.Fill(floats, 0.1f);
        Assert.Equal((float)((1 << 20) * (double)0.1f), Sum(Of([1 << 20], floats)));
    }

    [Fact]
    public void Empty_sums_are_zero_empty_means_NaN_and_empty_extremes_errors()
    {
        Tensor<double> x = Of<double>([2, 0]);
        Assert.Equal(0, Sum(x));
        Assert.Equal(double.NaN, Mean(x));
        Equal([2], [0.0, 0], Sum(x, 1));
        Equal([2], [double.NaN, double.NaN], Mean(x, 1));
        Equal([0], [], Sum(x, 0));
        Equal([2], [double.NegativeInfinity, double.NegativeInfinity], LogSumExp(x));
        Assert.StartsWith("x: [2, 0] has no element.", Assert.Throws<ArgumentException>("x", () => Max(x)).Message);
        Assert.StartsWith("x: [2, 0] has no element along axis 1.", Assert.Throws<ArgumentException>("x", () => Min(x, -1)).Message);
        Assert.Throws<ArgumentException>("x", () => ArgMax(x));
    }

    [Fact]
    public void NaN_spreads_through_extremes_and_is_found_by_ArgMax()
    {
        Tensor<double> x = Of([2, 3], 1, double.NaN, 3, 4, 5, 6);
        Assert.Equal(double.NaN, Max(x));
        Equal([2], [double.NaN, 6], Max(x, 1));
        Equal([2], [double.NaN, 4], Min(x, 1));
        Equal([2], [1, 2], ArgMax(x));
        Equal([1], [0], ArgMax(Of([3], 7.0, 7, 7)));
    }

    private static Tensor<double> Double(Tensor<int> x, int? keep, Tensor<double> like)
    {
        nint[] lengths = x.Lengths.ToArray();
        if (keep is { } axis)
        {
            lengths = like.Lengths.ToArray();
            lengths[(axis + lengths.Length) % lengths.Length] = 1;
        }

        return Of(lengths, [.. Flat(x).Select(i => (double)i)]);
    }

    [Fact]
    public void Axes_can_be_named()
    {
        Tensor<double> x = Sample(3, 4, 5);
        Assert.Equal(Flat(Sum(x, [0, 2], false)), Flat(Sum(x, "batch time width -> time")));
        Assert.Equal(Flat(Mean(x, 1, true)), Flat(Mean(x, "batch time width -> batch 1 width")));
        Assert.Equal([3, 1, 5], Mean(x, "batch time width -> batch 1 width").Lengths.ToArray());
        Assert.Equal(Flat(Max(Max(x, 2), 1)), Flat(Max(x, "b t w -> b")));
    }

    [Theory]
    [InlineData("batch time", "expected a pattern")]
    [InlineData("batch time -> batch", "names 2 axes; x is [3, 4, 5]")]
    [InlineData("b t w -> w b", "\"b\" of \"b t w -> w b\" is not an axis")]
    [InlineData("b b w -> b", "names an axis twice")]
    [InlineData("b t w -> 1 w", "either every reduced axis stays as 1 or none does")]
    public void A_pattern_that_names_other_axes_is_an_error(string pattern, string message)
        => Assert.Contains(message, Assert.Throws<ArgumentException>(() => Sum(Sample(3, 4, 5), pattern)).Message, StringComparison.Ordinal);
}
