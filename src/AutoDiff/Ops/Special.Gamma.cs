namespace AutoDiff;

public static partial class Ad
{
    public static partial class Special
    {
        private const double EulerGamma = 0.57721566490153286;
        private const double HalfLogTwoPi = 0.91893853320467274;

        // ζ(k) − 1 for k = 2, 3, …
        private static readonly double[] ZetaMinusOne =
        [
            0.6449340668482264, 0.2020569031595943, 0.08232323371113819, 0.03692775514336993,
            0.01734306198444914, 0.008349277381922827, 0.00407735619794434, 0.0020083928260822143,
            0.0009945751278180853, 0.0004941886041194645, 0.0002460865533080483, 0.00012271334757848915,
            6.124813505870483e-05, 3.058823630702049e-05, 1.528225940865187e-05, 7.637197637899763e-06,
            3.81729326499984e-06, 1.908212716553939e-06, 9.539620338727962e-07, 4.769329867878064e-07,
            2.38450502727733e-07, 1.1921992596531106e-07, 5.960818905125948e-08, 2.980350351465228e-08,
            1.4901554828365043e-08, 7.45071178983543e-09, 3.725334024788457e-09, 1.862659723513049e-09,
            9.313274324196682e-10, 4.656629065033784e-10, 2.3283118336765053e-10, 1.164155017270052e-10,
            5.820772087902701e-11, 2.9103850444971e-11, 1.4551921891041985e-11, 7.275959835057482e-12,
            3.637979547378651e-12, 1.818989650307066e-12, 9.094947840263888e-13, 4.547473783042154e-13,
        ];

        // B₂ₖ / (2k (2k − 1)), k = 1, 2, …: Stirling's series.
        private static readonly double[] Stirling =
            [1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156, -3617.0 / 122400];

        // B₂ₖ / 2k, k = 1, 2, …: the asymptotic series of the digamma function.
        private static readonly double[] DigammaSeries =
            [1.0 / 12, -1.0 / 120, 1.0 / 252, -1.0 / 240, 1.0 / 132, -691.0 / 32760, 1.0 / 12, -3617.0 / 8160];

        /// <summary>log |Γ(x)|. Its derivative is <see cref="Digamma(double)"/>.</summary>
        /// <remarks>
        /// +∞ at 0, at the negative integers and at ±∞. Relative error at most 1e-14, at the zeros too: 1, 2, and two between neighbouring
        /// integers below −2. DLMF 5.7.3, 5.11.1, 5.5.3.
        /// </remarks>
        public static double LogGamma(double x)
        {
            if (double.IsNaN(x))
                return x;
            if (x <= 0)
            {
                if (x == Math.Floor(x))
                    return double.PositiveInfinity;
                double above = LogGamma(1 - x), value = Math.Log(Math.PI / Math.Abs(SinPi(x))) - above;
                return x < -2 && Math.Abs(value) < 0.25 * (1 + above) ? LogGammaReflected(x) : value;
            }

            if (x < 0.5)
                return LogGammaOnePlus(x) - Math.Log(x);
            if (x < 1.5)
                return LogGammaOnePlus(x - 1);
            if (x < 2.5)
                return LogGammaTwoPlus(x - 2);
            if (x < 15)
            {
                double product = 1;
                for (; x >= 2.5; x--)
                    product *= x - 1;
                return LogGammaTwoPlus(x - 2) + Math.Log(product);
            }

            if (x > 1e306)
                return double.PositiveInfinity;
            double inverse = 1 / x, square = inverse * inverse, sum = 0;
            for (int k = Stirling.Length - 1; k >= 0; k--)
                sum = sum * square + Stirling[k];
            return (x - 0.5) * Math.Log(x) - x + HalfLogTwoPi + sum * inverse;
        }

        /// <inheritdoc cref="LogGamma(double)"/>
        public static float LogGamma(float x) => (float)LogGamma((double)x);

        /// <summary>The gamma function Γ(x); its derivative is Γ(x) · ψ(x). NaN at the negative integers, ±∞ at ±0.</summary>
        public static double Gamma(double x)
        {
            if (x == 0)
                return 1 / x;
            if (x < 0)
                return x == Math.Floor(x) ? double.NaN : GammaReflected(x);
            if (x > 171.7)
                return double.PositiveInfinity;
            double product = 1;
            for (; x >= 2.5; x--)
                product *= x - 1;
            return x < 0.5 ? Math.Exp(LogGammaOnePlus(x)) / x
                : product * Math.Exp(x < 1.5 ? LogGammaOnePlus(x - 1) : LogGammaTwoPlus(x - 2));
        }

        /// <inheritdoc cref="Gamma(double)"/>
        public static float Gamma(float x) => (float)Gamma((double)x);

        /// <summary>ψ(x), the derivative of log Γ(x). NaN at 0 and at the negative integers.</summary>
        /// <remarks>Recurrence up to 10, then DLMF 5.11.2. Relative error at most 1e-14, also at the zeros, one between any two neighbouring integers below 0.</remarks>
        public static double Digamma(double x)
        {
            if (x <= 0)
            {
                if (x == Math.Floor(x))
                    return double.NaN;
                double above = Digamma(1 - x), value = above - Math.PI * CosPi(x) / SinPi(x);
                return Math.Abs(value) < 0.25 * (1 + above) ? DigammaReflected(x) : value;
            }

            if (DigammaNearZero(x) is double near)
                return near;
            double shift = 0;
            for (; x < 10; x++)
                shift += 1 / x;
            double square = 1 / (x * x), sum = 0;
            for (int k = DigammaSeries.Length - 1; k >= 0; k--)
                sum = sum * square + DigammaSeries[k];
            return Math.Log(x) - 0.5 / x - sum * square - shift;
        }

        /// <inheritdoc cref="Digamma(double)"/>
        public static float Digamma(float x) => (float)Digamma((double)x);

        /// <summary>log Γ(1 + z) for |z| ≤ ½.</summary>
        private static double LogGammaOnePlus(double z)
            // The term −z + z of the two parts is taken out first, so that z → 0 loses nothing: log Γ(1 + z) = −γz + O(z²).
            => -EulerGamma * z + (z - LogOnePlus(z)) + ZetaSum(z);

        /// <summary>log Γ(2 + z) = (1 − γ) z + Σ (−1)ᵏ (ζ(k) − 1) zᵏ / k for |z| ≤ ½.</summary>
        private static double LogGammaTwoPlus(double z) => (1 - EulerGamma) * z + ZetaSum(z);

        private static double ZetaSum(double z)
        {
            double sum = 0;
            for (int k = ZetaMinusOne.Length + 1; k >= 2; k--)
                sum = (sum * -z) + ZetaMinusOne[k - 2] / k;
            return sum * z * z;
        }

        private static double GammaReflected(double x)
        {
            double sine = SinPi(x);
            double above = 1 - x;
            // Γ(1 − x) overflows before Γ(x) underflows: half of it on each side.
            if (above >= 171)
            {
                TwoDoubles logarithm = LogGammaPositive(TwoDoubles.Sum(1, -x));
                return Math.PI / sine * Math.Exp(-logarithm.Head) * (1 - logarithm.Rest);
            }

            // What 1 − x loses when it is rounded, Γ changes by ψ times as much.
            double rest = TwoDoubles.Sum(1, -x).Rest;
            return Math.PI / (sine * Gamma(above) * (1 + rest * Digamma(above)));
        }

        // The argument is reduced before it is multiplied by π: exact for any magnitude.
        private static double SinPi(double x) => double.SinPi(x);

        private static double CosPi(double x) => double.CosPi(x);
    }
}
