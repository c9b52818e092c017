using GradBench.Protocol;

namespace GradBench.Evals;

internal static class LeastSquaresModule
{
    public static readonly Module Module = new(
        "llsq",
        """{"x": [0.5, 0.25, 0.125], "n": 4}""",
        new Function("primal", static input =>
        {
            (double[] x, int n) = (input.Numbers("x"), input.Integer("n"));
            return Workload.Number(() => LeastSquares.Objective(x, n));
        }),
        new Function("gradient", static input =>
        {
            (double[] x, int n) = (input.Numbers("x"), input.Integer("n"));
            double[] dx = new double[x.Length];
            return Workload.Array(dx, () => LeastSquares.ObjectiveGradient(x, n, dx));
        }));
}
