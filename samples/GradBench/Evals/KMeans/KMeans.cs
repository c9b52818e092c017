using AutoDiff;

namespace GradBench.Evals;

/// <summary>The cost of a clustering: the squared distance of each point to the centroid nearest to it, summed.</summary>
public static partial class KMeans
{
    /// <param name="points">Dimensions × points, so that those of all points lie side by side.</param>
    /// <param name="centroids">Dimensions × centroids.</param>
    /// <param name="dimensions">The dimension of the space.</param>
    [Differentiable(Derivatives.Gradient | Derivatives.Hvp)]
    public static double Cost([NoGradient] ReadOnlySpan<double> points, ReadOnlySpan<double> centroids, int dimensions)
    {
        int count = points.Length / dimensions, clusters = centroids.Length / dimensions;
        // Which centroid is nearest has no derivative; how far it is has one.
        Span<int> nearest = new int[count];
        for (int i = 0; i < count; i++)
        {
            double least = double.PositiveInfinity;
            int best = 0;
            for (int k = 0; k < clusters; k++)
            {
                double distance = 0;
                for (int j = 0; j < dimensions; j++)
                {
                    double difference = points.Slice(j * count, count)[i] - centroids[j * clusters + k];
                    distance += difference * difference;
                }

                if (distance < least)
                {
                    least = distance;
                    best = k;
                }
            }

            nearest[i] = best;
        }

        double total = 0;
        for (int j = 0; j < dimensions; j++)
        {
            ReadOnlySpan<double> column = points.Slice(j * count, count), coordinates = centroids.Slice(j * clusters, clusters);
            for (int i = 0; i < column.Length; i++)
            {
                double difference = column[i] - coordinates[nearest[i]];
                total += difference * difference;
            }
        }

        return total;
    }
}
