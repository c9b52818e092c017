namespace AutoDiff;

public static partial class Ad
{
    public static partial class Special
    {
        private const double OneOverSqrtTwo = 0.70710678118654752;

        /// <summary>From here on the asymptotic expansion has more digits than a double.</summary>
        private const double Asymptotic = 25;

        /// <summary>From here on it has 32 digits; and up to the second number a double is told apart from its neighbours at a zero.</summary>
        private const double FarZeros = 40, LastZeros = 1e15;

        /// <summary>The Bessel function of the first kind J₀(x). Its derivative is −J₁(x).</summary>
        /// <remarks>
        /// Relative error at most 1e-14, at the zeros too; beyond 1e15 it is relative to the amplitude √(2/πx). DLMF 10.2.2, 10.12.4, 10.17.3.
        /// </remarks>
        public static double BesselJ0(double x) => BesselJ(0, x);

        /// <inheritdoc cref="BesselJ0(double)"/>
        public static float BesselJ0(float x) => (float)BesselJ(0, (double)x);

        /// <summary>The Bessel function of the first kind J₁(x). Its derivative is ½ · (J₀(x) − J₂(x)).</summary>
        /// <inheritdoc cref="BesselJ0(double)" path="/remarks"/>
        public static double BesselJ1(double x) => BesselJ(1, x);

        /// <inheritdoc cref="BesselJ1(double)"/>
        public static float BesselJ1(float x) => (float)BesselJ(1, (double)x);

        /// <summary>The Bessel function of the first kind of whole order, Jₙ(x). Its derivative is ½ · (Jₙ₋₁(x) − Jₙ₊₁(x)).</summary>
        /// <remarks>J₋ₙ(x) = Jₙ(−x) = (−1)ⁿ Jₙ(x). Relative error at most 1e-14; near the zeros of orders beyond 1 it is relative to the amplitude √(2/πx).</remarks>
        /// <param name="order">The order n.</param>
        /// <param name="x">The argument.</param>
        public static double BesselJ(int order, double x)
        {
            if (double.IsNaN(x))
                return x;
            bool isNegative = order % 2 != 0 && order < 0 != x < 0;
            int n = Math.Abs(order);
            x = Math.Abs(x);
            double value = double.IsPositiveInfinity(x) ? 0
                : n <= 1 && BesselNearZero(n, x) is double near ? near
                : 0.25 * x * x <= 0.5 * (n + 1) ? BesselSeries(n, x)
                : x < Asymptotic || n > x ? BesselDownward(n, x)
                : BesselUpward(n, x);
            return isNegative ? -value : value;
        }

        /// <inheritdoc cref="BesselJ(int, double)"/>
        public static float BesselJ(int order, float x) => (float)BesselJ(order, (double)x);

        /// <summary>(x/2)ⁿ Σ (−x²/4)ᵏ / (k! (n + k)!), whose terms fall from the first on.</summary>
        private static double BesselSeries(int order, double x)
        {
            double half = 0.5 * x, square = -half * half, first = 1;
            for (int k = 1; k <= order; k++)
                first *= half / k;
            double sum = 0, term = 1;
            for (int k = 1; Math.Abs(term) > 1e-18; k++)
            {
                sum += term;
                term *= square / (k * (double)(order + k));
            }

            return first * sum;
        }

        /// <summary>The recurrence Jₙ₋₁ = (2n/x) Jₙ − Jₙ₊₁ downwards from far above, scaled so that J₀ + 2 Σ J₂ₖ = 1 (Miller).</summary>
        private static double BesselDownward(int order, double x)
        {
            double top = Math.Max(order, x);
            int start = 2 * (int)((top + 20 + 10 * Math.Cbrt(top)) / 2);
            double above = 0, here = 1e-250, sum = 0, value = 0;
            for (int n = start; n > 0; n--)
            {
                if (n == order)
                    value = here;
                if (n % 2 == 0)
                    sum += 2 * here;
                (above, here) = (here, 2 * n / x * here - above);
                if (Math.Abs(here) <= 1e250)
                    continue;
                above *= 1e-250;
                here *= 1e-250;
                sum *= 1e-250;
                value *= 1e-250;
            }

            return (order == 0 ? here : value) / (sum + here);
        }

        /// <summary>J₀ and J₁ by Hankel's expansion, then the recurrence upwards, which is stable below the argument.</summary>
        private static double BesselUpward(int order, double x)
        {
            double below = Hankel(0, x), here = Hankel(1, x);
            if (order == 0)
                return below;
            for (int n = 1; n < order; n++)
                (below, here) = (here, 2 * n / x * here - below);
            return here;
        }

        /// <summary>√(2/πx) (P cos ω − Q sin ω), ω = x − nπ/2 − π/4.</summary>
        private static double Hankel(int order, double x)
        {
            double p = 1, q = 0, term = 1, four = 4.0 * order * order;
            for (int k = 1; Math.Abs(term) > 1e-18; k++)
            {
                term *= (four - (2 * k - 1.0) * (2 * k - 1)) / (8 * k * x);
                double signed = k % 4 is 0 or 1 ? term : -term;
                if (k % 2 == 0)
                    p += signed;
                else
                    q += signed;
            }

            (double sine, double cosine) = Math.SinCos(x);
            double sum = (sine + cosine) * OneOverSqrtTwo, difference = (sine - cosine) * OneOverSqrtTwo;
            double value = order == 0 ? p * sum - q * difference : p * difference + q * sum;
            return Math.Abs(value) < 0.25 && x is >= FarZeros and < LastZeros ? HankelNearZero(order, x) : Math.Sqrt(2 / (Math.PI * x)) * value;
        }
    }
}
