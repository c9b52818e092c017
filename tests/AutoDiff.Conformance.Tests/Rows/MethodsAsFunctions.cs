namespace AutoDiff.Conformance;

/// <summary>Methods of objects and structs as functions, members of extension blocks, and what a method reads outside of itself.</summary>
public static partial class MethodsAsFunctions
{
    private static readonly Dictionary<string, double> Rates = new() { ["EUR"] = 1.1, ["USD"] = 1.0 };

    private static double s_rate = 0.5;

    private static int Steps { get; set; } = 3;

    private sealed class Scaler(double factor)
    {
        public double Factor { get; set; } = factor;

        public double Apply(double x) => x * Factor;
    }

    private struct Fixed
    {
        public double Factor;

        public readonly double Apply(double x) => x * Factor;
    }

    [Row("method_of_an_object_as_function", 1.5)]
    [Differentiable]
    public static double OfAnObject(double y)
    {
        var scaler = new Scaler(y);
        Func<double, double> f = scaler.Apply;
        scaler.Factor *= 2;
        return f(3) * f(y) + new[] { 1.0, y }.Sum(scaler.Apply);
    }

    [Row("method_of_a_struct_as_function", 1.5, Gradient = [3])]
    [Differentiable]
    public static double OfAStruct(double y)
    {
        var scaler = new Fixed { Factor = y };
        Func<double, double> f = scaler.Apply;
        scaler.Factor *= 2;
        return f(3);
    }

    [Row("static_number_is_read", 1.5, Gradient = [4.5])]
    [Differentiable]
    public static double OfStatics(double y) => y * y * s_rate * Steps;

    [Row("static_collection_is_read", 1.5, "EUR")]
    [Row("static_collection_is_read", 1.5, "USD")]
    [Differentiable]
    public static double OfACollection(double y, string currency)
        => y * y * Rates[currency] + (Rates.TryGetValue("USD", out double rate) ? rate * y : 0) + (Rates.ContainsKey(currency) ? 1 : 2) * y;

    [Row("extension_block", 1.5, new double[] { 2, 3 })]
    [Differentiable]
    public static double Extended(double y, double[] a) => y.Cubed() * y.Doubled + y.Times(3) + double.Half(y) + a.Ends;

    [Row("unchecked_is_kept", 1.5, 20)]
    [Differentiable]
    public static double Scrambled(double x, int n)
    {
        ulong state = 12345;
        double s = 0;
        for (int i = 0; i < n; i++)
        {
            state = unchecked(state * 6364136223846793005UL + 1442695040888963407UL);
            int low = unchecked((int)state);
            s += x * x * ((state >> 11) / (double)(1UL << 53)) + (low < 0 ? x : 0);
        }

        return s;
    }

    [Row("record_equality", 1.5, 2.5)]
    [Row("record_equality", 2.5, 2.5, IsKink = true)]
    [Differentiable]
    public static double Records(double y, double z)
    {
        var first = new Trade("a", y);
        Trade second = first with { Amount = z };
        return first.Amount * second.Amount + (first == second ? y : z) + (first.Name == "a" ? y : 0);
    }

    private sealed record Trade(string Name, double Amount);
}

/// <summary>Members of an extension block.</summary>
internal static class Extensions
{
    public static double Cubed(this double x) => x * x * x;

    extension(double x)
    {
        public double Doubled => 2 * x;

        public double Times(double k) => x * k;

        public static double Half(double y) => y / 2;
    }

    extension(double[] a)
    {
        public double Ends => a[0] * a[^1];
    }
}
