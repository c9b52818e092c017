namespace AutoDiff;

/// <summary>
/// Reductions that name the axes: <c>"batch time width -> batch width"</c> reduces <c>time</c>; <c>"batch time width -> batch 1 width"</c> keeps it with length 1. The order
/// of the axes that stay does not change.
/// </summary>
internal static class NamedAxes
{
    /// <summary>The axes that are reduced, ascending, and whether they stay with length 1.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="lengths">The lengths of the tensor.</param>
    /// <exception cref="ArgumentException">The pattern is none, or names another number of axes than the tensor has.</exception>
    internal static (int[] Axes, bool KeepDims) Reduced(string pattern, ReadOnlySpan<nint> lengths)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        string[] sides = pattern.Split("->");
        if (sides.Length != 2)
            throw new ArgumentException($"axes: expected a pattern such as \"batch time -> batch\", got \"{pattern}\".", "axes");
        string[] from = Names(sides[0]), to = Names(sides[1]);
        if (from.Length != lengths.Length)
            throw new ArgumentException($"axes: \"{pattern}\" names {from.Length} axes; x is {Shapes.Text(lengths)}.", "axes");
        if (from.Distinct().Count() != from.Length)
            throw new ArgumentException($"axes: \"{pattern}\" names an axis twice.", "axes");

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
            if (next >= to.Length || to[next] != "1")
                continue;
            next++;
            kept++;
        }

        if (next != to.Length)
            throw new ArgumentException($"axes: \"{to[next]}\" of \"{pattern}\" is not an axis of the left side, or not in its order.", "axes");
        if (kept != 0 && kept != axes.Count)
            throw new ArgumentException($"axes: in \"{pattern}\" either every reduced axis stays as 1 or none does.", "axes");
        return ([.. axes], kept > 0);
    }

    private static string[] Names(string side) => side.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
