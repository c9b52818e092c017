namespace AutoDiff.Conformance;

/// <summary>Beyond the catalogue: buffers that branches and loops choose, exchange, cut and replace.</summary>
public static partial class ChosenMemory
{
    [Row("buffer_of_a_ternary", new double[] { 1, 2 }, new double[] { 3, 4 }, true, Gradient = [2, 1, 0, 0])]
    [Row("buffer_of_a_ternary", new double[] { 1, 2 }, new double[] { 3, 4 }, false, Gradient = [0, 0, 4, 3])]
    [Differentiable]
    public static double Choose(ReadOnlySpan<double> a, ReadOnlySpan<double> b, bool first)
    {
        ReadOnlySpan<double> chosen = first ? a : b;
        return chosen[0] * chosen[1];
    }

    [Row("written_buffer_of_a_ternary", new double[] { 1, 2 }, new double[] { 3, 4 }, true)]
    [Row("written_buffer_of_a_ternary", new double[] { 1, 2 }, new double[] { 3, 4 }, false)]
    [Differentiable]
    public static double WriteChosen(ReadOnlySpan<double> a, ReadOnlySpan<double> b, bool first)
    {
        double[] x = a.ToArray(), y = b.ToArray();
        Span<double> chosen = first ? x.AsSpan(1) : y.AsSpan(0, 1);
        chosen[0] *= chosen[0];
        return x[0] * x[1] * y[0] * y[1];
    }

    [Row("buffers_exchanged", new double[] { 1, 2 })]
    [Differentiable]
    public static double PingPong(ReadOnlySpan<double> a)
    {
        double[] current = a.ToArray(), next = new double[a.Length];
        for (int k = 0; k < 3; k++)
        {
            for (int i = 0; i < current.Length; i++) next[i] = current[i] * current[i] + current[0];
            (current, next) = (next, current);
        }

        return current[0] + current[1];
    }

    [Row("buffers_exchanged_in_branches", new double[] { 1, 2, 3 }, 3)]
    [Row("buffers_exchanged_in_branches", new double[] { 1, 2, 3 }, 0)]
    [Differentiable]
    public static double ExchangeInBranches(double[] a, int n)
    {
        double[] b = new double[3];
        Span<double> p = a, q = b;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < 3; j++) q[j] = Math.Sin(p[j]) * 2;
            if (i > 0)
            {
                Span<double> kept = p;
                p = q;
                q = kept;
            }
            else
            {
                Span<double> kept = p;
                p = q;
                q = kept.Slice(0);
            }
        }

        return p[0] * p[1] + q[2];
    }

    [Row("shrinking_view", new double[] { 1, 2, 3 })]
    [Differentiable]
    public static double ShrinkingView(ReadOnlySpan<double> a)
    {
        double s = 0;
        ReadOnlySpan<double> rest = a;
        while (rest.Length > 0)
        {
            s = s * 0.5 + rest[0] * rest[rest.Length - 1];
            rest = rest.Slice(1);
        }

        return s;
    }

    [Row("array_replaced_in_a_loop", new double[] { 1, 2, 3 })]
    [Differentiable]
    public static double Replaced(ReadOnlySpan<double> a)
    {
        double[] current = a.ToArray();
        for (int k = 0; k < 3; k++)
        {
            double[] next = new double[a.Length];
            for (int i = 0; i < next.Length; i++) next[i] = current[i] * current[0];
            if (k == 1) continue;
            current = next;
        }

        double s = 0;
        foreach (double v in current) s += v;
        return s;
    }

    [Row("array_of_a_helper_in_a_loop", new double[] { 1.1, 1.2 })]
    [Differentiable]
    public static double Steps(double[] a)
    {
        for (int i = 0; i < 3; i++) a = Step(a);
        return a[0] * a[1];
    }

    private static double[] Step(double[] x)
    {
        var y = new double[x.Length];
        for (int i = 0; i < x.Length; i++) y[i] = x[i] * x[i];
        return y;
    }

    [Row("array_or_constant_array", new double[] { 1, 2 }, new double[] { 3, 4 }, true)]
    [Row("array_or_constant_array", new double[] { 1, 2 }, new double[] { 3, 4 }, false)]
    [Differentiable]
    public static double OrConstant(double[] a, [NoGradient] double[] b, bool first)
    {
        double[] x = first ? a : b, z = [.. a];
        double s = 0;
        for (int i = 0; i < 3; i++)
        {
            s += x[i % 2] * z[0];
            x = i == 1 ? z : x;
            if (i == 1) z[0] *= 2;
        }

        return s;
    }

    [Row("array_argument_of_a_ternary", new double[] { 1, 2 }, new double[] { 3, 4 }, true)]
    [Row("array_argument_of_a_ternary", new double[] { 1, 2 }, new double[] { 3, 4 }, false)]
    [Differentiable]
    public static double ChosenArgument(double[] a, double[] b, bool first)
    {
        List<double> joined = [.. (first ? a : b), a[0]];
        return Squares(first ? a : b) * Squares(first ? b : a) * joined[1] * joined[joined.Count - 1];
    }

    private static double Squares(double[] v)
    {
        double s = 0;
        foreach (double w in v) s += w * w;
        return s;
    }
}
