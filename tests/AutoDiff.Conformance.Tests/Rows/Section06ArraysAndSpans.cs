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

    [Row("element_set", 4, Gradient = [1])]
    [Differentiable]
    public static double ElementSet(double x)
    {
        double[] a = new double[2];
        a[0] = x;
        return a[0];
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

    [Row("gather_scatter", new double[] { 1, 2, 3 }, new int[] { 1, 0, 1, 1 }, Gradient = [4, 12, 0])]
    [Differentiable]
    public static double Gather(ReadOnlySpan<double> a, ReadOnlySpan<int> index)
    {
        double s = 0;
        for (int i = 0; i < index.Length; i++) s += a[index[i]] * 4;
        return s;
    }
}
