using AutoDiff;

namespace GradBench.Evals;

/// <summary>The cost of a clustering: the squared distance of each point to the centroid nearest to it, summed.</summary>
public static partial class KMeans
{
    /// <param name="points">Points × dimensions.</param>
    /// <param name="centroids">Dimensions × centroids, so that those of all centroids lie side by side.</param>
    /// <param name="dimensions">The dimension of the space.</param>
    [Differentiable(Derivatives.Gradient | Derivatives.Hvp)]
    public static double Cost([NoGradient] ReadOnlySpan<double> points, ReadOnlySpan<double> centroids, int dimensions)
    {
        int count = points.Length / dimensions, clusters = centroids.Length / dimensions;
        double total = 0;
        for (int i = 0; i < count; i++)
        {
            // Which centroid is nearest has no derivative; how far it is has one.
            int nearest = Nearest(points.Slice(i * dimensions, dimensions), centroids, clusters);
            for (int j = 0; j < dimensions; j++)
            {
                double difference = points[i * dimensions + j] - centroids[j * clusters + nearest];
                total += difference * difference;
            }
        }

        return total;
    }

    private static int Nearest(ReadOnlySpan<double> point, ReadOnlySpan<double> centroids, int clusters)
    {
        Span<double> distances = new double[clusters];
        for (int j = 0; j < point.Length; j++)
        {
            for (int k = 0; k < clusters; k++)
            {
                double difference = point[j] - centroids[j * clusters + k];
                distances[k] += difference * difference;
            }
        }

        int nearest = 0;
        double least = double.PositiveInfinity;
        for (int k = 0; k < clusters; k++)
        {
            if (distances[k] < least)
            {
                least = distances[k];
                nearest = k;
            }
        }

        return nearest;
    }
}
