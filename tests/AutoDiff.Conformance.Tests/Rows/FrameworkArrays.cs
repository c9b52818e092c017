using System.Buffers;

namespace AutoDiff.Conformance;

/// <summary>Beyond the catalogue: what the framework does to arrays, pools of them, and structs that hold a span.</summary>
public static partial class FrameworkArrays
{
    [Row("array_bounds", new double[] { 1, 2, 3 }, Gradient = [12, 24, 36], Value = [84])]
    [Differentiable]
    public static double Bounds(double[] x)
    {
        var a = new double[3, 2];
        for (int i = a.GetLowerBound(0); i <= a.GetUpperBound(0); i++)
        {
            for (int j = 0; j <= a.GetUpperBound(1); j++) a[i, j] = x[i] * (j + 1);
        }

        double s = 0;
        for (int i = 0; i <= x.GetUpperBound(0); i++) s += a[i, 0] * a[i, 1];
        return s * x.GetLength(0);
    }

    [Row("array_copy", new double[] { 1, 2, 3, 4 })]
    [Differentiable]
    public static double Copies(double[] x)
    {
        var line = new double[6];
        Array.Copy(x, line, 4);
        Array.Copy(line, 1, line, 2, 3);
        x.CopyTo(line, 2);
        double[,] grid = { { x[0], x[1] }, { x[2], x[3] } }, other = new double[3, 2];
        Array.Copy(grid, 1, other, 2, 3);
        Array.Copy(grid, other, 2);
        Array.Fill(line, x[3], 1, 1);
        Array.Clear(line, 0, 1);
        double s = line[1] * line[2] + line[5] * other[2, 0] + other[0, 1] * other[1, 1];
        Array.Clear(grid);
        Array.Reverse(line);
        return s + grid[1, 0] + line[0] * line[5] + line[1] * line[3];
    }

    [Row("pooled_array", new double[] { 1, 3, 2, 5 }, 0.5)]
    [Differentiable]
    public static double Pooled(ReadOnlySpan<double> x, double lambda)
    {
        double[] rented = ArrayPool<double>.Shared.Rent(x.Length);
        try
        {
            Span<double> d = rented.AsSpan(0, x.Length - 1);
            for (int i = 0; i < d.Length; i++) d[i] = x[i + 1] - x[i];
            double sum = 0;
            for (int i = 1; i < d.Length; i++) sum += Math.Sqrt((d[i] - d[i - 1]) * (d[i] - d[i - 1]) + lambda * lambda) - lambda;
            return sum;
        }
        finally
        {
            ArrayPool<double>.Shared.Return(rented, clearArray: true);
        }
    }

    public ref struct Reader(ReadOnlySpan<double> data)
    {
        private readonly ReadOnlySpan<double> _data = data;
        private int _position;

        public readonly bool End => _position >= _data.Length;

        public double Next() => _data[_position++];
    }

    public ref struct Writer
    {
        public Span<double> Into;
        public int Count;

        public void Put(double value) => Into[Count++] = value;
    }

    [Row("struct_that_holds_a_span", new double[] { 1, 3, 2, 5 })]
    [Differentiable]
    public static double Holders(ReadOnlySpan<double> x)
    {
        var reader = new Reader(x);
        var writer = new Writer { Into = new double[x.Length] };
        double s = 0;
        while (!reader.End)
        {
            double a = reader.Next(), b = reader.Next();
            s = s * b + a * a;
            writer.Put(s);
            writer.Put(a * b);
        }

        for (int i = 0; i < writer.Count; i++) s += writer.Into[i] * writer.Into[^1];
        return s;
    }

    [Flags]
    public enum Terms
    {
        None = 0,
        Linear = 1,
        Squared = 2,
        Both = 3,
    }

    private static double Of(double x, Terms terms) => (terms.HasFlag(Terms.Linear) ? x : 0) + (terms.HasFlag(Terms.Squared) ? x * x : 0) + (terms.HasFlag(Terms.Both) ? 2 * x : 0);

    [Row("flags", 3.0, Gradient = [1 + 6 + 9], Value = [3 + 9 + 18])]
    [Differentiable]
    public static double Flags(double x) => Of(x, Terms.Linear) + Of(x, Terms.Squared) + Of(x, Terms.Both) + Of(x, Terms.None);
}
