namespace AutoDiff.Conformance.Oracle;

/// <summary>What LINQ has for numbers only.</summary>
public static class DualSequences
{
    // From 0 on, as LINQ adds.
    public static Dual Sum(this IEnumerable<Dual> items)
    {
        Dual sum = 0.0;
        foreach (Dual item in items) sum += item;
        return sum;
    }

    public static Dual Sum<T>(this IEnumerable<T> items, Func<T, Dual> of) => items.Select(of).Sum();
}
