using System.Text.Json;
using GradBench.Protocol;

namespace GradBench.Evals;

internal static class KMeansModule
{
    public static readonly Module Module = new(
        "kmeans",
        """{"points": [[1, 2], [3, 5], [0, 1]], "centroids": [[3, 5], [0, 1]]}""",
        new Function("cost", static input =>
        {
            (double[] points, double[] centroids, int d) = (input.Numbers("points"), input.Numbers("centroids"), Dimensions(input));
            return Workload.Number(() => KMeans.Cost(points, centroids, d));
        }),
        new Function("dir", static input =>
        {
            (double[] points, double[] centroids, int d) = (input.Numbers("points"), input.Numbers("centroids"), Dimensions(input));
            double[] direction = new double[centroids.Length];
            return new Workload(() => Step(points, centroids, d, direction), output => output.WriteRows(direction, d));
        }));

    /// <summary>
    /// The direction of Newton's method: the gradient over the diagonal of the Hessian. The Hessian is diagonal, so its product with ones is that diagonal; both come
    /// from one call.
    /// </summary>
    public static void Step(double[] points, double[] centroids, int dimensions, double[] direction)
    {
        double[] ones = new double[centroids.Length], diagonal = new double[centroids.Length];
        Array.Fill(ones, 1);
        KMeans.CostHvp(points, centroids, dimensions, ones, direction, diagonal);
        for (int i = 0; i < direction.Length; i++) direction[i] /= diagonal[i];
    }

    private static int Dimensions(JsonElement input) => input.GetProperty("points")[0].GetArrayLength();
}
