namespace AutoDiff.Conformance.Oracle;

/// <summary>
/// A number and its derivative in one direction: the second opinion on every random program. It stands where a program says <c>double</c>, and knows nothing of
/// the compiler that is tested.
/// </summary>
/// <param name="Value">The number.</param>
/// <param name="Tangent">Its derivative.</param>
/// <param name="Scale">The sum of the magnitudes of what adds up to the tangent: rounding errors of any other order of summation are relative to it.</param>
public readonly record struct Dual(double Value, double Tangent, double Scale)
{
    public static implicit operator Dual(double value) => new(value, 0, 0);

    public static implicit operator Dual(int value) => new(value, 0, 0);

    public static Dual operator +(Dual x, Dual y) => Two(x.Value + y.Value, x, 1, y, 1);

    public static Dual operator -(Dual x, Dual y) => Two(x.Value - y.Value, x, 1, y, -1);

    public static Dual operator *(Dual x, Dual y) => Two(x.Value * y.Value, x, y.Value, y, x.Value);

    public static Dual operator /(Dual x, Dual y) => Two(x.Value / y.Value, x, 1 / y.Value, y, -x.Value / (y.Value * y.Value));

    public static Dual operator %(Dual x, Dual y)
    {
        double quotient = x.Value / y.Value;
        Watch.Turn(quotient - Math.Round(quotient), x.Scale + y.Scale);
        return Two(x.Value % y.Value, x, 1, y, -Math.Truncate(quotient));
    }

    public static Dual operator -(Dual x) => One(-x.Value, x, -1);

    public static Dual operator +(Dual x) => x;

    public static Dual operator ++(Dual x) => x + 1.0;

    public static Dual operator --(Dual x) => x - 1.0;

    public static bool operator <(Dual x, Dual y) => Turn(x, y) < 0;

    public static bool operator >(Dual x, Dual y) => Turn(x, y) > 0;

    public static bool operator <=(Dual x, Dual y) => Turn(x, y) <= 0;

    public static bool operator >=(Dual x, Dual y) => Turn(x, y) >= 0;

    /// <summary>A function of one number, by its value and its slope there.</summary>
    public static Dual One(double value, Dual x, double slope)
    {
        Watch.Saw(value);
        return new(value, slope * x.Tangent, Weight(slope) * x.Scale);
    }

    /// <summary>A function of two numbers, by its value and its slopes there.</summary>
    public static Dual Two(double value, Dual x, double slopeX, Dual y, double slopeY)
    {
        Watch.Saw(value);
        return new(value, slopeX * x.Tangent + slopeY * y.Tangent, Weight(slopeX) * x.Scale + Weight(slopeY) * y.Scale);
    }

    // A slope near 0 is a difference of greater numbers.
    private static double Weight(double slope) => slope == 0 ? 0 : Math.Max(Math.Abs(slope), 1e-3);

    private static double Turn(Dual x, Dual y)
    {
        // A number beside itself is always equal to it.
        if (x.Value != y.Value || x.Tangent != y.Tangent) Watch.Turn(x.Value - y.Value, x.Scale + y.Scale);
        return x.Value - y.Value;
    }
}
