namespace AutoDiff;

public static partial class Ad
{
    public static partial class Special
    {
        // The same functions with twice the digits, for arguments at which their terms cancel.

        /// <summary>From here on the series in 1/x have 32 digits with the Bernoulli numbers below.</summary>
        private const double FarOut = 20;

        // B₂ₖ, k = 1, 2, …: numerators and denominators are exact.
        private static readonly (double Over, double Under)[] Bernoulli =
        [
            (1, 6), (-1, 30), (1, 42), (-1, 30), (5, 66), (-691, 2730), (7, 6), (-3617, 510), (43867, 798), (-174611, 330),
            (854513, 138), (-236364091, 2730), (8553103, 6), (-23749461029, 870), (8615841276005, 14322),
        ];

        private static TwoDoubles PreciseHalfLogTwoPi => new(0.9189385332046728, -3.8782941580672414e-17);

        /// <summary>log |Γ(x)| of a negative x that is not whole: log(π / |sin πx|) − log Γ(1 − x).</summary>
        private static double LogGammaReflected(double x)
        {
            TwoDoubles sine = TwoDoubles.SinCos(TwoDoubles.Pi * Math.Abs(x - Math.Round(x))).Sine;
            (TwoDoubles far, TwoDoubles product) = Raise(TwoDoubles.Sum(1, -x));
            return (TwoDoubles.Log(TwoDoubles.Pi * product / sine) - LogGammaFar(far)).Value;
        }

        /// <summary>ψ(x) of a negative x that is not whole: ψ(1 − x) − π cot πx.</summary>
        private static double DigammaReflected(double x)
        {
            (TwoDoubles sine, TwoDoubles cosine) = TwoDoubles.SinCos(TwoDoubles.Pi * (x - Math.Round(x)));
            return (DigammaPositive(TwoDoubles.Sum(1, -x)) - TwoDoubles.Pi * cosine / sine).Value;
        }

        /// <summary>log B(x, y) of positive arguments.</summary>
        private static TwoDoubles LogBetaPositive(double small, double large)
        {
            TwoDoubles sum = TwoDoubles.Sum(large, small);
            if (large < FarOut)
                return LogGammaPositive(small) + (LogGammaPositive(large) - LogGammaPositive(sum));
            TwoDoubles ratio = (TwoDoubles)small / large, half = TwoDoubles.Sum(large, -0.5);
            TwoDoubles difference = small - half * TwoDoubles.LogOnePlus(ratio) - TwoDoubles.Log(sum) * small;
            return LogGammaPositive(small) + (difference + (PreciseStirlingRest(large) - PreciseStirlingRest(sum)));
        }

        private static TwoDoubles LogGammaPositive(TwoDoubles x)
        {
            (TwoDoubles far, TwoDoubles product) = Raise(x);
            return LogGammaFar(far) - TwoDoubles.Log(product);
        }

        private static TwoDoubles LogGammaFar(TwoDoubles x)
            => PreciseHalfLogTwoPi + PreciseStirlingRest(x) - 0.5 + (x - 0.5) * (TwoDoubles.Log(x) - 1);

        /// <summary>x + n far out, and Γ(x + n) / Γ(x).</summary>
        private static (TwoDoubles Far, TwoDoubles Product) Raise(TwoDoubles x)
        {
            TwoDoubles product = 1;
            for (; x.Head < FarOut; x += 1)
                product *= x;
            return (x, product);
        }

        private static TwoDoubles DigammaPositive(TwoDoubles x)
        {
            TwoDoubles shift = 0;
            for (; x.Head < FarOut; x += 1)
                shift += 1 / x;
            TwoDoubles square = 1 / (x * x), sum = 0;
            for (int k = Bernoulli.Length; k >= 1; k--)
                sum = (sum + Coefficient(k) / (2 * k)) * square;
            return TwoDoubles.Log(x) - 0.5 / x - sum - shift;
        }

        /// <summary>Σ B₂ₖ / (2k (2k − 1) x²ᵏ⁻¹).</summary>
        private static TwoDoubles PreciseStirlingRest(TwoDoubles x)
        {
            TwoDoubles inverse = 1 / x, square = inverse * inverse, sum = 0;
            for (int k = Bernoulli.Length; k >= 1; k--)
                sum = sum * square + Coefficient(k) / (2 * k * (2 * k - 1));
            return sum * inverse;
        }

        private static TwoDoubles Coefficient(int k) => (TwoDoubles)Bernoulli[k - 1].Over / Bernoulli[k - 1].Under;

        /// <summary>√(2/πx) (P cos ω − Q sin ω) near a zero, for arguments that are still told apart from their neighbours there.</summary>
        private static double HankelNearZero(int order, double x)
        {
            TwoDoubles p = 1, q = 0, term = 1, eight = TwoDoubles.Product(8, x);
            for (int k = 1; Math.Abs(term.Head) > 1e-33; k++)
            {
                term = term * (4.0 * order * order - (2 * k - 1.0) * (2 * k - 1)) / (eight * k);
                TwoDoubles signed = k % 4 is 0 or 1 ? term : -term;
                if (k % 2 == 0)
                    p += signed;
                else
                    q += signed;
            }

            // ω − mπ, with π in three parts of 53 bits; the sign of the result is that of (−1)ᵐ.
            double m = Math.Round(x / Math.PI - 0.5 * order - 0.25), turns = m + 0.5 * order + 0.25;
            TwoDoubles omega = x - TwoDoubles.Product(turns, Math.PI) - TwoDoubles.Product(turns, TwoDoubles.Pi.Rest)
                - TwoDoubles.Product(turns, -2.9947698097183397e-33);
            (TwoDoubles sine, TwoDoubles cosine) = TwoDoubles.SinCos(omega);
            double value = Math.Sqrt(2 / (Math.PI * x)) * (p * cosine - q * sine).Value;
            return m % 2 == 0 ? value : -value;
        }
    }
}
