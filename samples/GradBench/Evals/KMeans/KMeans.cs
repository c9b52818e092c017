using AutoDiff;

namespace GradBench.Evals;

/// <summary>The cost of a clustering: the squared distance of each point to the centroid nearest to it, summed.</summary>
public static partial class KMeans
{
    /// <param name="points">Points × dimensions.</param>
    /// <param name="centroids">Centroids × dimensions.</param>
    /// <param name="dimensions">The dimension of the space.</param>
    [Differentiable(Derivatives.Gradient | Derivatives.Hvp)]
    public static double Cost([NoGradient] ReadOnlySpan<double> points, ReadOnlySpan<double> centroids, int dimensions)
    {
        int count = points.Length / dimensions, clusters = centroids.Length / dimensions;
        double total = 0;
        for (int i = 0; i < count; i++)
        {
            double nearest = double.PositiveInfinity;
            for (int k = 0; k < clusters; k++)
            {
                double distance = 0;
                for (int j = 0; j < dimensions; j++)
                {
                    double difference = points[i * dimensions + j] - centroids[k * dimensions + j];
                    distance += difference * difference;
                }

                nearest = Math.Min(nearest, distance);
            }

            total += nearest;
        }

        return total;
    }
}
