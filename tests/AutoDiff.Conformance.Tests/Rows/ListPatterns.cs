namespace AutoDiff.Conformance;

/// <summary>Patterns on arrays: lengths, elements from both ends, and what is between.</summary>
public static partial class ListPatterns
{
    [Row("list_pattern", new double[] { 1, 2, 3, 4 }, 1.5)]
    [Row("list_pattern", new double[] { 1, 0.5, 3 }, 1.5)]
    [Row("list_pattern", new double[] { 2 }, 1.5)]
    [Differentiable]
    public static double Ends(double[] a, double y)
    {
        double s = a is [var first, .., var last] ? first * last : 0;
        if (a.Length is 4 or 5 && a is [_, > 1, ..]) s *= y;
        return s + (a is { Length: 4 } ? a[1] : 0) + (a is [_, _, _] ? a[2] * a[2] : y);
    }

    [Row("list_pattern_switch", new int[] { 1, 2, 3 }, 2.0)]
    [Row("list_pattern_switch", new int[] { 2, 2, 3 }, 2.0)]
    [Row("list_pattern_switch", new int[] { 4 }, 2.0)]
    [Row("list_pattern_switch", new int[] { }, 2.0)]
    [Differentiable]
    public static double Switched(int[] index, double y)
    {
        if (index is [1, 2, ..]) y *= y;
        return index switch
        {
            [] => y,
            [var only] => only * y,
            [2, .. var rest] => rest.Length * y * rest[0],
            [var first, .., var last] => first * last * y,
        };
    }
}
