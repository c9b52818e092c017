namespace AutoDiff.Conformance.Oracle;

/// <summary>What stands where a program says <c>float</c>: the number is rounded, its derivative is not.</summary>
/// <param name="Value">The number.</param>
/// <param name="Tangent">Its derivative.</param>
/// <param name="Scale">As that of <see cref="Dual"/>.</param>
public readonly record struct DualF(float Value, double Tangent, double Scale)
{
    public static implicit operator DualF(float value) => new(value, 0, 0);

    public static implicit operator DualF(int value) => new(value, 0, 0);

    public static implicit operator Dual(DualF x) => new(x.Value, x.Tangent, x.Scale);

    public static explicit operator DualF(Dual x) => new((float)x.Value, x.Tangent, x.Scale);

    public static explicit operator DualF(double x) => new((float)x, 0, 0);

    public static DualF operator +(DualF x, DualF y) => Rounded((Dual)x + y, x.Value + y.Value);

    public static DualF operator -(DualF x, DualF y) => Rounded((Dual)x - y, x.Value - y.Value);

    public static DualF operator *(DualF x, DualF y) => Rounded((Dual)x * y, x.Value * y.Value);

    public static DualF operator /(DualF x, DualF y) => Rounded((Dual)x / y, x.Value / y.Value);

    public static DualF operator -(DualF x) => Rounded(-(Dual)x, -x.Value);

    public static bool operator <(DualF x, DualF y) => (Dual)x < y;

    public static bool operator >(DualF x, DualF y) => (Dual)x > y;

    public static bool operator <=(DualF x, DualF y) => (Dual)x <= y;

    public static bool operator >=(DualF x, DualF y) => (Dual)x >= y;

    public static DualF Rounded(Dual exact, float value) => new(value, exact.Tangent, exact.Scale);
}
