namespace AutoDiff;

public static partial class Ad
{
    /// <summary>Special functions that <see cref="Math"/> lacks.</summary>
    /// <remarks>
    /// Relative error at most 1e-14 unless a function says otherwise; the <c>float</c> overloads round the <c>double</c> result.
    /// </remarks>
    public static partial class Special
    {
        /// <summary>log(1 + x), accurate also where 1 + x rounds to 1.</summary>
        /// <remarks>x · log(u) / (u − 1) with u = 1 + x rounded: the two errors cancel (Goldberg 1991, theorem 4).</remarks>
        public static double LogOnePlus(double x)
        {
            double u = 1 + x;
            if (u == 1)
                return x;
            return double.IsPositiveInfinity(u) ? u : Math.Log(u) * (x / (u - 1));
        }

        /// <inheritdoc cref="LogOnePlus(double)"/>
        public static float LogOnePlus(float x) => (float)LogOnePlus((double)x);

        /// <summary>eˣ − 1, accurate also near 0.</summary>
        /// <remarks>Below ½ in magnitude 2 · sinh(x/2) · e^(x/2), which has no cancellation.</remarks>
        public static double ExpMinusOne(double x)
            => Math.Abs(x) < 0.5 ? 2 * Math.Sinh(0.5 * x) * Math.Exp(0.5 * x) : Math.Exp(x) - 1;

        /// <inheritdoc cref="ExpMinusOne(double)"/>
        public static float ExpMinusOne(float x) => (float)ExpMinusOne((double)x);
    }
}
