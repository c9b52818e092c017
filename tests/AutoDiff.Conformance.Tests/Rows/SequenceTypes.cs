namespace AutoDiff.Conformance;

/// <summary>Methods that take any sequence, lazily computed sequences in loops, and LINQ by index.</summary>
public static partial class SequenceTypes
{
    private static double Mean(IEnumerable<double> values)
    {
        double sum = 0;
        int count = 0;
        foreach (double value in values)
        {
            sum += value;
            count++;
        }

        return sum / count;
    }

    private static double Second(IReadOnlyList<double> values) => values[1] * values.Count;

    private static (double Least, double Greatest) Range(this IEnumerable<double> values) => (values.Min(), values.Max());

    [Row("sequence_parameters", 0.3, 0.7)]
    [Differentiable]
    public static double Parameters(double x, double y)
        => Mean(new List<double> { x, y, x * y }) + Mean(new[] { x, y }.Select(v => v * v)) * Second([x, y, 2]) + Mean([.. new[] { y, x }, x * x]);

    [Row("sequence_extension", 0.3, 0.7)]
    [Differentiable]
    public static double Extension(double x, double y)
    {
        (double least, double greatest) = new[] { x, y, x * y }.Range();
        return greatest * greatest - least;
    }

    [Row("sequence_locals", 0.3, 0.7)]
    [Differentiable]
    public static double Locals(double x, double y)
    {
        IEnumerable<double> small = new[] { x, y, 3 }.Where(v => v < 2).Select(v => v * x);
        IReadOnlyList<double> both = new[] { x, y };
        return small.Sum() * both[1] + both.Count;
    }

    [Row("foreach_over_pairs", 0.5, 0.75)]
    [Differentiable]
    public static double Pairs(double x, double y)
    {
        double s = 0;
        foreach ((int i, double v) in new[] { x, y }.Select((v, i) => (i, v))) s += (i + 1) * v * v;
        foreach (var pair in new[] { x, y }.Zip(new[] { y, x * x })) s += pair.First * pair.Second;
        return s;
    }

    [Row("foreach_computes_when_its_turn_comes", 0.3, 0.7)]
    [Differentiable]
    public static double Lazy(double x, double y)
    {
        double[] a = [x, y, 1];
        double s = 1;
        foreach (double v in a.Select(v => v * s))
        {
            s += v;
            a[2] = s;
        }

        return s;
    }

    [Row("where_by_index", 0.3, 0.7)]
    [Differentiable]
    public static double WhereByIndex(double x, double y)
        => new[] { x, y, x * y, 2 }.Where((v, i) => i != 1).Select(v => v * v).Sum() + new[] { x, y }.Aggregate(1.0, (a, b) => a * (1 + b), a => a * a);

    [Row("copy_between_places", 0.3, 0.7)]
    [Differentiable]
    public static double Copy(double x, double y)
    {
        double[] a = [x, y, x * y], b = [1, 2, 3];
        Array.Copy(a, 0, b, 1, 2);
        Array.Copy(b, 1, b, 0, 2);
        return b[0] * b[1] + b[2] * a[2];
    }

    public ref struct Moments
    {
        public double Sum;
        public int Count;

        public void Add(double value)
        {
            Sum += value * value;
            Count++;
        }

        public readonly double Mean => Sum / Count;
    }

    [Row("ref_struct", 0.3, 0.7)]
    [Differentiable]
    public static double RefStruct(double x, double y)
    {
        var moments = new Moments();
        foreach (double v in (ReadOnlySpan<double>)[x, y, x * y]) moments.Add(v);
        return moments.Mean * moments.Sum;
    }
}
