namespace AutoDiff.Conformance;

/// <summary>Beyond the catalogue: names that refer to an array or to null.</summary>
public static partial class NullMemory
{
    [Row("array_or_null", new double[] { 3, 1, 2, 4 }, 1, Gradient = [21, 60, 60, 0])]
    [Row("array_or_null", new double[] { 3, 1, 2, 4 }, 3, Gradient = [11, 12, 0, 0])]
    [Differentiable]
    public static double Choice(double[] a, int n)
    {
        double[]? c = n > 2 ? a : null;
        double s = a[0];
        if (c is not null) s *= c[1] + c.Length;
        double[] d = c ?? [a[2] * a[2]];
        c ??= [s, a[1] * 5];
        return s + d[0] * c[0] * c[1] + c.Length;
    }

    [Row("array_or_null_in_a_loop", new double[] { 3, 1, 2, 4 }, 1)]
    [Row("array_or_null_in_a_loop", new double[] { 3, 1, 2, 4 }, 3)]
    [Differentiable]
    public static double Least(double[] a, int n)
    {
        double[]? best = null, none = null;
        for (int i = 0; i < n; i++)
        {
            double[] next = [a[i], a[i] * a[i]];
            if (best == null || next[1] < best[1]) best = next;
        }

        if (n > 100) none = a;
        return best![0] * best[1] + (none?.Length ?? 7) * a[3] + (best?[1] ?? 5);
    }

    private static double[]? Found(double[] a, double limit)
    {
        foreach (double v in a)
            if (v > limit) return [v * v, limit];
        return null;
    }

    [Row("array_or_null_from_a_method", new double[] { 3, 1, 2, 4 }, 1, Gradient = [40, 9, 0, 0])]
    [Row("array_or_null_from_a_method", new double[] { 3, 1, 2, 4 }, 9, Gradient = [0, 0, 1, 3])]
    [Differentiable]
    public static double FromAMethod(double[] a, int n)
    {
        var f = Found(a, n);
        double s = f is { Length: > 1 } ? f[0] * a[1] : a[2];
        if (f != null)
            foreach (double v in f) s += v * a[0];
        return s + (f?.Sum() ?? a[3] * 3);
    }

    [Row("order_or_null", new double[] { 3, 1, 2, 4 }, 1)]
    [Row("order_or_null", new double[] { 3, 1, 2, 4 }, 9)]
    [Differentiable]
    public static double Ordered(double[] a, int n)
    {
        int[]? order = null;
        if (n > 2) order = [2, 1, 0];
        double s = 0;
        for (int i = 0; i < 3; i++) s += a[order is null ? i : order[i]] * (i + 1);
        var weights = n > 5 ? null : new double[] { a[0], a[1] * 2 };
        return s * (weights is null ? 2 : weights[1]);
    }

    [Row("list_or_null", new double[] { 3, 1, 2, 4 }, Gradient = [9, 20, 0, 0])]
    [Differentiable]
    public static double Lists(double[] a)
    {
        List<double>? list = [.. a];
        int n = list?.Count ?? 0;
        double v = list?[1] ?? 3;
        return n * a[0] * v + Weighted(a[0], list) + Weighted(a[1]);
    }

    private static double Weighted(double a, List<double>? list = null)
    {
        double s = a * (list?.Count ?? 5);
        if (list is { Count: > 2 }) s += list[1] * a;
        return s;
    }

    [Row("pool_with_a_name", new double[] { 3, 1, 2, 4 }, Gradient = [6, 18, 0, 8])]
    [Differentiable]
    public static double Pooled(double[] a)
    {
        var pool = System.Buffers.ArrayPool<double>.Shared;
        double[] rented = pool.Rent(a.Length);
        try
        {
            for (int i = 0; i < a.Length; i++) rented[i] = a[i] * a[i];
            return rented[0] * rented[1] + rented[3];
        }
        finally
        {
            pool.Return(rented, clearArray: true);
        }
    }

    [Differentiable]
    public static double Unchecked(double[] a, int n)
    {
        double[]? c = n > 2 ? a : null;
        return c!.Length * a[0] + c.Sum();
    }
}
