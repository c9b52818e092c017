using GradBench.Protocol;

namespace GradBench.Evals;

internal static class DeterminantModule
{
    public static readonly Module Module = new(
        "det",
        """{"A": [1, 2, 3, 5], "ell": 2}""",
        new Function("primal", static input =>
        {
            (double[] matrix, int size) = (input.Numbers("A"), input.Integer("ell"));
            return Workload.Number(() => Determinant.Expand(matrix, size, 0, (1 << size) - 1));
        }),
        new Function("gradient", static input =>
        {
            (double[] matrix, int size) = (input.Numbers("A"), input.Integer("ell"));
            double[] dMatrix = new double[matrix.Length];
            return Workload.Array(dMatrix, () => Determinant.ExpandGradient(matrix, size, 0, (1 << size) - 1, dMatrix));
        }));
}
