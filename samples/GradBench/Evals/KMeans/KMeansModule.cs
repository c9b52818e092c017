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
            var data = new Input(input);
            return Workload.Number(() => KMeans.Cost(data.Points, data.Centroids, data.Dimensions));
        }),
        new Function("dir", static input =>
        {
            var data = new Input(input);
            double[] direction = new double[data.Centroids.Length];
            return new Workload(
                () => Step(data.Points, data.Centroids, data.Dimensions, direction),
                output => output.WriteRows(Layout.Transpose(direction, direction.Length / data.Dimensions), data.Dimensions));
        }));

    /// <summary>
    /// The direction of Newton's method: the gradient over the diagonal of the Hessian. The Hessian is diagonal, so its product with ones is that diagonal; both come
    /// from one call.
    /// </summary>
    /// <param name="points">Dimensions × points.</param>
    /// <param name="centroids">Dimensions × centroids.</param>
    /// <param name="dimensions">The dimension of the space.</param>
    /// <param name="direction">Receives the direction, dimensions × centroids.</param>
    public static void Step(double[] points, double[] centroids, int dimensions, double[] direction)
    {
        double[] ones = new double[centroids.Length], diagonal = new double[centroids.Length];
        Array.Fill(ones, 1);
        KMeans.CostHvp(points, centroids, dimensions, ones, direction, diagonal);
        for (int i = 0; i < direction.Length; i++) direction[i] /= diagonal[i];
    }

    private sealed class Input(JsonElement input)
    {
        public int Dimensions { get; } = input.GetProperty("points")[0].GetArrayLength();

        public double[] Points { get; } = Layout.Transpose(input.Numbers("points"), input.GetProperty("points")[0].GetArrayLength());

        public double[] Centroids { get; } = Layout.Transpose(input.Numbers("centroids"), input.GetProperty("points")[0].GetArrayLength());
    }
}
