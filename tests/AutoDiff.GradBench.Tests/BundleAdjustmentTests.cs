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
        double[] camera = [angle, 2 * angle, -angle, 0.5, 0.25, -2, 3, 0.1, 0.2, 0.05, -0.02], point = [0.7, -0.4, 1.5], weight = [0.8], feature = [0.1, 0.3];
        for (int k = 0; k < 2; k++)
        {
            int output = k;
            double Error()
            {
                double[] error = new double[2];
                Reprojection.Error(camera, point, weight[0], feature, error);
                return error[output];
            }

            double[] at = new double[2], seed = [1 - k, k], dCamera = new double[11], dPoint = new double[3];
            double dWeight = Reprojection.ErrorVjp(camera, point, weight[0], feature, at, seed, dCamera, dPoint);
            Assert.Equal(Error(), at[output]);

            double[] jacobian = new double[30];
            Reprojection.ErrorJacobian(camera, point, weight[0], feature, at, jacobian);
            Differences.AreNear([.. dCamera, .. dPoint, dWeight], jacobian.AsSpan(15 * k, 15), 1e-13);

            // At no rotation the branch is of first order: its differences see the other branch, which agrees to that order.
            Differences.AreNear(Differences.Gradient(Error, camera), dCamera, 1e-5);
            Differences.AreNear(Differences.Gradient(Error, point), dPoint, 1e-7);
            Differences.AreNear(Differences.Gradient(Error, weight), [dWeight], 1e-7);
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
