using AutoDiff;

namespace GradBench.Evals;

/// <summary>log Σ exp(xᵢ), shifted by the largest element; derivatives do not depend on the shift.</summary>
public static partial class LogSumExp
{
    [Differentiable]
    public static double Of(ReadOnlySpan<double> x)
    {
        double largest = x[0];
        for (int i = 1; i < x.Length; i++)
            largest = Math.Max(largest, x[i]);
        largest = Ad.Detach(largest);
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
            sum += Math.Exp(x[i] - largest);
        return largest + Math.Log(sum);
    }
}
