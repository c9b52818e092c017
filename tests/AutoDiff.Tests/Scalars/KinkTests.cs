namespace AutoDiff.Tests.Scalars;

/// <summary>The conventions at kinks and domain edges, through generated code.</summary>
public class KinkTests
{
    [Fact]
    public void Absolute_value_is_flat_at_zero()
    {
        Assert.Equal((0.0, 0.0), Kinks.AbsGradient(0));
        Assert.Equal((2.0, -1.0), Kinks.AbsGradient(-2));
    }

    [Fact]
    public void Ties_of_active_values_share_the_derivative()
    {
        Assert.Equal((3.0, 0.5, 0.5), Kinks.MaxGradient(3, 3));
        Assert.Equal((3.0, 0.5, 0.5), Kinks.MinGradient(3, 3));
        Assert.Equal((4.0, 0.0, 1.0), Kinks.MaxGradient(3, 4));
    }

    [Fact]
    public void Every_spelling_of_the_positive_part_is_flat_at_zero()
    {
        Assert.Equal((0.0, 0.0), Kinks.MaxZeroGradient(0));
        Assert.Equal((0.0, 0.0), Kinks.MinZeroGradient(0));
        Assert.Equal((0.0, 0.0), Kinks.BranchZeroGradient(0));
        Assert.Equal((0.0, 0.0), Kinks.ClampZeroGradient(0));
        Assert.Equal((0.0, 0.0), Kinks.ReluGradient(0));
        foreach (double x in (double[])[-1.5, 2.5])
        {
            Assert.Equal(Kinks.ReluGradient(x), Kinks.MaxZeroGradient(x));
            Assert.Equal(Kinks.ReluGradient(x), Kinks.BranchZeroGradient(x));
            Assert.Equal(Kinks.ReluGradient(x), Kinks.ClampZeroGradient(x));
        }
    }

    [Fact]
    public void Clamping_is_flat_at_both_ends()
    {
        Assert.Equal((-1.0, 0.0), Kinks.ClampGradient(-1));
        Assert.Equal((2.0, 0.0), Kinks.ClampGradient(2));
        Assert.Equal((0.5, 1.0), Kinks.ClampGradient(0.5));
    }

    [Fact]
    public void A_square_root_at_zero_has_an_infinite_slope_and_a_zero_adjoint_stays_zero()
    {
        Assert.Equal((0.0, double.PositiveInfinity), Kinks.SqrtGradient(0));
        Assert.Equal((0.0, 0.0), Kinks.SqrtVjp(0, 0));
        Assert.Equal((0.0, 0.0), Kinks.ZeroTimesSqrtGradient(0, 0));
    }

    [Fact]
    public void Powers_follow_the_exponent_that_varies()
    {
        Assert.Equal((4.0, -4.0), Kinks.PowerGradient(-2, 2));
        Assert.Equal((1.0, 0.0), Kinks.PowerGradient(0, 0));
        Assert.Equal((0.0, 0.0), Kinks.PowerGradient(0, 2));
        (double value, double dx, double dy) = Kinks.PowGradient(0, 2);
        Assert.Equal((0.0, 0.0, 0.0), (value, dx, dy));
        Assert.Equal((1.0, 0.0), (Kinks.PowGradient(3, 0).Value, Kinks.PowGradient(3, 0).DX));
    }

    [Fact]
    public void Remainders_truncate_the_quotient()
    {
        Assert.Equal((5.5 % 2, 1.0, -2.0), Kinks.RemainderGradient(5.5, 2));
        Assert.Equal((-5.5 % 2, 1.0, 2.0), Kinks.RemainderGradient(-5.5, 2));
    }

    [Fact]
    public void Steps_are_flat()
    {
        Assert.Equal((1.0, 0.0), Kinks.FloorGradient(1.7));
        Assert.Equal((2.0, 0.0), Kinks.RoundGradient(1.7));
    }

    [Fact]
    public void A_copied_sign_turns_the_slope_around()
    {
        Assert.Equal((-2.0, -1.0), (Kinks.CopySignGradient(2, -3).Value, Kinks.CopySignGradient(2, -3).DX));
        Assert.Equal(0.0, Kinks.CopySignGradient(0, -3).DX);
    }

    [Fact]
    public void The_angle_of_the_origin_passes_a_zero_adjoint_as_zero()
    {
        Assert.Equal((0.0, 0.0, 0.0), Kinks.Atan2Vjp(0, 0, 0));
        (double value, double dy, double dx) = Kinks.Atan2Gradient(-1, -1);
        Assert.Equal(Math.Atan2(-1, -1), value);
        Assert.Equal((-0.5, 0.5), (dy, dx));
    }

    [Theory]
    [InlineData(1e4)]
    [InlineData(-1e4)]
    [InlineData(800)]
    [InlineData(-800)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Activations_are_stable_far_out(double x)
    {
        (double sigmoid, double dSigmoid) = Kinks.SigmoidGradient(x);
        Assert.Equal(x > 0 ? 1 : 0, sigmoid, 1e-300);
        Assert.Equal(0, dSigmoid, 1e-300);
        (double softplus, double dSoftplus) = Kinks.SoftplusGradient(x);
        Assert.Equal(Math.Max(x, 0), softplus);
        Assert.Equal(x > 0 ? 1 : 0, dSoftplus, 1e-300);
    }

    [Fact]
    public void What_does_not_reach_the_result_contributes_nothing()
        => Assert.Equal((6.0, 3.0, 2.0), Kinks.UnreachedGradient(2, 3));

    [Fact]
    public void The_side_that_is_not_taken_contributes_nothing()
        => Assert.Equal((4.0, 4.0), Kinks.UntakenGradient(2));

    [Fact]
    public void A_detached_value_is_not_folded()
        => Assert.Equal((0.0, 1.0), Kinks.DetachedGradient(3));
}
