namespace AutoDiff.Conformance;

/// <summary>Which written spans have a gradient of what they hold at entry: those that may be read before they are written. The given gradients say whether there is one.</summary>
public static partial class EntryContents
{
    [Row("read_through_a_choice", new double[] { 1, 2 }, new double[] { 3, 4 }, 1, Gradient = [2, 2, 1, 1])]
    [Row("read_through_a_choice", new double[] { 1, 2 }, new double[] { 3, 4 }, 0, Gradient = [1, 1, 4, 4])]
    [Differentiable]
    public static double Ternary(Span<double> a, Span<double> b, int k)
    {
        Span<double> c = k > 0 ? a : b;
        double s = c[0] * c[1];
        c[0] = 5;
        return s;
    }

    [Row("read_through_a_choice", new double[] { 1, 2 }, new double[] { 3, 4 }, 1, Gradient = [0, 1, 9, 6])]
    [Row("read_through_a_choice", new double[] { 1, 2 }, new double[] { 3, 4 }, 0, Gradient = [4, 3, 1, 0])]
    [Differentiable]
    public static double Branch(Span<double> a, Span<double> b, int k)
    {
        Span<double> c = a;
        if (k > 0) c = b;
        double s = c[0] * c[1];
        a[0] = 5;
        b[1] = s;
        return s;
    }

    [Row("read_through_a_choice", new double[] { 1, 2 }, new double[] { 3, 4 }, Gradient = [151, 75, 0, 61])]
    [Differentiable]
    public static double Carried(Span<double> a, Span<double> b)
    {
        Span<double> c = a;
        double s = 0;
        for (int i = 0; i < 3; i++)
        {
            s += c[0] * c[1];
            c = b;
            b[0] = s;
        }

        a[1] = s;
        return s;
    }

    [Row("written_before_read", 2, new double[] { 1, 2, 7 }, Gradient = [243])]
    [Differentiable]
    public static void EveryElement(double x, Span<double> result)
    {
        for (int i = 0; i < result.Length; i++) result[i] = x * i;
        for (int k = 0; k < 3; k++)
            for (int i = 0; i < result.Length; i++) result[i] += result[i] * x;
    }

    [Row("written_before_read", 2, new double[] { 1, 2, 7, 5 }, Gradient = [6])]
    [Differentiable]
    public static void Pairs(double x, Span<double> result)
    {
        for (int i = 0; i < result.Length / 2; i++)
        {
            result[2 * i] = x * i;
            result[2 * i + 1] = x;
            result[2 * i] *= result[2 * i + 1];
        }
    }

    [Row("written_before_read", 2, new double[] { 1, 2, 7, 5, 6, 8 }, 2, 3, Gradient = [108])]
    [Differentiable]
    public static void Matrix(double x, Span<double> result, int m, int n)
    {
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                result[i * n + j] = x * i;
                for (int k = 0; k < 2; k++) result[i * n + j] += x * k;
            }
        }

        for (int i = 0; i < m; i++)
            for (int j = 0; j < n; j++) result[i * n + j] *= x;
        for (int k = 0; k < m * n; k++) result[k] *= x;
    }

    [Row("written_before_read", 2, new double[] { 1, 2, 7 }, Gradient = [5])]
    [Differentiable]
    public static void Views(double x, Span<double> result)
    {
        Span<double> rest = result[1..];
        rest.Fill(x);
        result[0] = rest[0];
        double s = 0;
        foreach (double v in result) s += v;
        result[1] = s;
    }

    [Row("written_before_read", 2, new double[] { 1, 2, 7 }, 1, Gradient = [6])]
    [Row("written_before_read", 2, new double[] { 1, 2, 7 }, 0, Gradient = [30])]
    [Differentiable]
    public static void BothArms(double x, Span<double> result, int k)
    {
        if (k > 0)
        {
            result[0] = x;
            result[1] = x;
        }
        else
        {
            result[1] = 2 * x;
            result[0] = x * x;
        }

        result[2] = result[0] * result[1];
    }

    // What the loop leaves alone is as it was at entry.
    [Row("read_where_not_written", 2, new double[] { 1, 2, 7 }, 1, Gradient = [3, 0, 3, 0])]
    [Differentiable]
    public static void SomeElements(double x, Span<double> result, int count)
    {
        for (int i = 0; i < count; i++) result[i] = x;
        result[2] = result[0] * result[1];
    }

    [Row("read_where_not_written", 2, new double[] { 1, 2, 7 }, 2, Gradient = [30, 0, 0, 4])]
    [Differentiable]
    public static void UntilABreak(double x, Span<double> result, int k)
    {
        for (int i = 0; i < result.Length; i++)
        {
            if (i == k) break;
            result[i] = x;
        }

        result[2] *= result[0] * result[1];
    }
}
