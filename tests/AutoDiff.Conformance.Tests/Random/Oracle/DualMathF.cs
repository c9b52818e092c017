namespace AutoDiff.Conformance.Oracle;

/// <summary>What stands where a program says <c>MathF</c>.</summary>
public static class DualMathF
{
    public static DualF Sin(DualF x) => DualF.Rounded(DualMath.Sin(x), MathF.Sin(x.Value));

    public static DualF Cos(DualF x) => DualF.Rounded(DualMath.Cos(x), MathF.Cos(x.Value));

    public static DualF Tanh(DualF x) => DualF.Rounded(DualMath.Tanh(x), MathF.Tanh(x.Value));

    public static DualF Exp(DualF x) => DualF.Rounded(DualMath.Exp(x), MathF.Exp(x.Value));

    public static DualF Log(DualF x) => DualF.Rounded(DualMath.Log(x), MathF.Log(x.Value));

    public static DualF Sqrt(DualF x) => DualF.Rounded(DualMath.Sqrt(x), MathF.Sqrt(x.Value));

    public static DualF Abs(DualF x) => DualF.Rounded(DualMath.Abs(x), MathF.Abs(x.Value));

    public static DualF Max(DualF x, DualF y) => x > y ? x : y;

    public static DualF Min(DualF x, DualF y) => x < y ? x : y;
}
