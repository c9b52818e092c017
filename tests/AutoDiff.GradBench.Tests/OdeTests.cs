using GradBench.Evals;

namespace AutoDiff.GradBench.Tests;

public class OdeTests
{
    // Up to four equations the method is exact: y of the last one is 2ⁿ/n! · Πx.
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(3, 1)]
    [InlineData(4, 7)]
    public void SmallSystemsHaveAClosedForm(int n, int steps)
    {
        double[] x = Differences.Random(n, n), y = new double[n], dy = new double[n], dx = new double[n];
        dy[^1] = 1;
        Ode.SolveVjp(x, steps, y, dy, dx);
        double expected = 1;
        for (int i = 0; i < n; i++) expected *= 2 * x[i] / (i + 1);
        Assert.Equal(expected, y[^1], 12);
        Differences.AreNear([.. x.Select(v => expected / v)], dx, 1e-12);
    }

    // In the suite's own sizes the last component is zero; here it is not.
    [Theory]
    [InlineData(5, 3)]
    [InlineData(13, 6)]
    [InlineData(40, 12)]
    public void LargerOnesAgreeWithDifferences(int n, int steps)
    {
        double[] x = [.. Differences.Random(n, n).Select(static v => 1.5 + v)], y = new double[n], dy = new double[n], dx = new double[n];
        dy[^1] = 1;
        Ode.SolveVjp(x, steps, y, dy, dx);
        Assert.NotEqual(0, y[^1]);
        double[] expected = Differences.Gradient(
            () =>
            {
                double[] at = new double[n];
                Ode.Solve(x, steps, at);
                return at[^1] / y[^1];
            },
            x);
        Differences.AreNear(expected, [.. dx.Select(v => v / y[^1])], 1e-7);
    }

    [Fact]
    public void AllComponentsCanBeWeighted()
    {
        int n = 9, steps = 4;
        double[] x = Differences.Random(n, 3), y = new double[n], dy = Differences.Random(n, 4), dx = new double[n];
        Ode.SolveVjp(x, steps, y, dy, dx);
        double[] expected = Differences.Gradient(
            () =>
            {
                double[] at = new double[n];
                Ode.Solve(x, steps, at);
                return at.Zip(dy, static (a, b) => a * b).Sum();
            },
            x);
        Differences.AreNear(expected, dx, 1e-8);
    }
}
