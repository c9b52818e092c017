using System.Text.Json;

namespace AutoDiff.Benchmarks.GradBench;

/// <summary>Inputs in the suite's own sizes, from a fixed seed.</summary>
internal static class Workloads
{
    /// <param name="eval">An eval, or one size of it as <c>eval:size</c>; all of them if null.</param>
    public static IEnumerable<(string Eval, string Size, JsonElement Input)> All(string? eval)
    {
        foreach ((string name, IEnumerable<(string, Func<object>)> workloads) in Table)
        {
            foreach ((string size, Func<object> input) in workloads)
                if (eval is null || eval == name || eval == $"{name}:{size}") yield return (name, size, JsonSerializer.SerializeToElement(input()));
        }
    }

    private static readonly (string Eval, IEnumerable<(string Size, Func<object> Input)> Workloads)[] Table =
    [
        ("llsq", from n in (int[])[16, 64, 256, 1024, 4096, 16392] select ($"{n}", (Func<object>)(() => new { x = Uniform(128, 1), n }))),
        ("lse", from n in (int[])[2500, 10000, 40000, 160000, 640000] select ($"{n}", (Func<object>)(() => new { x = Uniform(n, 1) }))),
        ("ode", from n in (int[])[1000, 10000, 100000] from s in (int[])[1, 10, 100] select ($"{n}x{s}", (Func<object>)(() => new { x = Uniform(n, 1), s }))),
        ("det", from ell in (int[])[5, 6, 7, 8, 9, 10, 11] select ($"{ell}", (Func<object>)(() => new { A = Uniform(ell * ell, 1), ell }))),
        ("gmm", from d in (int[])[2, 10, 20, 32, 64] from k in (int[])[5, 25, 100] select ($"{d}x{k}", (Func<object>)(() => Gmm(d, k)))),
        ("lstm", from l in (int[])[2, 4] from c in (int[])[1024, 4096] select ($"{l}x{c}", (Func<object>)(() => Lstm(l, c)))),
        ("kmeans", from k in (int[])[10, 100, 1000] from n in (int[])[1000, 10000] from d in (int[])[8, 16] select ($"{k}x{n}x{d}", (Func<object>)(() => KMeans(k, n, d)))),
        ("ba", from o in ((int, int, int P)[])[(49, 7776, 31843), (161, 48126, 182072), (93, 61203, 287451)] select ($"{o.P}", (Func<object>)(() => Ba(o)))),
        ("ht", from points in (int[])[100, 800, 3200, 12800, 51200] select ($"{points}", (Func<object>)(() => Hand(points)))),
        ("particle", [("0", static () => new { w = 0.0 })]),
        ("saddle", [("1", static () => new { start = new[] { 1.0, 1 } })]),
    ];

    private static object Gmm(int d, int k)
    {
        const int n = 1000;
        return new
        {
            d, k, n, m = 0, gamma = 1.0, x = Normal(n * d, 5), alpha = Normal(k, 1), mu = Uniform(k * d, 2), q = Normal(k * d, 3), l = Normal(k * d * (d - 1) / 2, 4),
        };
    }

    private static object Lstm(int l, int c)
    {
        const int b = 14;
        return new
        {
            main_params = Uniform(8 * l * b, 1), extra_params = Uniform(3 * b, 2), state = Uniform(2 * l * b, 3),
            sequence = Uniform(c * b, 4).Select(static v => v > 0.5 ? 1.0 : 0.0),
        };
    }

    private static object KMeans(int k, int n, int d)
    {
        double[][] points = [.. Enumerable.Range(0, n).Select(i => Uniform(d, i))];
        return new { points, centroids = points[^k..] };
    }

    private static object Ba((int N, int M, int P) size) => new
    {
        n = size.N, m = size.M, p = size.P, cam = new[] { 0.1, 0.2, 0.3, 1, 2, 3, 4, 5, 6, 0.1, 0.2 }, x = new[] { 3, 2, 1.5 }, w = 0.5, feat = new[] { 1.0, 2 },
    };

    // As many bones, vertices and triangles as the suite's large hand has; a vertex hangs on three bones.
    private static object Hand(int points)
    {
        const int Bones = 22, Vertices = 10000, Triangles = 1084;
        var random = new Random(1);
        return new
        {
            theta = Uniform(26, 1), us = Rows(points, 2, 2),
            data = new
            {
                correspondences = Enumerable.Range(0, points).Select(_ => random.Next(Triangles)).ToArray(),
                points = Rows(points, 3, 3),
                model = new
                {
                    parents = Enumerable.Range(0, Bones).Select(static b => b == 0 ? -1 : (b - 1) % 4 == 0 || b == Bones - 1 ? 0 : b - 1),
                    base_relatives = Rows(Bones, 16, 4),
                    inverse_base_absolutes = Rows(Bones, 16, 5),
                    base_positions = Rows(Vertices, 4, 6),
                    weights = Rows(Vertices, Bones, 7).Select((row, v) => row.Select((w, b) => (v + b) % 8 == 0 ? w : 0)),
                    triangles = Enumerable.Range(0, Triangles).Select(_ => new[] { random.Next(Vertices), random.Next(Vertices), random.Next(Vertices) }).ToArray(),
                    is_mirrored = false,
                },
            },
        };
    }

    private static double[][] Rows(int rows, int columns, int seed) => [.. Uniform(rows * columns, seed).Chunk(columns)];

    private static double[] Uniform(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextDouble())];
    }

    private static double[] Normal(int count, int seed)
    {
        double[] u = Uniform(2 * count, seed);
        return [.. Enumerable.Range(0, count).Select(i => Math.Sqrt(-2 * Math.Log(1 - u[2 * i])) * Math.Cos(2 * Math.PI * u[2 * i + 1]))];
    }
}
