using GradBench.Evals;

namespace AutoDiff.GradBench.Tests;

public class KMeansTests
{
    // Newton's step leads from a centroid to the mean of its points: gradient over curvature is the centroid minus that mean.
    [Theory]
    [InlineData(12, 3, 2)]
    [InlineData(40, 5, 8)]
    [InlineData(33, 4, 16)]
    [InlineData(9, 2, 1)]
    public void TheStepIsTheDistanceToTheMean(int n, int k, int d)
    {
        double[] points = Differences.Random(n * d, n), centroids = points[^(k * d)..], direction = new double[k * d];
        KMeansModule.Step(Layout.Transpose(points, d), Layout.Transpose(centroids, d), d, direction);
        direction = Layout.Transpose(direction, k);
        double[] sums = new double[k * d];
        int[] counts = new int[k];
        double cost = 0;
        for (int i = 0; i < n; i++)
        {
            double[] distances = [.. Enumerable.Range(0, k).Select(c => Enumerable.Range(0, d).Sum(j => Math.Pow(points[i * d + j] - centroids[c * d + j], 2)))];
            int nearest = Array.IndexOf(distances, distances.Min());
            cost += distances[nearest];
            counts[nearest]++;
            for (int j = 0; j < d; j++) sums[nearest * d + j] += points[i * d + j];
        }

        Assert.Equal(cost, KMeans.Cost(Layout.Transpose(points, d), Layout.Transpose(centroids, d), d), 1e-12 * Math.Max(1, cost));
        Differences.AreNear([.. centroids.Select((c, i) => c - sums[i] / counts[i / d])], direction, 1e-12);
    }

    [Fact]
    public void TheGradientAgreesWithDifferences()
    {
        double[] points = Differences.Random(20 * 3, 1), centroids = Differences.Random(4 * 3, 2), gradient = new double[12];
        KMeans.CostGradient(points, centroids, 3, gradient);
        Differences.AreNear(Differences.Gradient(() => KMeans.Cost(points, centroids, 3), centroids), gradient, 1e-7);
    }
}
