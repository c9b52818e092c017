using System.Text.Json;
using GradBench.Evals;

namespace AutoDiff.GradBench.Tests;

public class HandTests
{
    private const int Bones = 22;

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void ErrorsAreTheFormulas(bool hasTriangles, bool isMirrored)
    {
        JsonElement input = Input(hasTriangles, isMirrored, 3);
        double[] actual = Conversation.Evaluate("ht", "objective", input).Numbers();
        Differences.AreNear(Reference.Errors(input), actual, 1e-12);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void TheJacobianAgreesWithDifferences(bool hasTriangles, bool isMirrored)
    {
        JsonElement input = Input(hasTriangles, isMirrored, 5);
        JsonElement[] rows = [.. Conversation.Evaluate("ht", "jacobian", input).EnumerateArray()];
        int count = hasTriangles ? 2 : 0;
        var data = new HandData(input);
        Assert.Equal(data.Points.Length, rows.Length);
        for (int row = 0; row < rows.Length; row++)
        {
            double[] actual = rows[row].Numbers();
            Assert.Equal(26 + count, actual.Length);
            Differences.AreNear(Differences.Gradient(() => Error(data, row), data.Pose), actual.AsSpan(count), 1e-7);
            if (!hasTriangles) continue;
            double[] all = Differences.Gradient(() => Error(data, row), data.Barycentric);
            int point = row / 3;
            Differences.AreNear(all.AsSpan(2 * point, 2), actual.AsSpan(0, 2), 1e-7);
        }
    }

    // A rotation of the whole by less than 10⁻⁴ is taken for none, and has no derivative.
    [Fact]
    public void ASmallRotationIsNone()
    {
        JsonElement input = Input(true, false, 7, still: true);
        foreach (JsonElement row in Conversation.Evaluate("ht", "jacobian", input).EnumerateArray())
            Assert.Equal([0, 0, 0], row.Numbers().AsSpan(2, 3).ToArray());
    }

    private static double Error(HandData data, int row)
    {
        double[] errors = new double[data.Points.Length];
        HandModule.Errors(data, errors);
        return errors[row];
    }

    private static JsonElement Input(bool hasTriangles, bool isMirrored, int seed, bool still = false)
    {
        const int Vertices = 9, Points = 4;
        double[] theta = [.. Differences.Random(26, seed).Select((v, i) => still && i < 3 ? 1e-5 * v : v)];
        return JsonSerializer.SerializeToElement(new
        {
            theta,
            us = hasTriangles ? Rows(Points, 2, seed + 1) : [],
            data = new
            {
                correspondences = new[] { 2, 0, 1, 2 },
                points = Rows(Points, 3, seed + 2),
                model = new
                {
                    parents = Enumerable.Range(0, Bones).Select(static b => b == 0 ? -1 : (b - 1) % 4 == 0 || b == 21 ? 0 : b - 1),
                    base_relatives = Enumerable.Range(0, Bones).Select(b => Rows(4, 4, 100 + b)),
                    inverse_base_absolutes = Enumerable.Range(0, Bones).Select(b => Rows(4, 4, 200 + b)),
                    base_positions = Rows(Vertices, 4, seed + 3),
                    weights = Rows(Vertices, Bones, seed + 4).Select(static row => row.Select(static (w, b) => b % 5 == 0 ? w : 0)),
                    triangles = new[] { new[] { 0, 4, 8 }, [3, 2, 1], [7, 4, 5] },
                    is_mirrored = isMirrored,
                },
            },
        });
    }

    private static double[][] Rows(int rows, int columns, int seed) => [.. Differences.Random(rows * columns, seed).Chunk(columns)];

    /// <summary>The formulas with dense matrices, as they are given.</summary>
    private static class Reference
    {
        public static double[] Errors(JsonElement input)
        {
            double[] theta = input.GetProperty("theta").Numbers(), us = input.GetProperty("us").Numbers();
            JsonElement data = input.GetProperty("data"), model = data.GetProperty("model");
            double[] positions = Positions(theta, model), points = data.GetProperty("points").Numbers();
            int[] correspondences = [.. data.GetProperty("correspondences").Numbers().Select(static v => (int)v)];
            int[] triangles = [.. model.GetProperty("triangles").Numbers().Select(static v => (int)v)];
            return [.. Enumerable.Range(0, points.Length).Select(row =>
            {
                int i = row / 3, j = row % 3;
                if (us.Length == 0) return points[row] - positions[3 * correspondences[i] + j];
                double[] weights = [us[2 * i], us[2 * i + 1], 1 - us[2 * i] - us[2 * i + 1]];
                return points[row] - Enumerable.Range(0, 3).Sum(k => weights[k] * positions[3 * triangles[3 * correspondences[i] + k] + j]);
            })];
        }

        private static double[] Positions(double[] theta, JsonElement model)
        {
            double[] relatives = model.GetProperty("base_relatives").Numbers(), inverses = model.GetProperty("inverse_base_absolutes").Numbers();
            double[] vertices = model.GetProperty("base_positions").Numbers(), weights = model.GetProperty("weights").Numbers();
            int[] parents = [.. model.GetProperty("parents").Numbers().Select(static v => (int)v)];
            double[][] absolutes = new double[Bones][], transforms = new double[Bones][];
            for (int b = 0; b < Bones; b++)
            {
                int finger = (b - 2) / 4, joint = (b - 2) % 4;
                bool isBent = b >= 2 && finger < 5 && joint < 3;
                double bend = isBent ? theta[6 + 4 * finger + (joint == 0 ? 0 : joint + 1)] : 0, spread = isBent && joint == 0 ? theta[7 + 4 * finger] : 0;
                double[] rz = [Math.Cos(spread), -Math.Sin(spread), 0, 0, Math.Sin(spread), Math.Cos(spread), 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
                double[] rx = [1, 0, 0, 0, 0, Math.Cos(bend), -Math.Sin(bend), 0, 0, Math.Sin(bend), Math.Cos(bend), 0, 0, 0, 0, 1];
                double[] relative = Product(relatives[(16 * b)..(16 * b + 16)], Product(rz, rx));
                absolutes[b] = parents[b] < 0 ? relative : Product(absolutes[parents[b]], relative);
                transforms[b] = Product(absolutes[b], inverses[(16 * b)..(16 * b + 16)]);
            }

            double angle = Math.Sqrt(theta[0] * theta[0] + theta[1] * theta[1] + theta[2] * theta[2]);
            double x = theta[0] / angle, y = theta[1] / angle, z = theta[2] / angle, s = Math.Sin(angle), c = Math.Cos(angle);
            double[] rotation =
            [
                x * x + (1 - x * x) * c, x * y * (1 - c) - z * s, x * z * (1 - c) + y * s,
                x * y * (1 - c) + z * s, y * y + (1 - y * y) * c, y * z * (1 - c) - x * s,
                x * z * (1 - c) - y * s, y * z * (1 - c) + x * s, z * z + (1 - z * z) * c,
            ];
            double side = model.GetProperty("is_mirrored").GetBoolean() ? -1 : 1;
            double[] positions = new double[vertices.Length / 4 * 3];
            for (int v = 0; v < vertices.Length / 4; v++)
            {
                double[] skinned = [.. Enumerable.Range(0, 3).Select(i => Enumerable.Range(0, Bones).Sum(
                    b => weights[Bones * v + b] * Enumerable.Range(0, 4).Sum(k => transforms[b][4 * i + k] * vertices[4 * v + k])))];
                skinned[0] *= side;
                for (int i = 0; i < 3; i++) positions[3 * v + i] = Enumerable.Range(0, 3).Sum(k => rotation[3 * i + k] * skinned[k]) + theta[3 + i];
            }

            return positions;
        }

        private static double[] Product(double[] a, double[] b)
            => [.. Enumerable.Range(0, 16).Select(e => Enumerable.Range(0, 4).Sum(k => a[e / 4 * 4 + k] * b[4 * k + e % 4]))];
    }
}
