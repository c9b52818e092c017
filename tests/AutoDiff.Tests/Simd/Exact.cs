namespace AutoDiff.Tests.Simd;

/// <summary>Elementary functions to about 100 bits, by series that have nothing in common with the library's polynomials.</summary>
internal static class Exact
{
    public static readonly DoubleDouble Ln2 = new(0.6931471805599453, 2.3190468138462996e-17);
    public static readonly DoubleDouble HalfPi = new(1.5707963267948966, 6.123233995736766e-17);

    public static DoubleDouble Exp(DoubleDouble x)
    {
        double k = Math.Round(x.High / Ln2.High);
        DoubleDouble r = DoubleDouble.Scale(x - Ln2 * k, -6);
        DoubleDouble sum = 0, term = 1;
        for (int i = 1; i <= 16; i++)
        {
            term = term * r / i;
            sum += term;
        }

        // (1 + s)² − 1 = 2s + s², six times: keeps the digits of eˣ − 1.
        for (int i = 0; i < 6; i++)
            sum = sum + sum + sum * sum;
        return DoubleDouble.Scale(sum + 1, (int)k);
    }

    public static DoubleDouble Expm1(DoubleDouble x)
    {
        if (Math.Abs(x.High) > 0.5)
            return Exp(x) - 1;
        DoubleDouble sum = 0, term = 1;
        for (int i = 1; i <= 26; i++)
        {
            term = term * x / i;
            sum += term;
        }

        return sum;
    }

    public static DoubleDouble Log(DoubleDouble x)
    {
        int e = Math.ILogB(x.High);
        DoubleDouble m = DoubleDouble.Scale(x, -e);
        if (m.High > 1.4142)
        {
            m *= 0.5;
            e++;
        }

        return Ln2 * e + Atanh2((m - 1) / (m + 1));
    }

    public static DoubleDouble Log1p(DoubleDouble x) =>
        Math.Abs(x.High) < 0.3 ? Atanh2(x / (x + 2)) : Log(x + 1);

    public static DoubleDouble Sin(DoubleDouble x) => SinCos(x, 0);

    public static DoubleDouble Cos(DoubleDouble x) => SinCos(x, 1);

    public static DoubleDouble Sinh(DoubleDouble x)
    {
        if (Math.Abs(x.High) < 1)
        {
            DoubleDouble e = Expm1(x);
            return (e + e / (e + 1)) * 0.5;
        }

        if (x.High < 0)
            return -Sinh(-x);
        DoubleDouble half = Exp(x - Ln2);
        return half - DoubleDouble.Scale(Exp(-x), -1);
    }

    public static DoubleDouble Cosh(DoubleDouble x) => x.High < 0 ? Cosh(-x) : Exp(x - Ln2) + DoubleDouble.Scale(Exp(-x), -1);

    public static DoubleDouble Tanh(DoubleDouble x)
    {
        if (Math.Abs(x.High) > 40)
            return Math.Sign(x.High);
        DoubleDouble e = Expm1(x + x);
        return e / (e + 2);
    }

    /// <summary>A step of Newton's method on tan, from the framework's value: 53 digits become 106.</summary>
    public static DoubleDouble Atan(DoubleDouble x)
    {
        if (Math.Abs(x.High) < 1e-9)
            return x - x * x * x / 3;
        if (Math.Abs(x.High) > 1e4)
            return HalfPi * Math.Sign(x.High) - Atan(1 / x);
        DoubleDouble y = Math.Atan(x.High);
        for (int i = 0; i < 2; i++)
        {
            DoubleDouble s = Sin(y), c = Cos(y);
            y -= (s - x * c) * c;
        }

        return y;
    }

    public static DoubleDouble Asin(DoubleDouble x)
    {
        if (Math.Abs(x.High) < 1e-9)
            return x + x * x * x / 6;
        if (Math.Abs(x.High) == 1)
            return HalfPi * x.High;
        return Atan(x / DoubleDouble.Sqrt((1 - x) * (1 + x)));
    }

    public static DoubleDouble Acos(DoubleDouble x) =>
        Math.Abs(x.High) > 0.5 && x.High > 0 ? Asin(DoubleDouble.Sqrt((1 - x) * 0.5)) * 2
        : x.High < -0.5 ? HalfPi * 2 - Asin(DoubleDouble.Sqrt((1 + x) * 0.5)) * 2
        : HalfPi - Asin(x);

    /// <summary>erf x = 2/√π · e⁻ˣ² · Σ 2ⁿ·x²ⁿ⁺¹ / (2n + 1)!!, whose terms are positive; from 3 on by erfc.</summary>
    public static DoubleDouble Erf(DoubleDouble x)
    {
        if (x.High < 0)
            return -Erf(-x);
        if (x.High > 3)
            return 1 - Erfc(x);
        DoubleDouble term = x, sum = x;
        for (int n = 1; n < 120; n++)
        {
            term = term * x * x * 2 / (2 * n + 1);
            sum += term;
        }

        return sum * Exp(-(x * x)) * 2 / DoubleDouble.Sqrt(HalfPi * 2);
    }

    /// <summary>Laplace's continued fraction from 2 on, 1 − erf x below.</summary>
    public static DoubleDouble Erfc(DoubleDouble x)
    {
        if (x.High < 2)
            return 1 - Erf(x);
        if (x.High > 40)
            return 0;
        DoubleDouble f = x;
        for (int n = 400; n >= 1; n--)
            f = x + 0.5 * (DoubleDouble)n / f;
        return Exp(-(x * x)) / (f * DoubleDouble.Sqrt(HalfPi * 2));
    }

    private static DoubleDouble Atanh2(DoubleDouble s)
    {
        DoubleDouble z = s * s, power = s, sum = 0;
        for (int n = 1; n < 60; n += 2)
        {
            sum += power / n;
            power *= z;
        }

        return sum * 2;
    }

    private static DoubleDouble SinCos(DoubleDouble x, int shift)
    {
        double k = Math.Round(x.High / HalfPi.High);
        DoubleDouble r = x - HalfPi * k + k * 1.4973849048591698e-33;
        int quadrant = (int)(((long)k + shift) & 3);
        DoubleDouble z = r * r, term = (quadrant & 1) == 0 ? r : 1, sum = term;
        for (int i = (quadrant & 1) == 0 ? 2 : 1; i < 34; i += 2)
        {
            term = -term * z / (i * (i + 1));
            sum += term;
        }

        return quadrant >= 2 ? -sum : sum;
    }
}
