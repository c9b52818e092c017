namespace AutoDiff.NeuralNetworks;

/// <summary>The mean and the variance of numbers as they come (Welford 1962).</summary>
public sealed class RunningMean
{
    private double _squares;

    /// <summary>The number of numbers.</summary>
    public long Count { get; private set; }

    /// <summary>Their mean; NaN before the first.</summary>
    public double Mean { get; private set; } = double.NaN;

    /// <summary>Their variance around the mean, divided by the count; NaN before the first.</summary>
    public double Variance => Count == 0 ? double.NaN : _squares / Count;

    /// <summary>Takes a number in.</summary>
    public void Add(double value)
    {
        Count++;
        double before = Count == 1 ? 0 : Mean;
        double distance = value - before;
        Mean = before + distance / Count;
        _squares += distance * (value - Mean);
    }
}
