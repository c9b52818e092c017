namespace AutoDiff.Conformance.Oracle;

/// <summary>What a run over dual numbers notices beside its result: whether the derivative is well-conditioned where the program was run.</summary>
public static class Watch
{
    [ThreadStatic] private static double _peak;
    [ThreadStatic] private static double _distance;

    /// <summary>The greatest number that occurred: rounding errors of values are relative to it.</summary>
    public static double Peak => _peak;

    /// <summary>How near the run came to a point where a branch turns or a function has a kink.</summary>
    public static double Distance => _distance;

    public static void Start() => (_peak, _distance) = (0, double.PositiveInfinity);

    /// <summary>A value has been computed.</summary>
    public static void Saw(double value)
    {
        // A number that is not one stays the greatest.
        if (!double.IsNaN(_peak) && !(Math.Abs(value) <= _peak)) _peak = Math.Abs(value);
    }

    /// <summary>A branch or a kink at this distance; of constants it does not matter.</summary>
    public static void Turn(double distance, double scale)
    {
        if (scale != 0 && !(Math.Abs(distance) >= _distance)) _distance = Math.Abs(distance);
    }
}
