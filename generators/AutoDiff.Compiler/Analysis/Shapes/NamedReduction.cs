namespace AutoDiff.Compiler.Analysis.Shapes;

/// <summary>A reduction that names the axes: <c>"batch time width -> batch width"</c>; a <c>1</c> on the right keeps a reduced axis with length 1.</summary>
/// <param name="Rank">The number of axes on the left.</param>
/// <param name="Axes">Those that are reduced, ascending.</param>
/// <param name="KeepDims">Whether they stay with length 1.</param>
public sealed record NamedReduction(int Rank, EquatableArray<int> Axes, bool KeepDims)
{
    /// <summary>Reads a pattern; null with an error where it is none.</summary>
    public static NamedReduction? Parse(string pattern, out string error)
    {
        error = "";
        string[] sides = pattern.Split(["->"], StringSplitOptions.None);
        if (sides.Length != 2) return Wrong("a pattern such as \"batch time -> batch\"", out error);
        string[] from = Names(sides[0]), to = Names(sides[1]);
        if (from.Distinct().Count() != from.Length) return Wrong("a pattern that names each axis once", out error);
        var axes = new List<int>();
        int next = 0, kept = 0;
        for (int axis = 0; axis < from.Length; axis++)
        {
            if (next < to.Length && to[next] == from[axis])
            {
                next++;
                continue;
            }

            axes.Add(axis);
            if (next >= to.Length || to[next] != "1") continue;
            next++;
            kept++;
        }

        if (next != to.Length) return Wrong($"a pattern whose right side has the axes of the left one in their order: '{to[next]}' is not there", out error);
        if (kept != 0 && kept != axes.Count) return Wrong("a pattern in which either every reduced axis stays as 1 or none does", out error);
        return new NamedReduction(from.Length, axes.ToEquatable(), kept > 0);
    }

    private static NamedReduction? Wrong(string expected, out string error)
    {
        error = expected;
        return null;
    }

    private static string[] Names(string side) => side.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
