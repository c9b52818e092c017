namespace AutoDiff.Conformance;

/// <summary>Sorting and choosing among elements: which one goes where is fixed at a point, and derivatives go with it.</summary>
public static partial class Orders
{
    private readonly record struct Quote(double Spot, double Volatility, int Days);

    [Row("sequence_in_order", new double[] { 3, 1, 2, 4 }, 1.5)]
    [Differentiable]
    public static double InOrder(double[] a, double y)
    {
        double greatest = a.OrderByDescending(v => v * y).Take(2).Sum();
        double[] ordered = a.Order().ToArray();
        double[] queried = (from v in a where v > 1.2 orderby v select v * y).ToArray();
        return greatest * ordered[0] + queried[0] * ordered[2] + queried[1] * queried[2] * ordered.Length;
    }

    [Row("sorted_in_place", new double[] { 3, 1, 2, 4 }, new double[] { 0.5, 2, 1, 3 })]
    [Differentiable]
    public static double InPlace(double[] a, double[] b)
    {
        double[] sorted = [.. a], keys = [.. a], items = [.. b];
        Array.Sort(sorted);
        Array.Sort(keys, items);
        Span<double> part = [.. b];
        part[1..].Sort();
        return sorted[0] * sorted[3] * items[0] + items[1] * items[3] + part[0] * part[1] + keys[2] * part[3];
    }

    [Row("filtered_sequence", new double[] { 3, 1, 2.2, 4.2 }, 1.5)]
    [Row("filtered_sequence", new double[] { 5, 2.1, 1.2, 1.6 }, 1.5)]
    [Differentiable]
    public static double Filtered(double[] a, double y)
    {
        List<double> kept = a.Where(v => v > 1.5).Select(v => v * y).ToList();
        double s = kept[0] * kept.Count + a.Where(v => v < 4.5).Max() * a.Where(v => v > 1.1).Average();
        foreach (double v in a.Where(v => v > 1.7)) s += v * v;
        return s + a.TakeWhile(v => v > 2).Sum() + a.SkipWhile(v => v > 2).First() * y + a.MaxBy(v => -v) + a.Append(y).Last() * a.Prepend(y).First() + a.First(v => v < 2.5)
            + a[Array.FindIndex(a, v => v < 2.5)] * a[Array.FindLastIndex(a, v => v > 1.5)] + (Array.Exists(a, v => v > 4) ? y : 0);
    }

    [Row("structs_in_a_sequence", 1.5, 2.5, 10)]
    [Differentiable]
    public static double Structs(double y, double z, int days)
    {
        Quote quote = new(y, z, days);
        Quote[] quotes = [quote, quote with { Spot = z }, new Quote(1, y * z, 3)];
        Quote[] late = quotes.Where(q => q.Days > 5).OrderBy(q => -q.Spot).ToArray();
        return quotes.Where(q => q.Days > 2).Select(q => q.Spot * q.Volatility / q.Days).Sum() + late[0].Spot * late[1].Spot * late[1].Volatility
            + quotes.Zip(late).Sum(p => p.First.Spot * p.Second.Volatility);
    }
}
