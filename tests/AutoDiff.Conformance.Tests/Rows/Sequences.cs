namespace AutoDiff.Conformance;

/// <summary>Beyond the catalogue: LINQ over arrays, lists, and arrays as results.</summary>
public static partial class Sequences
{
    [Row("linq", new double[] { 1, 2, 3 }, new double[] { 4, 2, 0.5 })]
    [Differentiable]
    public static double Linq(double[] a, double[] b)
        => a.Zip(b, (x, y) => x * y).Sum() + a.Max() * b.Average() + a.Select((v, i) => v * i).Min() + b.Where(v => v > 1).Sum() * a.Sum(v => v * v);

    [Row("squares", new double[] { 1, 2, 3, 4, 5 }, Gradient = [2, 4, 6, 8, 10])]
    [Differentiable]
    public static double[] Squares(double[] a) => a.Select(v => v * v).ToArray();

    [Row("array_result_of_a_call", new double[] { 1, 2, 3 })]
    [Differentiable]
    public static double UseArrayResult(double[] a)
    {
        double[] fourth = Squares(Squares(a));
        double s = 0;
        foreach (double v in fourth.Select(t => t + 1)) s += v * a[0];
        return fourth[0] * fourth[1] + s;
    }

    [Row("array_result_of_several_returns", new double[] { 1, 2, 3 }, true, Gradient = [1, 1, 1])]
    [Row("array_result_of_several_returns", new double[] { 1, 2, 3 }, false, Gradient = [0, 7, 2])]
    [Differentiable]
    public static double[] SeveralReturns(double[] a, bool whole)
    {
        if (whole) return a;
        var r = new double[2];
        r[0] = a[1] * a[2];
        for (int i = 0; i < 3; i++)
        {
            if (a[i] > 1.5)
            {
                r[1] = a[i] * a[i];
                return r;
            }
        }

        return r;
    }

    [Row("list_that_grows", new double[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 })]
    [Differentiable]
    public static double Growing(ReadOnlySpan<double> a)
    {
        var list = new List<double>();
        foreach (double v in a)
        {
            if (v > 2.5) list.Add(v * v);
        }

        double s = 1;
        foreach (double v in list) s = 0.01 * s * v + v;
        return s * list.Count;
    }

    [Row("array_from_its_end", new double[] { 3, 1, 2, 4 }, 1.5)]
    [Differentiable]
    public static double FromTheEnd(double[] a, double y)
    {
        double[] reversed = a.Reverse().ToArray();
        double s = 0;
        for (int i = 0; i < a.Length; i++) s += a[a.Length - 1 - i] * reversed[i] * y;
        return s;
    }

    [Row("linq_default_if_empty", new double[] { 3, 1, 2, 4 }, 1.5, Value = [21], Gradient = [1, 0, 1, 4, 8])]
    [Row("linq_default_if_empty", new double[] { 3, 1, 2, 4 }, 7)]
    [Row("linq_default_if_empty", new double[0], 7)]
    [Differentiable]
    public static double DefaultIfEmpty(double[] a, double x)
        => a.DefaultIfEmpty(x).Last() * a.Where(v => v > 100).DefaultIfEmpty(2 * x).Sum() + a.Where(v => v > x).DefaultIfEmpty().Sum();

    [Row("linq_first_or_default", new double[] { 3, 1, 2, 4 }, 1.5)]
    [Row("linq_first_or_default", new double[] { 3, 1, -2, 4 }, 7)]
    [Row("linq_first_or_default", new double[0], 7)]
    [Differentiable]
    public static double FirstOrDefault(double[] a, double x)
        => a.FirstOrDefault(v => v > x) * a.Where(v => v > 100).LastOrDefault(3 * x) + a.FirstOrDefault() * x + a.LastOrDefault(v => v < 0, x * x);

    [Row("long_length_of_an_array", new double[] { 3, 1, 2, 4 }, Gradient = [24, 8, 16, 32])]
    [Differentiable]
    public static double LongLength(double[] a)
    {
        double s = 0;
        for (long i = 0; i < a.LongLength; i++) s += a[i] * a[i] * a.LongLength;
        return s;
    }
}
