using AutoDiff.Generators.Tests;

namespace AutoDiff.Conformance;

/// <summary>What objects and static classes keep to themselves, read where their methods are written in place of calls.</summary>
public class PrivateMemberFacts
{
    [Fact]
    public void Fields_and_properties_of_a_class_that_is_not_partial_are_read()
    {
        var curve = new ClosedCurve(3);
        // x · x · (3·2 + 1·4) · 2 + ½x
        (double value, double slope) = PrivateCallers.OfClosedGradient(0.5, curve);
        Assert.Equal((5.25, 20.5), (value, slope));
        Assert.Equal(PrivateCallers.OfClosed(0.5, curve), value);
        Assert.Equal(41, PrivateCallers.OfClosedJvp(0.5, curve, 2).Tangent);
        curve.Double();
        Assert.Equal((10 * 0.5 * 0.5 * 2 * 2 + 0.25, 40.5), PrivateCallers.OfClosedGradient(0.5, curve));
    }

    [Fact]
    public void A_number_that_may_be_missing_is_read()
    {
        Assert.Equal((1.5 + 0.5, 4.0), PrivateCallers.OrElseGradient(0.5, new MaybeScaled(3)));
        Assert.Equal((0.5 + 0.5, 2.0), PrivateCallers.OrElseGradient(0.5, new MaybeScaled(null)));
    }

    [Fact]
    public void Static_members_of_a_partial_class_are_read()
        => Assert.Equal((2 * 0.25 * Math.Sqrt(2) * 3, 2 * Math.Sqrt(2) * 3), PrivateCallers.OfStaticGradient(0.5));

    [Fact]
    public void Members_of_a_base_class_are_read()
        => Assert.Equal((2.5 * 0.25, 2.5), PrivateCallers.OfDerivedGradient(0.5, new DerivedCurve()));

    [Theory]
    [InlineData("public sealed class Net<T> { private double _w = 1; public double At(double x) => x * _w; } partial class C { [Differentiable] double F(double x, Net<int> c) => c.At(x); }", "DIFF1005: _w")]
    [InlineData("public static class Net { private static readonly double[] s_w = [1]; public static double At(double x) => x * s_w[0]; } partial class C { [Differentiable] double F(double x) => Net.At(x); }", "DIFF1005: s_w")]
    public void What_generated_code_cannot_name_is_reported(string source, string expected)
    {
        GeneratorRun run = GeneratorHarness.Run(source);
        Assert.Equal([expected], run.Reported.Distinct());
        Assert.Empty(run.GeneratedSources);
    }
}

public sealed class ClosedCurve(double first)
{
    private readonly List<ClosedItem> _items = [new(first), new(1)];
    private readonly double[] _weights = [2, 4];
    private double _scale = 1;

    private int Count => _weights.Length;

    private ClosedItem? Best { get; } = new(0.5);

    public double At(double x)
    {
        double sum = 0;
        for (int k = 0; k < _items.Count; k++) sum += _items[k].Weight * _weights[k] * x;
        return sum * x * Count * _scale + (Best is null ? 1 : Best.Weight * x);
    }

    public void Double() => _scale *= 2;
}

public sealed class ClosedItem(double weight)
{
    public double Weight { get; } = weight;
}

public sealed class MaybeScaled
{
    private readonly double? _scale;

    public MaybeScaled(double? scale) => _scale = scale;

    public double At(double x) => x * (_scale ?? 1) + (_scale is { } known ? known * x - (known - 1) * x : x);
}

public static partial class ClosedTables
{
    private static readonly double[] s_table = [1, 2];
    private static readonly double s_root = Math.Sqrt(2);
    private static double s_scale = 3;

    public static double At(double x) => s_table[1] * x * s_root * s_scale;

    public static void Reset() => s_scale = 3;
}

public abstract class BaseCurve
{
    private double _half = 0.5;

    protected double Scale { get; init; } = 5;

    public double At(double x) => Scale * _half * x;

    public void Halve() => _half /= 2;
}

public sealed class DerivedCurve : BaseCurve;

public static partial class PrivateCallers
{
    [Differentiable(Derivatives.Gradient | Derivatives.Jvp)]
    public static double OfClosed(double x, ClosedCurve curve) => curve.At(x);

    [Differentiable]
    public static double OrElse(double x, MaybeScaled scaled) => scaled.At(x);

    [Differentiable]
    public static double OfStatic(double x) => ClosedTables.At(x) * x;

    [Differentiable]
    public static double OfDerived(double x, BaseCurve curve) => curve.At(x) * x;
}
