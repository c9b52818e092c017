namespace AutoDiff.NeuralNetworks;

/// <summary>How often each class was taken for each, and what follows from it.</summary>
/// <remarks>A ratio without cases (0 / 0) is NaN, except in means over the classes, where such classes do not count.</remarks>
public sealed class ConfusionMatrix
{
    private readonly long[,] _counts;

    /// <summary>A matrix of zeros.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are no classes.</exception>
    public ConfusionMatrix(int classes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(classes);
        _counts = new long[classes, classes];
    }

    /// <summary>The number of classes.</summary>
    public int Classes => _counts.GetLength(0);

    /// <summary>The number of cases.</summary>
    public long Total { get; private set; }

    /// <summary>How often the class <paramref name="actual"/> was taken for <paramref name="predicted"/>.</summary>
    public long this[int actual, int predicted] => _counts[actual, predicted];

    /// <summary>The share of cases whose class was found.</summary>
    public double Accuracy => (double)Enumerable.Range(0, Classes).Sum(c => _counts[c, c]) / Total;

    /// <summary>The mean of <see cref="F1"/> over the classes that occur or were predicted.</summary>
    public double MacroF1 => Enumerable.Range(0, Classes).Select(F1).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();

    /// <summary>Takes a case in.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A class is not one.</exception>
    public void Add(int actual, int predicted)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(actual);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(actual, Classes);
        ArgumentOutOfRangeException.ThrowIfNegative(predicted);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(predicted, Classes);
        _counts[actual, predicted]++;
        Total++;
    }

    /// <summary>The share of what was taken for a class that is of that class.</summary>
    public double Precision(int @class) => (double)_counts[@class, @class] / Predicted(@class);

    /// <summary>The share of a class that was found.</summary>
    public double Recall(int @class) => (double)_counts[@class, @class] / Actual(@class);

    /// <summary>The harmonic mean of precision and recall.</summary>
    public double F1(int @class) => 2.0 * _counts[@class, @class] / (Predicted(@class) + Actual(@class));

    private long Predicted(int @class) => Enumerable.Range(0, Classes).Sum(c => _counts[c, @class]);

    private long Actual(int @class) => Enumerable.Range(0, Classes).Sum(c => _counts[@class, c]);
}
