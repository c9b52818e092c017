namespace AutoDiff.Conformance.Oracle;

/// <summary>What stands where a program says <c>Math</c>: each function with its textbook derivative.</summary>
public static class DualMath
{
    public static Dual Sin(Dual x) => Dual.One(Math.Sin(x.Value), x, Math.Cos(x.Value));

    public static Dual Cos(Dual x) => Dual.One(Math.Cos(x.Value), x, -Math.Sin(x.Value));

    public static Dual Tan(Dual x) => Dual.One(Math.Tan(x.Value), x, 1 + Math.Tan(x.Value) * Math.Tan(x.Value));

    public static Dual Asin(Dual x) => Dual.One(Math.Asin(x.Value), x, 1 / Math.Sqrt(1 - x.Value * x.Value));

    public static Dual Acos(Dual x) => Dual.One(Math.Acos(x.Value), x, -1 / Math.Sqrt(1 - x.Value * x.Value));

    public static Dual Atan(Dual x) => Dual.One(Math.Atan(x.Value), x, 1 / (1 + x.Value * x.Value));

    public static Dual Sinh(Dual x) => Dual.One(Math.Sinh(x.Value), x, Math.Cosh(x.Value));

    public static Dual Cosh(Dual x) => Dual.One(Math.Cosh(x.Value), x, Math.Sinh(x.Value));

    public static Dual Tanh(Dual x) => Dual.One(Math.Tanh(x.Value), x, 1 - Math.Tanh(x.Value) * Math.Tanh(x.Value));

    public static Dual Asinh(Dual x) => Dual.One(Math.Asinh(x.Value), x, 1 / Math.Sqrt(x.Value * x.Value + 1));

    public static Dual Acosh(Dual x) => Dual.One(Math.Acosh(x.Value), x, 1 / Math.Sqrt(x.Value * x.Value - 1));

    public static Dual Atanh(Dual x) => Dual.One(Math.Atanh(x.Value), x, 1 / (1 - x.Value * x.Value));

    public static Dual Exp(Dual x) => Dual.One(Math.Exp(x.Value), x, Math.Exp(x.Value));

    public static Dual Log(Dual x) => Dual.One(Math.Log(x.Value), x, 1 / x.Value);

    public static Dual Log2(Dual x) => Dual.One(Math.Log2(x.Value), x, 1 / (x.Value * Math.Log(2)));

    public static Dual Log10(Dual x) => Dual.One(Math.Log10(x.Value), x, 1 / (x.Value * Math.Log(10)));

    public static Dual Sqrt(Dual x) => Dual.One(Math.Sqrt(x.Value), x, 0.5 / Math.Sqrt(x.Value));

    public static Dual Cbrt(Dual x) => Dual.One(Math.Cbrt(x.Value), x, 1 / (3 * Math.Cbrt(x.Value) * Math.Cbrt(x.Value)));

    public static Dual Pow(Dual x, Dual y) => Dual.Two(
        Math.Pow(x.Value, y.Value), x, y.Value * Math.Pow(x.Value, y.Value - 1), y, y.Scale == 0 ? 0 : Math.Pow(x.Value, y.Value) * Math.Log(x.Value));

    public static Dual Atan2(Dual y, Dual x)
    {
        double square = x.Value * x.Value + y.Value * y.Value;
        return Dual.Two(Math.Atan2(y.Value, x.Value), y, x.Value / square, x, -y.Value / square);
    }

    public static Dual FusedMultiplyAdd(Dual x, Dual y, Dual z)
        => Dual.Two(Math.FusedMultiplyAdd(x.Value, y.Value, z.Value), x * y, 1, z, 1);

    public static Dual Abs(Dual x)
    {
        Watch.Turn(x.Value, x.Scale);
        return Dual.One(Math.Abs(x.Value), x, double.IsNaN(x.Value) ? double.NaN : Math.Sign(x.Value));
    }

    public static Dual Max(Dual x, Dual y) => x > y ? x : y;

    public static Dual Min(Dual x, Dual y) => x < y ? x : y;

    public static Dual Clamp(Dual x, Dual low, Dual high) => x < low ? low : x > high ? high : x;

    public static Dual CopySign(Dual x, Dual y)
    {
        Watch.Turn(x.Value, x.Scale);
        Watch.Turn(y.Value, y.Scale);
        return Dual.One(Math.CopySign(x.Value, y.Value), x, Math.Sign(x.Value) * (double.IsNegative(y.Value) ? -1 : 1));
    }

    public static Dual Floor(Dual x) => Step(x, Math.Floor(x.Value), 0);

    public static Dual Ceiling(Dual x) => Step(x, Math.Ceiling(x.Value), 0);

    public static Dual Truncate(Dual x) => Step(x, Math.Truncate(x.Value), 0);

    public static Dual Round(Dual x) => Step(x, Math.Round(x.Value), 0.5);

    private static Dual Step(Dual x, double value, double at)
    {
        Watch.Turn(x.Value - at - Math.Round(x.Value - at), x.Scale);
        return Dual.One(value, x, 0);
    }
}
