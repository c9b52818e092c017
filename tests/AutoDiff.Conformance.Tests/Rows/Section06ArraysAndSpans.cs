namespace AutoDiff.Conformance;

/// <summary>Section 6: arrays and spans.</summary>
public static partial class ArraysAndSpans
{
    [Row("subscript_sum", new double[] { 2, 3, 4, 5, 6, 7 }, Gradient = [1, 1, 1, 0, 0, 0])]
    [Differentiable]
    public static double SubscriptSum(ReadOnlySpan<double> a) => a[0] + a[1] + a[2];

    [Row("product_loop", new double[] { 3, 4, 5 }, Gradient = [20, 15, 12])]
    [Row("product_with_zero", new double[] { 0 }, Gradient = [1])]
    [Row("product_with_zero", new double[] { 0, 2, 3 }, Gradient = [6, 0, 0])]
    [Differentiable]
    public static double Product(ReadOnlySpan<double> a)
    {
        double r = 1;
        for (int i = 0; i < a.Length; i++) r *= a[i];
        return r;
    }

    [Row("literal", 3, 4, Seed = [1, 2], Gradient = [1, 2])]
    [Differentiable]
    public static double[] Literal(double x, double y) => new[] { x, y };

    [Row("literal_same_value_twice", 3, 4, Gradient = [8, 6])]
    [Differentiable]
    public static double[] LiteralSameValueTwice(double x, double y)
    {
        double r = x * y;
        return new[] { r, r };
    }

    [Row("literal_from_tuple", 3, 4, Gradient = [1, 1])]
    [Differentiable]
    public static double[] LiteralFromTuple(double x, double y)
    {
        var tuple = (x, y);
        return [tuple.x, tuple.y];
    }

    [Row("concat", new double[] { 1, 2 }, new double[] { 3, 4 }, Gradient = [1, 1, 1, 0])]
    [Row("concat", new double[0], new double[] { 3, 4, 5 }, Gradient = [1, 1, 1])]
    [Differentiable]
    public static double Concat(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double[] c = [.. a, .. b];
        return c[0] + c[1] + c[2];
    }

    [Row("append_loop", new double[] { 1, 2, 3 }, Seed = [4, 5, 6], Gradient = [4, 5, 6])]
    [Differentiable]
    public static double[] AppendLoop(ReadOnlySpan<double> values)
    {
        var list = new List<double>();
        foreach (double v in values) list.Add(v);
        return list.ToArray();
    }

    [Row("element_set", 4, Gradient = [1])]
    [Differentiable]
    public static double ElementSet(double x)
    {
        double[] a = new double[2];
        a[0] = x;
        return a[0];
    }

    [Row("element_set_subset", new double[] { 1, 2, 3, 4 }, 5, Gradient = [1, 1, 0, 1, 1])]
    [Differentiable]
    public static double[] ElementSetSubset(ReadOnlySpan<double> a, double s)
    {
        double[] r = a.ToArray();
        r[2] = s;
        return r;
    }

    // What was there before the last write is gone.
    [Row("dynamic_index_overwrite", 1, 2, 0, new double[] { 8, 9 }, Gradient = [3, 7])]
    [Row("dynamic_index_overwrite", 1, 2, 1, new double[] { 8, 9 }, Gradient = [3, 7])]
    [Differentiable]
    public static void DynamicIndexOverwrite(double a, double b, int i, Span<double> o)
    {
        o[i] = a * a;
        o[1 - i] = b * b;
        o[i] = 3 * a;
        o[1 - i] = 7 * b;
    }

    [Row("map", new double[] { 1, 2, 3, 4, 5 }, Gradient = [2, 4, 6, 8, 10])]
    [Differentiable]
    public static double[] Map(double[] a) => a.Select(v => v * v).ToArray();

    [Row("reduce", new double[] { 1, 2, 3, 4, 5 }, Gradient = [120, 60, 40, 30, 24])]
    [Differentiable]
    public static double Reduce(double[] a) => a.Aggregate(1.0, (product, v) => product * v);

    [Row("slice_alias", 2, Gradient = [16])]
    [Differentiable]
    public static double SliceAlias(double x)
    {
        double[] a = [x, 4 * x];
        Span<double> b = a.AsSpan(1);
        b[0] *= x;
        return a[1];
    }

    [Row("foreach", new double[] { 1, 2, 3 }, Gradient = [1, 1, 1])]
    [Differentiable]
    public static double ForEach(ReadOnlySpan<double> a)
    {
        double s = 0;
        foreach (double v in a) s += v;
        return s;
    }

    [Row("gather_scatter", new double[] { 1, 2, 3 }, new int[] { 1, 0, 1 }, Seed = [10, 20], Gradient = [20, 10, 20])]
    [Differentiable]
    public static double[] Scatter(ReadOnlySpan<double> a, ReadOnlySpan<int> index)
    {
        double[] o = new double[2];
        for (int i = 0; i < a.Length; i++) o[index[i]] += a[i];
        return o;
    }

    [Row("gather_scatter", new double[] { 1, 2, 3 }, new int[] { 1, 0, 1, 1 }, Gradient = [4, 12, 0])]
    [Differentiable]
    public static double Gather(ReadOnlySpan<double> a, ReadOnlySpan<int> index)
    {
        double s = 0;
        for (int i = 0; i < index.Length; i++) s += a[index[i]] * 4;
        return s;
    }
}
