using GradBench.Protocol;

namespace GradBench.Evals;

internal static class LogSumExpModule
{
    public static readonly Module Module = new(
        "lse",
        """{"x": [0.5, 0.25, 0.125]}""",
        new Function("primal", static input =>
        {
            double[] x = input.Numbers("x");
            return Workload.Number(() => LogSumExp.Of(x));
        }),
        new Function("gradient", static input =>
        {
            double[] x = input.Numbers("x"), dx = new double[x.Length];
            return Workload.Array(dx, () => LogSumExp.OfGradient(x, dx));
        }));
}
