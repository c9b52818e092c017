namespace AutoDiff;

public static partial class Ad
{
    public static partial class Special
    {
        /// <summary>The beta function B(x, y) = Γ(x) Γ(y) / Γ(x + y) of positive arguments. ∂B/∂x = B · (ψ(x) − ψ(x + y)).</summary>
        /// <remarks>
        /// Relative error at most 1e-14. NaN where an argument is negative, +∞ at 0. DLMF 5.12.1.
        /// </remarks>
        public static double Beta(double x, double y)
        {
            double large = Math.Max(x, y), small = Math.Min(x, y);
            if (!(small > 0) || double.IsPositiveInfinity(large))
                return Math.Exp(LogBeta(x, y));
            if (x + y > 8)
            {
                TwoDoubles logarithm = LogBetaPositive(small, large);
                return Math.Exp(logarithm.Head) * (1 + logarithm.Rest);
            }

            return Gamma(small) * (Gamma(large) / Gamma(x + y));
        }

        /// <inheritdoc cref="Beta(double, double)"/>
        public static float Beta(float x, float y) => (float)Beta((double)x, (double)y);

        /// <summary>log B(x, y) of positive arguments. Its derivative with respect to x is ψ(x) − ψ(x + y).</summary>
        /// <remarks>
        /// Relative error at most 1e-14, near the arguments where B is 1 too, as long as 1e-15 is left. Nothing cancels for large arguments: Stirling's series of the three gamma functions are put together first.
        /// DLMF 5.11.1, 5.12.1.
        /// </remarks>
        public static double LogBeta(double x, double y)
        {
            if (double.IsNaN(x) || double.IsNaN(y) || x < 0 || y < 0)
                return double.NaN;
            double small = Math.Min(x, y), large = Math.Max(x, y);
            if (small == 0)
                return double.PositiveInfinity;
            if (double.IsPositiveInfinity(large))
                return double.NegativeInfinity;
            if (small == 1 || large == 1)
                return -Math.Log(small == 1 ? large : small);
            double ratio = small / large;
            if (small >= 15)
            {
                double rest = StirlingRest(small) + StirlingRest(large) - StirlingRest(small + large);
                return -0.5 * Math.Log(large) + HalfLogTwoPi + rest + (small - 0.5) * Math.Log(ratio / (1 + ratio)) - large * LogOnePlus(ratio);
            }

            if (large >= 15)
            {
                double difference = -(large - 0.5) * LogOnePlus(ratio) - small * Math.Log(small + large) + small;
                return Sum(LogGamma(small), difference + StirlingRest(large) - StirlingRest(small + large));
            }

            return Sum(LogGamma(small), LogGamma(large) - LogGamma(small + large));

            // Terms of numbers up to 71 are summed here: where less than that is left, with twice the digits.
            double Sum(double first, double second) => Math.Abs(first + second) > 71 ? first + second : LogBetaPositive(small, large).Value;
        }

        /// <inheritdoc cref="LogBeta(double, double)"/>
        public static float LogBeta(float x, float y) => (float)LogBeta((double)x, (double)y);

        /// <summary>log Γ(x) − ((x − ½) log x − x + ½ log 2π) for x from 15 on.</summary>
        private static double StirlingRest(double x)
        {
            double inverse = 1 / x, square = inverse * inverse, sum = 0;
            for (int k = Stirling.Length - 1; k >= 0; k--)
                sum = sum * square + Stirling[k];
            return sum * inverse;
        }
    }
}
