namespace AutoDiff.Conformance;

/// <summary>Beyond the catalogue: lambdas of LINQ that assign run once for each element, in order, as LINQ runs them.</summary>
public static partial class SequenceEffects
{
    public struct Cell(double value)
    {
        public double Value = value;
        public int Count;
    }

    [Row("extremes_ask_once", new double[] { 3, 1, 2, 4 }, Value = new double[] { 56.7 })]
    [Differentiable]
    public static double Extremes(double[] a)
    {
        int k = 0;
        double greatest = a.Max(v => { k++; return v * k; }), least = a.Select(v => { k++; return v + k; }).Min();
        double by = a.MaxBy(v => { k += 2; return -v * k; });
        return greatest + least + by * k + a.Sum(v => v * k++) / 10;
    }

    [Row("running_sums_of_linq", new double[] { 3, 1, 2, 4 })]
    [Differentiable]
    public static double Running(double[] a)
    {
        double sum = 0;
        double[] sums = a.Select(v => sum += v * v).ToArray();
        List<double> scaled = a.Select((v, i) => (sum *= 0.5) * v * i).ToList();
        double mean = a.Average(v => { sum += v; return v * sum; });
        return sums[1] * sums[3] + scaled[2] + mean * sum;
    }

    [Row("filters_that_assign", new double[] { 3, 1, 2, 4, 5 })]
    [Differentiable]
    public static double Filters(double[] a)
    {
        int n = 0, asked = 0;
        double last = 0;
        double odd = a.Where(v => n++ % 2 == 0).Select(v => { asked++; return v * v; }).Sum();
        double[] rising = a.Where(v => v > last).Select(v => last = v).ToArray();
        double twice = a.Select(v => { asked += 10; return v * asked; }).Where(v => v > 40).Where(v => v < 5000).Sum();
        int few = a.Count(v => (last -= 0.4 * v) > 0);
        return odd + rising[0] * rising.Length + twice + last * few + asked * a[0] + a.Where(v => { n += 3; return v > 1.5; }).Average(v => v * n);
    }

    [Row("lambdas_write_memory_once", new double[] { 3, 1, 2, 4 }, 0.5)]
    [Differentiable]
    public static double Memory(double[] a, double y)
    {
        double[] log = new double[4];
        List<double> seen = [];
        Cell cell = new(y);
        int at = 0;
        double s = a.Max(v => { log[at++] += v * y; return v; }) + a.Aggregate((x, v) => { log[0] *= 2; return x * v; });
        s += a.Aggregate(1.0, (x, v) => { seen.Add(x * v); cell.Value *= v; cell.Count++; return x + v; }, x => { log[1] += x; return x * x; });
        foreach (double v in a.Select(v => { at += 2; log[2] += v; return v * at; })) s += v * log[2];
        return s + log[0] + log[1] * log[3] + seen[2] * seen.Count + cell.Value * cell.Count;
    }
}
