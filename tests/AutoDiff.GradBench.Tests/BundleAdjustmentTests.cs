using System.Text.Json;
using GradBench.Evals;

namespace AutoDiff.GradBench.Tests;

public class BundleAdjustmentTests
{
    [Theory]
    [InlineData(0.3)]
    [InlineData(0.0)]
    public void EveryRowAgreesWithDifferences(double angle)
    {
        double[] at = [angle, 2 * angle, -angle, 0.5, 0.25, -2, 3, 0.1, 0.2, 0.05, -0.02, 0.7, -0.4, 1.5, 0.8];
        double[] jacobian = new double[30];
        Reprojection.ErrorJacobian(
            at[0], at[1], at[2], at[3], at[4], at[5], at[6], at[7], at[8], at[9], at[10], at[11], at[12], at[13], at[14], 0.1, 0.3, out double right, out double down, jacobian);
        for (int k = 0; k < 2; k++)
        {
            int output = k;
            double Error()
            {
                Reprojection.Error(
                    at[0], at[1], at[2], at[3], at[4], at[5], at[6], at[7], at[8], at[9], at[10], at[11], at[12], at[13], at[14], 0.1, 0.3, out double x, out double y);
                return output == 0 ? x : y;
            }

            Assert.Equal(Error(), output == 0 ? right : down);
            ReadOnlySpan<double> row = jacobian.AsSpan(15 * k, 15);
            (double drx, double dry, double drz, double dcx, double dcy, double dcz, double dFocal, double du0, double dv0, double dk1, double dk2, double dx, double dy, double dz, double dWeight)
                = Reprojection.ErrorVjp(
                    at[0], at[1], at[2], at[3], at[4], at[5], at[6], at[7], at[8], at[9], at[10], at[11], at[12], at[13], at[14], 0.1, 0.3, out _, out _, 1 - k, k);
            Differences.AreNear([drx, dry, drz, dcx, dcy, dcz, dFocal, du0, dv0, dk1, dk2, dx, dy, dz, dWeight], row, 1e-13);

            // At no rotation the branch is of first order: its differences see the other branch, which agrees to that order.
            double[] differences = Differences.Gradient(Error, at);
            Differences.AreNear(differences[..11], row[..11], 1e-5);
            Differences.AreNear(differences[11..], row[11..], 1e-7);
        }
    }

    [Fact]
    public void TheJacobianIsSparse()
    {
        const int n = 3, m = 4, p = 5;
        var input = new { n, m, p, cam = new[] { 0.1, 0.2, 0.3, 1, 2, 3, 4, 5, 6, 0.1, 0.2 }, x = new[] { 3.0, 2, 1 }, w = 0.5, feat = new[] { 1.0, 2 } };
        JsonElement output = Conversation.Evaluate("ba", "jacobian", input);
        int[] rows = [.. output.GetProperty("rows").Numbers().Select(static v => (int)v)], columns = [.. output.GetProperty("cols").Numbers().Select(static v => (int)v)];
        double[] values = output.GetProperty("vals").Numbers();
        Assert.Equal([0, 15, 30, 45, 60, 75, 90, 105, 120, 135, 150, 151, 152, 153, 154, 155, 155], rows);
        Assert.Equal(31, columns.Length);
        Assert.Equal(31, values.Length);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 33, 34, 35, 45], columns[..15]);
        Assert.Equal(columns[..15], columns[15..30]);
        Assert.Equal(11 * n + 3 * m + p - 1, columns[30]);
        Assert.Equal(-2 * 0.5, values[30]);
        Assert.Equal(["rows", "cols", "vals"], output.EnumerateObject().Select(static o => o.Name));
    }

    [Fact]
    public void TheObjectiveIsShownOnce()
    {
        var input = new { n = 1, m = 1, p = 9, cam = new[] { 0, 0, 0, 0, 0, 0, 2.0, 1, 1, 0, 0 }, x = new[] { 3.0, 2, 1 }, w = 0.5, feat = new[] { 1.0, 2 } };
        JsonElement output = Conversation.Evaluate("ba", "objective", input);
        Assert.Equal("""{"reproj_error":{"elements":[3,1.5],"repeated":9},"w_err":{"element":0.75,"repeated":9}}""", output.GetRawText());
    }
}
