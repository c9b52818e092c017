namespace AutoDiff;

public static partial class Ad
{
    public static partial class Special
    {
        // B₂ₖ / (2k)!, k = 1, 2, …
        private static readonly double[] BernoulliOverFactorial =
        [
            1.0 / 12, -1.0 / 720, 1.0 / 30240, -1.0 / 1209600, 1.0 / 47900160, -691.0 / 1307674368000, 1.0 / 74724249600, -3617.0 / 10670622842880000,
        ];

        /// <summary>The derivative of order n of the digamma function, ψ⁽ⁿ⁾(x): of order 0 that function itself, of order 1 the trigamma function.</summary>
        /// <remarks>Recurrence up to 15 + n, then DLMF 5.15.8; below 0 the reflection formula 5.15.6. At 0 and the negative integers +∞ for odd orders, else NaN.</remarks>
        /// <param name="order">The order, not negative.</param>
        /// <param name="x">The argument.</param>
        /// <exception cref="ArgumentOutOfRangeException"><paramref name="order"/> is negative.</exception>
        public static double PolyGamma(int order, double x)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(order);
            if (order == 0 || double.IsNaN(x))
                return order == 0 ? Digamma(x) : x;
            if (x <= 0)
            {
                if (x == Math.Floor(x))
                    return order % 2 == 1 ? double.PositiveInfinity : double.NaN;
                double reflected = PolyGamma(order, 1 - x);
                return (order % 2 == 0 ? reflected : -reflected) - Math.PI * CotangentDerivative(order, x);
            }

            double sum = 0;
            for (; x < 15 + order; x++)
                sum += Math.Pow(x, -order - 1);

            // (n − 1)!/xⁿ + n!/(2xⁿ⁺¹) + Σ B₂ₖ (2k + n − 1)!/((2k)! x²ᵏ⁺ⁿ), each divided by n!.
            double inverse = 1 / x, power = Math.Pow(x, -order), rising = order + 1;
            sum += power / order + 0.5 * power * inverse;
            for (int k = 1; k <= BernoulliOverFactorial.Length; k++)
            {
                power *= inverse * inverse;
                sum += BernoulliOverFactorial[k - 1] * rising * power;
                rising *= (order + 2 * k) * (double)(order + 2 * k + 1);
            }

            double factorial = 1;
            for (int k = 2; k <= order; k++)
                factorial *= k;
            return order % 2 == 1 ? factorial * sum : -factorial * sum;
        }

        /// <inheritdoc cref="PolyGamma(int, double)"/>
        public static float PolyGamma(int order, float x) => (float)PolyGamma(order, (double)x);

        /// <summary>The derivative of order n of cot πx: a polynomial in c = cot πx, since c′ = −π(1 + c²).</summary>
        private static double CotangentDerivative(int order, double x)
        {
            double[] polynomial = new double[order + 2];
            polynomial[1] = 1;
            for (int n = 0; n < order; n++)
            {
                double[] next = new double[order + 2];
                for (int k = 1; k <= n + 1; k++)
                {
                    next[k - 1] -= Math.PI * k * polynomial[k];
                    next[k + 1] -= Math.PI * k * polynomial[k];
                }

                polynomial = next;
            }

            double cotangent = CosPi(x) / SinPi(x), sum = 0;
            for (int k = order + 1; k >= 0; k--)
                sum = sum * cotangent + polynomial[k];
            return sum;
        }
    }
}
