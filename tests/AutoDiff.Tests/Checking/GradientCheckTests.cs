namespace AutoDiff.Tests;

public class GradientCheckTests
{
    private static double Energy(double[] x) => Math.Exp(-x[0] * x[0]) + 0.5 * x[0] * x[1] * x[1] + 50 * x[2];

    private static double[] Gradient(double[] x)
        => [-2 * x[0] * Math.Exp(-x[0] * x[0]) + 0.5 * x[1] * x[1], x[0] * x[1], 50];

    [Fact]
    public void A_right_gradient_passes_and_the_point_is_unchanged()
    {
        double[] at = [0.7, -1.3, 2.5];
        GradientCheckReport report = GradientCheck.Verify(Energy, at, Gradient(at));
        Assert.True(report.Passed, report.ToString());
        Assert.Equal(3, report.Count);
        Assert.Equal(0, report.Failed);
        Assert.Same(report, report.ThrowIfFailed());
        Assert.StartsWith("Gradient check passed for 3 entries; worst [", report.ToString());
        Assert.Equal([0.7, -1.3, 2.5], at);
    }

    [Fact]
    public void A_wrong_entry_is_reported_with_both_numbers()
    {
        double[] at = [0.7, -1.3, 2.5], wrong = Gradient(at);
        wrong[1] *= 1.01;
        GradientCheckReport report = GradientCheck.Verify(Energy, at, wrong);
        Assert.False(report.Passed);
        Assert.Equal(1, report.Failed);
        Assert.Equal(1, report.WorstIndex);
        Assert.Equal(wrong[1], report.Gradient);
        Assert.Equal(-0.91, report.Numeric, 1e-6);
        Assert.Equal(0.01 / 1.01, report.RelativeError, 1e-5);
        var error = Assert.Throws<InvalidOperationException>(() => report.ThrowIfFailed());
        Assert.StartsWith("Gradient check failed for 1 of 3 entries; worst [1]: gradient -0.919", error.Message);
        Assert.EndsWith("relative error 9.90E-003.", error.Message);
        Assert.Contains(report.Numeric.ToString("G17", System.Globalization.CultureInfo.InvariantCulture), error.Message);
    }

    [Fact]
    public void Numbers_that_are_not_finite_fail_unless_both_sides_agree()
    {
        Assert.False(GradientCheck.Verify(x => x * x, 1.0, double.NaN).Passed);
        Assert.False(GradientCheck.Verify(x => x * x, 1.0, double.PositiveInfinity).Passed);
        Assert.False(GradientCheck.Verify(x => double.NaN, 1.0, 0.0).Passed);
        Assert.False(GradientCheck.Compare([double.NaN], [double.NaN]).Passed);
        Assert.True(GradientCheck.Compare([double.PositiveInfinity], [double.PositiveInfinity]).Passed);
    }

    [Fact]
    public void The_worst_entry_is_counted_in_tolerances_not_in_size()
    {
        GradientCheckReport report = GradientCheck.Compare([1e6, 1], [1e6 + 1, 1.1]);
        Assert.Equal(1, report.WorstIndex);
        Assert.Equal(1, report.Failed);
    }

    [Fact]
    public void Tolerances_and_step_are_options()
    {
        Assert.True(GradientCheck.Verify(x => x * x, 1.0, 2.1, new() { RelativeTolerance = 0.1 }).Passed);
        Assert.False(GradientCheck.Verify(x => x * x * x, 1.0, 3.0, new() { Step = 0.1 }).Passed);
        Assert.True(GradientCheck.Verify(x => x * x * x, 1.0, 3.0, new() { Step = 0.1, AbsoluteTolerance = 0.011 }).Passed);
        Assert.Throws<ArgumentOutOfRangeException>("Step", () => new GradientCheckOptions { Step = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("RelativeTolerance", () => new GradientCheckOptions { RelativeTolerance = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>("AbsoluteTolerance", () => new GradientCheckOptions { AbsoluteTolerance = -1 });
    }

    [Fact]
    public void Lengths_that_differ_are_named()
    {
        Assert.StartsWith(
            "gradient: length 1 does not match at: length 2.",
            Assert.Throws<ArgumentException>("gradient", () => GradientCheck.Verify(x => x[0], [1, 2], [1])).Message);
        Assert.Throws<ArgumentException>("numeric", () => GradientCheck.Compare([1], []));
        Assert.True(GradientCheck.Verify(_ => 1, [], []).Passed);
        Assert.Equal("Gradient check passed for 0 entries.", GradientCheck.Verify(_ => 1, [], []).ToString());
    }
}
