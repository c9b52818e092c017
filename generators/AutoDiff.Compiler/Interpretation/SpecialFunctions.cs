namespace AutoDiff.Compiler.Interpretation;

/// <summary>Scalar functions that the framework lacks, in double precision; plain series, chosen for certainty and not for speed.</summary>
public static class SpecialFunctions
{
    /// <summary>(2/√π) ∫₀ˣ exp(−t²) dt. The series (2/√π) exp(−x²) Σ 2ⁿ x²ⁿ⁺¹ / (2n+1)!! has positive terms only.</summary>
    public static double Erf(double x)
    {
        double magnitude = Math.Abs(x);
        if (double.IsNaN(x)) return x;
        if (magnitude > 2) return Math.Sign(x) * (1 - ErfcTail(magnitude));
        double term = x, sum = x;
        for (int n = 1; Math.Abs(term) > Math.Abs(sum) * 1e-18; n++) sum += term *= 2 * x * x / (2 * n + 1);
        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    /// <summary>1 − erf(x), without cancellation for large x.</summary>
    public static double Erfc(double x) => x > 2 ? ErfcTail(x) : x < -2 ? 2 - ErfcTail(-x) : 1 - Erf(x);

    /// <summary>The standard normal distribution function.</summary>
    public static double NormalCdf(double x) => 0.5 * Erfc(-x / Math.Sqrt(2));

    /// <summary>The standard normal density.</summary>
    public static double NormalDensity(double x) => Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI);

    /// <summary>log |Γ(x)|: Stirling's series above 15, the recurrence up to there, the reflection formula below ½.</summary>
    public static double LogGamma(double x)
    {
        if (double.IsNaN(x) || double.IsPositiveInfinity(x)) return x;
        if (x <= 0 && x == Math.Floor(x)) return double.PositiveInfinity;
        if (x < 0.5) return Math.Log(Math.PI / Math.Abs(Math.Sin(Math.PI * x))) - LogGamma(1 - x);
        double product = 1;
        for (; x < 15; x++) product *= x;
        double r = 1 / (x * x);
        double series = (1.0 / 12 + r * (-1.0 / 360 + r * (1.0 / 1260 + r * (-1.0 / 1680 + r * (1.0 / 1188 + r * (-691.0 / 360360)))))) / x;
        return (x - 0.5) * Math.Log(x) - x + 0.5 * Math.Log(2 * Math.PI) + series - Math.Log(product);
    }

    /// <summary>Γ(x), with the sign that log |Γ(x)| does not have.</summary>
    public static double Gamma(double x)
        => x > 0 ? Math.Exp(LogGamma(x)) : x == Math.Floor(x) ? double.NaN : Math.PI / (Math.Sin(Math.PI * x) * Gamma(1 - x));

    /// <summary>Where the standard normal distribution function has a value: Newton's method on log Φ, which is concave, from the left.</summary>
    public static double NormalQuantile(double probability)
    {
        if (!(probability > 0 && probability < 1)) return probability == 0 ? double.NegativeInfinity : probability == 1 ? double.PositiveInfinity : double.NaN;
        if (probability > 0.5) return -NormalQuantile(1 - probability);
        double x = -Math.Sqrt(-2 * Math.Log(probability));
        for (int k = 0; k < 100; k++)
        {
            double step = (Math.Log(NormalCdf(x)) - Math.Log(probability)) * NormalCdf(x) / NormalDensity(x);
            x -= step;
            if (Math.Abs(step) < 1e-15 * Math.Max(1, Math.Abs(x))) break;
        }

        return x;
    }

    /// <summary>ψ(x) = Γ′(x)/Γ(x).</summary>
    public static double Digamma(double x)
    {
        if (x <= 0 && x == Math.Floor(x)) return double.NaN;
        if (x < 0.5) return Digamma(1 - x) - Math.PI / Math.Tan(Math.PI * x);
        double sum = 0;
        for (; x < 15; x++) sum -= 1 / x;
        double r = 1 / (x * x);
        return sum + Math.Log(x) - 0.5 / x
            - r * (1.0 / 12 - r * (1.0 / 120 - r * (1.0 / 252 - r * (1.0 / 240 - r * (1.0 / 132 - r * (691.0 / 32760))))));
    }

    /// <summary>ψ′(x).</summary>
    public static double Trigamma(double x)
    {
        if (x <= 0 && x == Math.Floor(x)) return double.PositiveInfinity;
        if (x < 0.5) return Square(Math.PI / Math.Sin(Math.PI * x)) - Trigamma(1 - x);
        double sum = 0;
        for (; x < 15; x++) sum += 1 / (x * x);
        double r = 1 / (x * x);
        return sum + 1 / x + 0.5 * r
            + r / x * (1.0 / 6 - r * (1.0 / 30 - r * (1.0 / 42 - r * (1.0 / 30 - r * (5.0 / 66 - r * (691.0 / 2730))))));
    }

    /// <summary>ψ⁽ⁿ⁾(x) for positive x: (−1)ⁿ⁺¹ n! ζ(n + 1, x), whose sum is cut at 60 and finished by Euler and Maclaurin.</summary>
    public static double PolyGamma(int order, double x)
    {
        if (order == 1) return Trigamma(x);
        double sum = 0, exponent = order + 1, factorial = 1;
        for (; x < 60; x++) sum += Math.Pow(x, -exponent);
        sum += Math.Pow(x, 1 - exponent) / order + 0.5 * Math.Pow(x, -exponent) + exponent / 12 * Math.Pow(x, -exponent - 1)
            - exponent * (exponent + 1) * (exponent + 2) / 720 * Math.Pow(x, -exponent - 3);
        for (int k = 2; k <= order; k++) factorial *= k;
        return order % 2 == 1 ? factorial * sum : -factorial * sum;
    }

    /// <summary>Jₙ(x) = (1/π) ∫ cos(nτ − x sin τ) dτ from 0 to π. The rule of trapezoids is exact to the last digits for a periodic function.</summary>
    public static double BesselJ(int order, double x)
    {
        int steps = 64 + 2 * (int)(Math.Abs(x) + Math.Abs(order));
        double sum = 0;
        for (int k = 0; k < steps; k++)
        {
            double angle = 2 * Math.PI * k / steps;
            sum += Math.Cos(order * angle - x * Math.Sin(angle));
        }

        return sum / steps;
    }

    /// <summary>exp(x) − 1 by Kahan's correction of the rounding of exp(x).</summary>
    public static double ExpM1(double x)
    {
        double u = Math.Exp(x);
        return u == 1 ? x : u - 1 == -1 || double.IsInfinity(u) ? u - 1 : (u - 1) * x / Math.Log(u);
    }

    /// <summary>log(1 + x) by Kahan's correction of the rounding of 1 + x.</summary>
    public static double LogP1(double x)
    {
        double u = 1 + x;
        return u == 1 || double.IsPositiveInfinity(u) ? x : Math.Log(u) * x / (u - 1);
    }

    public static double Asinh(double x)
    {
        double a = Math.Abs(x);
        if (double.IsInfinity(a * a)) return Math.Sign(x) * (Math.Log(a) + Math.Log(2));
        double value = LogP1(a + a * a / (1 + Math.Sqrt(1 + a * a)));
        return x < 0 ? -value : x == 0 ? x : value;
    }

    public static double Acosh(double x) => double.IsInfinity(x * x) ? Math.Log(x) + Math.Log(2)
        : LogP1(x - 1 + Math.Sqrt((x - 1) * (x + 1)));

    public static double Atanh(double x) => 0.5 * (LogP1(x) - LogP1(-x));

    public static double Cbrt(double x)
    {
        if (x == 0 || double.IsNaN(x) || double.IsInfinity(x)) return x;
        double root = Math.Sign(x) * Math.Pow(Math.Abs(x), 1.0 / 3);
        return root - (root * root * root - x) / (3 * root * root);
    }

    public static double Hypot(double x, double y)
    {
        double a = Math.Max(Math.Abs(x), Math.Abs(y)), b = Math.Min(Math.Abs(x), Math.Abs(y));
        if (double.IsInfinity(x) || double.IsInfinity(y)) return double.PositiveInfinity;
        return a == 0 || double.IsNaN(a) ? a : a * Math.Sqrt(1 + b / a * (b / a));
    }

    public static double Sigmoid(double x)
    {
        double e = Math.Exp(-Math.Abs(x));
        return x >= 0 ? 1 / (1 + e) : e / (1 + e);
    }

    public static double Softplus(double x) => Math.Max(x, 0) + LogP1(Math.Exp(-Math.Abs(x)));

    /// <summary>a·b + c with one rounding, but for the last bit: the errors of product and sum are carried (Dekker, Knuth).</summary>
    public static double FusedMultiplyAdd(double a, double b, double c)
    {
        double product = a * b, sum = product + c;
        (double ah, double al) = Split(a);
        (double bh, double bl) = Split(b);
        double productError = ((ah * bh - product) + ah * bl + al * bh) + al * bl;
        double rest = sum - product;
        double sumError = (product - (sum - rest)) + (c - rest);
        double corrected = sum + (productError + sumError);
        return double.IsNaN(corrected) ? sum : corrected;
    }

    private static (double High, double Low) Split(double x)
    {
        double t = 134217729.0 * x, high = t - (t - x);
        return (high, x - high);
    }

    private static double Square(double x) => x * x;

    /// <summary>The continued fraction exp(−x²)/√π / (x + ½/(x + 1/(x + 3⁄2/(x + …)))), from the inside; x above 2.</summary>
    private static double ErfcTail(double x)
    {
        double fraction = x;
        for (int k = 120; k >= 1; k--) fraction = x + 0.5 * k / fraction;
        return Math.Exp(-x * x) / Math.Sqrt(Math.PI) / fraction;
    }
}
