namespace AutoDiff.Conformance;

/// <summary>Section 15: exceptions.</summary>
public static partial class Exceptions
{
    [Row("throw_not_taken", 2, Gradient = [4])]
    [Differentiable]
    public static double ThrowNotTaken(double x)
    {
        if (x < 0) throw new ArgumentOutOfRangeException(nameof(x));
        return x * x;
    }
}
