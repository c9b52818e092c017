using System.Numerics;
using System.Runtime.Intrinsics;

namespace AutoDiff.Conformance;

/// <summary>Beyond the catalogue: vectors of the framework, of fixed lengths and of that of the machine, as values.</summary>
public static partial class LaneVectors
{
    [Row("vector_dot", new double[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 }, new double[] { 2, 1, 0.5, 4, 1, 2, 3, 0.25, 1, 2 })]
    [Differentiable]
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        Vector<double> sum = Vector<double>.Zero;
        int i = 0;
        for (; i <= a.Length - Vector<double>.Count; i += Vector<double>.Count)
            sum += new Vector<double>(a.Slice(i)) * new Vector<double>(b.Slice(i));
        double s = Vector.Sum(sum);
        for (; i < a.Length; i++) s += a[i] * b[i];
        return s;
    }

    [Row("vector_functions", new double[] { 1, 2, 3, 4, 0.5, -6, 7, 8 }, 2.0)]
    [Differentiable]
    public static double Functions(ReadOnlySpan<double> a, double x)
    {
        var v = Vector256.Create(a);
        Vector256<double> w = Vector256.Create(a.Slice(4)) * x + Vector256.Create(1.0, 2, 3, x);
        Vector256<double> m = Vector256.Max(v, w) - Vector256.Sqrt(Vector256.Abs(w)) / 2.0;
        m = Vector256.ConditionalSelect(Vector256.GreaterThan(v, w), m, -m * v);
        if (Vector256.GreaterThanAny(m, v)) m += Vector256<double>.One;
        return Vector256.Sum(m) * m[1] + Vector256.Dot(v, w) * m.GetElement(3);
    }

    [Row("vector_copy_to", new double[] { 1, 2, 3, 4, 5, 6, 7 }, 0.5, new double[] { 9, 9, 9, 9, 9, 9, 9 }, Seed = new double[] { 1, 2, 3, 4, 5, 6, 7 })]
    [Differentiable]
    public static void Scale(ReadOnlySpan<double> a, double x, Span<double> y)
    {
        int i = 0;
        var factor = Vector128.Create(x);
        for (; i + Vector128<double>.Count <= a.Length; i += Vector128<double>.Count)
        {
            Vector128<double> v = Vector128.Create(a.Slice(i, 2));
            (v * v * factor + Vector128.Min(v, factor)).CopyTo(y.Slice(i));
        }

        for (; i < a.Length; i++) y[i] = a[i] * a[i] * x + Math.Min(a[i], x);
    }

    [Row("vector_of_floats", new float[] { 1, 2, 3, 4, 0.5f, -6, 7, 8 }, SlopeTolerance = 5e-2)]
    [Differentiable]
    public static float Floats(ReadOnlySpan<float> a)
    {
        Vector128<float> p = Vector128.Create(a), q = Vector128.Create(a[4..]);
        (p, q) = (q, p * 0.25f);
        return Vector128.Sum(Bent(p, q)) * 0.01f;
    }

    private static Vector128<float> Bent(Vector128<float> x, Vector128<float> y)
    {
        Vector128<float> r = x;
        r *= y;
        return r + x;
    }

    [Row("vector_chosen", new double[] { 1.5, 2 }, true)]
    [Row("vector_chosen", new double[] { 1.5, 2 }, false)]
    [Differentiable]
    public static double Chosen(ReadOnlySpan<double> a, bool squares)
    {
        var v = Vector128.Create(a);
        Vector128<double> r = squares ? v * v : v + Vector128.Create(1.0);
        for (int k = 0; k < 3; k++) r = r * v - Vector128.WithElement(v, 1, a[0]);
        return r.ToScalar() + Vector128.Dot(r, v);
    }
}
