using System.Text.Json;
using GradBench.Protocol;

namespace GradBench.Evals;

/// <summary>A message's hand and points in flat arrays. Only vertices of triangles where a point is are kept, and of their weights those that are not zero.</summary>
internal sealed class HandData
{
    private const int Bones = 22;

    public HandData(JsonElement input)
    {
        JsonElement data = input.GetProperty("data"), model = data.GetProperty("model");
        Pose = input.Numbers("theta");
        Points = data.Numbers("points");
        int[] correspondences = data.Integers("correspondences"), triangles = model.Integers("triangles");
        double[] barycentric = input.Numbers("us");
        HasTriangles = barycentric.Length > 0;
        Barycentric = HasTriangles ? barycentric : AtCorners(correspondences.Length);

        var indices = new Dictionary<int, int>();
        Corners = HasTriangles
            ? [.. correspondences.SelectMany(t => Enumerable.Range(3 * t, 3)).Select(corner => Index(triangles[corner]))]
            : [.. correspondences.SelectMany(v => Enumerable.Repeat(Index(v), 3))];

        Parents = model.Integers("parents");
        Relatives = model.Numbers("base_relatives");
        Inverses = model.Numbers("inverse_base_absolutes");
        Side = model.GetProperty("is_mirrored").GetBoolean() ? -1 : 1;
        double[] vertices = model.Numbers("base_positions"), weights = model.Numbers("weights");
        Vertices = [.. indices.Keys.SelectMany(v => vertices.AsSpan(4 * v, 4).ToArray())];
        (int Bone, double Weight)[][] influences =
            [.. indices.Keys.Select(v => Enumerable.Range(0, Bones).Select(b => (b, weights[Bones * v + b])).Where(static p => p.Item2 != 0).ToArray())];
        Influences = [.. influences.SelectMany(static i => i).Select(static i => i.Bone)];
        Weights = [.. influences.SelectMany(static i => i).Select(static i => i.Weight)];
        Starts = new int[influences.Length + 1];
        for (int v = 0; v < influences.Length; v++) Starts[v + 1] = Starts[v] + influences[v].Length;

        int Index(int vertex)
        {
            if (!indices.TryGetValue(vertex, out int index)) indices.Add(vertex, index = indices.Count);
            return index;
        }
    }

    public double[] Pose { get; }

    /// <summary>Whether points lie on triangles, and their places there are unknowns too; otherwise they are vertices.</summary>
    public bool HasTriangles { get; }

    public double[] Barycentric { get; }

    public int[] Parents { get; }

    public double[] Relatives { get; }

    public double[] Inverses { get; }

    public double[] Vertices { get; }

    public int[] Starts { get; }

    public int[] Influences { get; }

    public double[] Weights { get; }

    public double Side { get; }

    public int[] Corners { get; }

    public double[] Points { get; }

    private static double[] AtCorners(int count)
    {
        double[] result = new double[2 * count];
        for (int i = 0; i < count; i++) result[2 * i] = 1;
        return result;
    }
}
