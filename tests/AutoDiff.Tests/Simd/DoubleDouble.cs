namespace AutoDiff.Tests.Simd;

/// <summary>An unevaluated sum of two doubles, about 106 bits: the arithmetic of the test oracles.</summary>
internal readonly record struct DoubleDouble(double High, double Low)
{
    public static implicit operator DoubleDouble(double value) => new(value, 0);

    public static DoubleDouble operator +(DoubleDouble a, DoubleDouble b)
    {
        DoubleDouble s = Sum(a.High, b.High);
        DoubleDouble t = Sum(a.Low, b.Low);
        DoubleDouble u = Quick(s.High, s.Low + t.High);
        return Quick(u.High, u.Low + t.Low);
    }

    public static DoubleDouble operator -(DoubleDouble a) => new(-a.High, -a.Low);

    public static DoubleDouble operator -(DoubleDouble a, DoubleDouble b) => a + -b;

    public static DoubleDouble operator *(DoubleDouble a, DoubleDouble b)
    {
        double p = a.High * b.High;
        double e = Math.FusedMultiplyAdd(a.High, b.High, -p) + (a.High * b.Low + a.Low * b.High);
        return Quick(p, e);
    }

    public static DoubleDouble operator /(DoubleDouble a, DoubleDouble b)
    {
        double q1 = a.High / b.High;
        DoubleDouble r = a - b * q1;
        double q2 = r.High / b.High;
        r -= b * q2;
        return Quick(q1, q2) + r.High / b.High;
    }

    public static DoubleDouble Scale(DoubleDouble a, int exponent) =>
        new(Math.ScaleB(a.High, exponent), Math.ScaleB(a.Low, exponent));

    public static DoubleDouble Sqrt(DoubleDouble a)
    {
        if (a.High == 0)
            return 0;
        DoubleDouble r = Math.Sqrt(a.High);
        r = (r + a / r) * 0.5;
        return (r + a / r) * 0.5;
    }

    private static DoubleDouble Sum(double a, double b)
    {
        double s = a + b;
        double c = s - a;
        return new(s, (a - (s - c)) + (b - c));
    }

    private static DoubleDouble Quick(double a, double b)
    {
        double s = a + b;
        return double.IsFinite(s) ? new(s, b - (s - a)) : new(s, 0);
    }
}
