using AutoDiff;

namespace GradBench.Evals;

/// <summary>The protocol's first words: x².</summary>
public static partial class Square
{
    [Differentiable]
    public static double Of(double x) => x * x;
}
