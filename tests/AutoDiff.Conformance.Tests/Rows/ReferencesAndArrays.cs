namespace AutoDiff.Conformance;

/// <summary>Names for places: ref locals that move, methods that return by ref, ref conditionals; rectangular arrays and lists that are handed on.</summary>
public static partial class ReferencesAndArrays
{
    private static ref double At(double[] a, int i) => ref a[i];

    [Row("ref_return", new double[] { 1, 2, 3 })]
    [Differentiable]
    public static double RefReturn(ReadOnlySpan<double> x)
    {
        double[] a = x.ToArray();
        ref double m = ref At(a, 1);
        m *= x[0] + 3;
        At(a, 2) = m * m;
        for (int i = 0; i < 2; i++) At(a, i) += x[i] * At(a, 2);
        return a[1] * a[2];
    }

    [Row("ref_reassigned", new double[] { 1, 2, 3 }, Gradient = [24, 24, 8])]
    [Differentiable]
    public static double RefReassigned(ReadOnlySpan<double> x)
    {
        double[] a = x.ToArray();
        ref double m = ref a[0];
        m *= 2;
        m = ref a[1];
        m *= m;
        return a[0] * a[1] * a[2];
    }

    [Row("ref_conditional", 2, 3)]
    [Row("ref_conditional", 3, 2)]
    [Differentiable]
    public static double RefConditional(double x, double y)
    {
        double a = x * x, b = y * x;
        ref double m = ref (x > y ? ref a : ref b);
        m *= 5;
        for (int i = 0; i < 2; i++) m += x;
        return a + b * b;
    }

    [Row("ref_conditional", new double[] { 1, 2, 3 }, 1)]
    [Row("ref_conditional", new double[] { 1, 2, 3 }, 0)]
    [Differentiable]
    public static double RefToElementOrLocal(ReadOnlySpan<double> x, int k)
    {
        double[] a = x.ToArray();
        double t = x[1];
        ref double m = ref (k > 0 ? ref a[2] : ref t);
        m *= a[0];
        m += 2 * m;
        return a[2] * t;
    }

    [Row("foreach_by_ref", new double[] { 1, 2, 3 }, Gradient = [4, 40, 30])]
    [Differentiable]
    public static double ForEachByRef(ReadOnlySpan<double> x)
    {
        double[] a = x.ToArray();
        foreach (ref double v in a.AsSpan()) v *= v;
        foreach (ref readonly double v in x) a[0] += v * v;
        return a[0] + a[1] * a[2];
    }

    private static double Trace(double[,] m)
    {
        double s = 0;
        for (int i = 0; i < m.GetLength(0); i++)
        {
            m[i, i] *= 2;
            s += m[i, i];
        }

        return s;
    }

    [Row("rectangular_array", new double[] { 1, 2, 3 }, Gradient = [24, 42, 54])]
    [Differentiable]
    public static double Rectangular(ReadOnlySpan<double> x)
    {
        var a = new double[2, 3];
        for (int i = 0; i < 2; i++)
            for (int j = 0; j < 3; j++) a[i, j] = x[j] * (i + 1);
        double s = 0;
        for (int i = 0; i < 2; i++)
            for (int j = 0; j < 3; j++) s += a[i, j] * a[1 - i, j];
        foreach (double v in a) s += v;
        return s * a.GetLength(0) + a.Length + Trace(a);
    }

    [Row("rectangular_array", new double[] { 1, 2, 3 }, Gradient = [24, 9, 14])]
    [Differentiable]
    public static double ThreeAxes(ReadOnlySpan<double> x)
    {
        var a = new double[2, 2, 2] { { { x[0], x[1] }, { x[2], 1 } }, { { x[0] * x[1], 2 }, { 3, x[2] } } };
        double[,] b = { { x[0], 1 }, { 2, x[1] } };
        a[1, 0, 1] += a[0, 1, 0] * b[1, 1];
        return a[1, 0, 1] * a[1, 1, 1] * b[0, 0];
    }

    private static void Grow(List<double> list, double x)
    {
        list.Add(x * x * x);
        list[0] *= 2;
    }

    [Row("list_parameter", 2, Gradient = [108])]
    [Differentiable]
    public static double ListParameter(double x)
    {
        var list = new List<double> { x, x * x };
        list.Add(3 * x);
        for (int i = 0; i < 3; i++) Grow(list, x);
        return list[0] * list[1] + list[^1] + list.Count;
    }

    [Row("list_operations", 2, new double[] { 1, 2, 3 }, Gradient = [104, 8, 20, 0])]
    [Differentiable]
    public static double ListOperations(double x, ReadOnlySpan<double> y)
    {
        List<double> list = [x, x * x, 3];
        list.Insert(0, 2 * x);
        list.RemoveAt(1);
        list.AddRange(y.ToArray());
        list.Insert(6, x);
        list.RemoveAt(5);
        double s = 0;
        for (int i = 0; i < list.Count; i++) s += list[i] * list[i] * (i + 1);
        return s;
    }
}
