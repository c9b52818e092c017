namespace AutoDiff.NeuralNetworks.Tests.Layers;

/// <summary>
/// Generated gradients against central differences of the eager forward method. The layers are of float, so that a single difference is noisy: the derivative along
/// random directions is compared, and the step is large.
/// </summary>
internal static class GradientOracle
{
    /// <param name="loss">The loss, by the eager operations.</param>
    /// <param name="at">The point; restored afterwards.</param>
    /// <param name="gradient">What the generated member gave.</param>
    /// <param name="what">Named where the two differ.</param>
    public static void Check(Func<double> loss, Span<float> at, ReadOnlySpan<float> gradient, string what)
    {
        var random = new Random(7);
        float[] start = at.ToArray(), direction = new float[at.Length];
        for (int trial = 0; trial < 4; trial++)
        {
            double norm = 0;
            for (int i = 0; i < direction.Length; i++) norm += (direction[i] = (float)(random.NextDouble() * 2 - 1)) * (double)direction[i];
            double scale = 1 / Math.Sqrt(norm), along = 0, size = 0;
            for (int i = 0; i < direction.Length; i++)
            {
                direction[i] = (float)(direction[i] * scale);
                along += gradient[i] * (double)direction[i];
                size += gradient[i] * (double)gradient[i];
            }

            const double H = 2e-2;
            double difference = (8 * (At(H, at) - At(-H, at)) - (At(2 * H, at) - At(-2 * H, at))) / (12 * H);
            double tolerance = 2e-3 * Math.Sqrt(size / direction.Length) + 2e-3 * Math.Abs(along) + 2e-5;
            Assert.True(Math.Abs(along - difference) <= tolerance,
                FormattableString.Invariant($"{what}: {along:G7} along a direction, {difference:G7} by differences (tolerance {tolerance:G2})"));
        }

        start.CopyTo(at);

        double At(double step, Span<float> values)
        {
            for (int i = 0; i < start.Length; i++) values[i] = (float)(start[i] + step * direction[i]);
            return loss();
        }
    }
}
