using GradBench.Protocol;

namespace GradBench.Evals;

internal static class OdeModule
{
    public static readonly Module Module = new(
        "ode",
        """{"x": [0.5, 0.25, 0.125], "s": 2}""",
        new Function("primal", static input =>
        {
            (double[] x, int steps) = (input.Numbers("x"), input.Integer("s"));
            double[] y = new double[x.Length];
            return Workload.Array(y, () => Ode.Solve(x, steps, y));
        }),
        // Of the last component of y(2).
        new Function("gradient", static input =>
        {
            (double[] x, int steps) = (input.Numbers("x"), input.Integer("s"));
            double[] y = new double[x.Length], dy = new double[x.Length], dx = new double[x.Length];
            dy[^1] = 1;
            return Workload.Array(dx, () => Ode.SolveVjp(x, steps, y, dy, dx));
        }));
}
