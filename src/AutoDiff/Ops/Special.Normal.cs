namespace AutoDiff;

public static partial class Ad
{
    public static partial class Special
    {
        private const double InverseSqrtTwoPi = 0.39894228040143268;
        private const double SqrtHalf = 0.70710678118654752;

        /// <summary>
        /// The standard normal distribution function, ½ · erfc(−x/√2), accurate in both tails. Its derivative is exp(−x²/2) / √(2π).
        /// </summary>
        public static double NormalCdf(double x)
        {
            if (!(x < -0.5))
                return x > 0.5 ? 1 - NormalCdf(-x) : 0.5 + 0.5 * Erf(x * SqrtHalf);
            return x < -39 ? 0 : 0.5 * ExpMinusHalfSquare(x) * ScaledErfc(-x * SqrtHalf);
        }

        /// <inheritdoc cref="NormalCdf(double)"/>
        public static float NormalCdf(float x) => (float)NormalCdf((double)x);

        /// <summary>The inverse of <see cref="NormalCdf(double)"/>: −∞ at 0, +∞ at 1, NaN outside [0, 1].</summary>
        /// <remarks>
        /// Abramowitz and Stegun 26.2.23 (4.5e-4), then Halley steps on the distribution function, each of which cubes the error.
        /// </remarks>
        public static double NormalQuantile(double probability)
        {
            if (!(probability >= 0 && probability <= 1))
                return double.NaN;
            double fromHalf = probability - 0.5;
            if (Math.Abs(fromHalf) <= 0.19)
                return CentralQuantile(fromHalf);
            // The tail that holds the probability exactly: 1 − p is exact for p ≥ ½.
            bool upper = fromHalf > 0;
            double tail = upper ? 1 - probability : probability;
            double x = tail == 0 ? double.NegativeInfinity : TailQuantile(tail);
            return upper ? -x : x;
        }

        /// <inheritdoc cref="NormalQuantile(double)"/>
        public static float NormalQuantile(float probability) => (float)NormalQuantile((double)probability);

        private static double TailQuantile(double tail)
        {
            double t = Math.Sqrt(-2 * Math.Log(tail));
            double x = (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t;
            for (int step = 0; step < 3; step++)
            {
                // Φ / φ, of which both may underflow.
                double ratio = 0.5 * ScaledErfc(-x * SqrtHalf) / InverseSqrtTwoPi;
                double newton = ratio * (tail > 1e-290 ? LogOnePlus((NormalCdf(x) - tail) / tail) : LogCdf(x) - Math.Log(tail));
                x -= newton / (1 + 0.5 * newton * (x + 1 / ratio));
            }

            return x;
        }

        /// <summary>log Φ(x) in the tail, where Φ(x) itself is subnormal.</summary>
        private static double LogCdf(double x) => Math.Log(0.5 * ScaledErfc(-x * SqrtHalf)) - 0.5 * x * x;

        /// <summary>
        /// x with Φ(x) − ½ = <paramref name="fromHalf"/>, for the middle, where relative accuracy of x needs Φ − ½ itself.
        /// </summary>
        private static double CentralQuantile(double fromHalf)
        {
            double x = fromHalf / InverseSqrtTwoPi;
            for (int step = 0; step < 5; step++)
            {
                double newton = (0.5 * Erf(x * SqrtHalf) - fromHalf) / (InverseSqrtTwoPi * ExpMinusHalfSquare(x));
                x -= newton / (1 + 0.5 * x * newton);
            }

            return x;
        }

        private static double ExpMinusHalfSquare(double x)
        {
            double half = 0.5 * x * x;
            return Math.Exp(-half) * (1 - Math.FusedMultiplyAdd(0.5 * x, x, -half));
        }
    }
}
