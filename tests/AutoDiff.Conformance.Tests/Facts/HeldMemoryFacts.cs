namespace AutoDiff.Conformance;

/// <summary>Arrays and lists that objects hold are read where the method reads them, and have no derivative.</summary>
public static partial class HeldMemory
{
    public readonly record struct Quote(double Time, double Rate);

    public sealed class Market
    {
        public List<Quote> Quotes { get; } = [new(0.5, 0.02), new(1, 0.03)];

        public Quote[] Swaps { get; init; } = [new(2, 0.04)];

        public double[,] Correlation { get; } = { { 1, 0.3 }, { 0.3, 1 } };

        public double[][]? Surface { get; set; } = [[0.2, 0.25], [0.3]];

        public IReadOnlyList<double> Weights { get; init; } = [0.7, 1.1, 0.2];

        public List<(double At, int Count)> Jumps { get; } = [(0.4, 2)];
    }

    [Differentiable(Derivatives.Gradient | Derivatives.Jvp)]
    public static double Price(double x, Market market)
    {
        double sum = 0;
        for (int i = 0; i < market.Quotes.Count; i++)
        {
            Quote quote = market.Quotes[i];
            sum += quote.Rate * Math.Exp(-x * quote.Time);
        }

        foreach (Quote swap in market.Swaps) sum += swap.Rate * x * x;
        foreach ((double at, int count) in market.Jumps) sum += count * Math.Sin(at * x);
        sum += market.Correlation[1, 0] * market.Correlation.GetLength(0) * x + market.Surface![0][1] * x;
        return sum * market.Weights[^1] + market.Weights.Sum() * x + market.Swaps.Sum(s => s.Time) * x + Mean(market.Surface[1], x);
    }

    private static double Mean(double[] values, double x)
    {
        double sum = 0;
        foreach (double value in values) sum += value * x * x;
        return sum / values.Length;
    }

    /// <summary>What is written may be what the object holds.</summary>
    [Differentiable]
    public static double Overwrite(Market market, double x, Span<double> y)
    {
        double sum = 0;
        for (int i = 0; i < y.Length; i++)
        {
            sum += market.Surface![0][i] * x * x;
            y[i] = 5 - i;
        }

        return sum + market.Surface![0][0] * x;
    }
}

/// <summary>Data that a class was made with, and that its method fits.</summary>
public sealed partial class Fitter
{
    private readonly double[] _times;
    private double[] _values = [1, 0.8, 0.65];

    public Fitter(params double[] times) => _times = times;

    public double Scale { get; set; } = 1.5;

    [Differentiable]
    public double Error(double level, double slope)
    {
        double error = 0;
        for (int i = 0; i < _times.Length; i++)
        {
            double residual = At(_times[i], level, slope) - _values[i];
            error += residual * residual;
        }

        return Math.Sqrt(error);
    }

    private double At(double time, double level, double slope) => level * Math.Exp(-slope * time / Scale);
}

public sealed partial class Kept(double[] nodes, List<double> weights)
{
    [Differentiable]
    public double Rule(double x)
    {
        double sum = 0;
        for (int i = 0; i < nodes.Length; i++) sum += weights[i] * Math.Sin(nodes[i] * x);
        return sum;
    }
}

public class HeldMemoryFacts
{
    private const double Step = 1e-6;

    private static double Slope(Func<double, double> f, double x) => (f(x + Step) - f(x - Step)) / (2 * Step);

    [Fact]
    public void Members_of_a_parameter_are_read()
    {
        var market = new HeldMemory.Market();
        (double value, double slope) = HeldMemory.PriceGradient(0.8, market);
        Assert.Equal(HeldMemory.Price(0.8, market), value);
        Assert.Equal(Slope(x => HeldMemory.Price(x, market), 0.8), slope, 1e-8);
        Assert.Equal(3 * slope, HeldMemory.PriceJvp(0.8, market, 3).Tangent, 1e-12);
        market.Quotes.Add(new(3, -0.5));
        Assert.Equal(Slope(x => HeldMemory.Price(x, market), 0.8), HeldMemory.PriceGradient(0.8, market).DX, 1e-8);
    }

    [Fact]
    public void Fields_of_the_object_are_read()
    {
        var fitter = new Fitter(0.5, 1, 2);
        (double value, double level, double slope) = fitter.ErrorGradient(0.9, 0.4);
        Assert.Equal(fitter.Error(0.9, 0.4), value);
        Assert.Equal(Slope(l => fitter.Error(l, 0.4), 0.9), level, 1e-8);
        Assert.Equal(Slope(s => fitter.Error(0.9, s), 0.4), slope, 1e-8);
    }

    [Fact]
    public void Parameters_of_the_constructor_are_read()
    {
        var kept = new Kept([0.3, 1.2], [2, -1]);
        Assert.Equal(2 * 0.3 * Math.Cos(0.21) - 1.2 * Math.Cos(0.84), kept.RuleGradient(0.7).DX, 1e-14);
    }

    [Fact]
    public void What_was_read_before_it_was_written_is_kept()
    {
        double Of(double x)
        {
            var market = new HeldMemory.Market();
            return HeldMemory.Overwrite(market, x, market.Surface![0]);
        }

        var market = new HeldMemory.Market();
        (double value, double slope) = HeldMemory.OverwriteVjp(market, 0.6, market.Surface![0], 1, [0, 0]);
        Assert.Equal(Of(0.6), value);
        Assert.Equal(Slope(Of, 0.6), slope, 1e-8);
    }
}
