using System.Text.Json;
using GradBench.Protocol;

namespace GradBench.Evals;

internal static class HandModule
{
    public static readonly Module Module = new(
        "ht",
        WarmUp(),
        new Function("objective", static input =>
        {
            var data = new HandData(input);
            double[] errors = new double[data.Points.Length];
            return Workload.Array(errors, () => Errors(data, errors));
        }),
        new Function("jacobian", static input =>
        {
            var jacobian = new HandJacobian(new HandData(input));
            return new Workload(jacobian.Compute, jacobian.Write);
        }));

    public static void Errors(HandData data, Span<double> errors) => Hand.Errors(
        data.Pose, data.Barycentric, data.Parents, data.Relatives, data.Inverses, data.Vertices, data.Starts, data.Influences, data.Weights, data.Side, data.Corners, data.Points, errors);

    // A point on the only triangle of a hand whose bones all lie at the origin.
    private static string WarmUp()
    {
        double[][] identity = [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]];
        double[][] vertices = [[1, 0, 0, 1], [0, 1, 0, 1], [0, 0, 1, 1]];
        return JsonSerializer.Serialize(new
        {
            theta = Enumerable.Range(1, 26).Select(static i => 0.01 * i),
            us = new[] { new[] { 0.2, 0.3 } },
            data = new
            {
                correspondences = new[] { 0 },
                points = new[] { new[] { 1.0, 2, 3 } },
                model = new
                {
                    parents = Enumerable.Range(-1, 22),
                    base_relatives = Enumerable.Repeat(identity, 22),
                    inverse_base_absolutes = Enumerable.Repeat(identity, 22),
                    base_positions = vertices,
                    weights = vertices.Select(static _ => Enumerable.Range(0, 22).Select(static b => b < 2 ? 0.5 : 0)),
                    triangles = new[] { new[] { 0, 1, 2 } },
                    is_mirrored = false,
                },
            },
        });
    }
}
