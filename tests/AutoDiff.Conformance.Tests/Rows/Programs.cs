using System.Numerics;

namespace AutoDiff.Conformance;

/// <summary>Small programs as people write them who fit, simulate, price and control.</summary>
public static partial class Programs
{
    [Row("program_monte_carlo", 100.0, 0.2, 0.05, 1.0, 105.0, 20)]
    [Differentiable]
    public static double MonteCarlo(double spot, double volatility, double rate, double maturity, double strike, int paths)
    {
        ulong seed = 12345;
        double Next()
        {
            seed = unchecked(seed * 6364136223846793005UL + 1442695040888963407UL);
            return ((seed >> 11) + 0.5) / (1UL << 53);
        }

        double sum = 0;
        for (int p = 0; p < paths; p++)
        {
            double u = Next(), v = Next();
            double z = Math.Sqrt(-2 * Math.Log(u)) * Math.Cos(2 * Math.PI * v);
            double end = spot * Math.Exp((rate - 0.5 * volatility * volatility) * maturity + volatility * Math.Sqrt(maturity) * z);
            sum += Math.Max(end - strike, 0);
        }

        return Math.Exp(-rate * maturity) * sum / paths;
    }

    [Row("program_bouncing_ball", 2.0, 0.8, 9.81, 60)]
    [Differentiable]
    public static double Bounce(double height, double restitution, double g, int steps)
    {
        double y = height, v = 0, dt = 0.02;
        int bounces = 0;
        for (int i = 0; i < steps; i++)
        {
            (double k1y, double k1v) = (v, -g - 0.1 * v);
            (double k2y, double k2v) = (v + dt / 2 * k1v, -g - 0.1 * (v + dt / 2 * k1v));
            double nextY = y + dt / 2 * (k1y + k2y), nextV = v + dt / 2 * (k1v + k2v);
            if (nextY < 0)
            {
                double t = y / (y - nextY) * dt;
                v = -restitution * (v + t * k1v);
                y = 0;
                if (++bounces == 2) break;
                continue;
            }

            (y, v) = (nextY, nextV);
        }

        return y + 0.1 * v + bounces;
    }

    [Row("program_kalman_filter", new double[] { 1.1, 1.9, 3.2, 3.8, 5.1 }, 0.1, 0.5)]
    [Differentiable]
    public static double Kalman(ReadOnlySpan<double> observations, double q, double r)
    {
        double[,] p = { { 1, 0 }, { 0, 1 } }, f = { { 1, 1 }, { 0, 1 } };
        double[] x = [0, 1];
        double likelihood = 0;
        foreach (double z in observations)
        {
            x = [x[0] + x[1], x[1]];
            p = Sum(Product(Product(f, p), Transposed(f)), new double[,] { { q, 0 }, { 0, q } });
            double s = p[0, 0] + r, innovation = z - x[0];
            double[] gain = [p[0, 0] / s, p[1, 0] / s];
            for (int i = 0; i < 2; i++) x[i] += gain[i] * innovation;
            p = Product(new double[,] { { 1 - gain[0], 0 }, { -gain[1], 1 } }, p);
            likelihood -= 0.5 * (Math.Log(2 * Math.PI * s) + innovation * innovation / s);
        }

        return likelihood;
    }

    private static double[,] Product(double[,] a, double[,] b)
    {
        int n = a.GetLength(0), m = b.GetLength(1);
        var c = new double[n, m];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < m; j++)
                for (int k = 0; k < a.GetLength(1); k++) c[i, j] += a[i, k] * b[k, j];
        return c;
    }

    private static double[,] Transposed(double[,] a)
    {
        var t = new double[a.GetLength(1), a.GetLength(0)];
        for (int i = 0; i < a.GetLength(0); i++)
            for (int j = 0; j < a.GetLength(1); j++) t[j, i] = a[i, j];
        return t;
    }

    private static double[,] Sum(double[,] a, double[,] b)
    {
        var c = (double[,])a.Clone();
        for (int i = 0; i < a.GetLength(0); i++)
            for (int j = 0; j < a.GetLength(1); j++) c[i, j] += b[i, j];
        return c;
    }

    [Row("program_lu_with_pivoting", new double[] { 0.1, 2, 1, 3, 1, -1, 2, 5, 4 }, new double[] { 1, 2, 3 })]
    [Differentiable]
    public static double Solve(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        int n = b.Length;
        Span<double> lu = a.ToArray(), x = stackalloc double[3];
        int[] order = Enumerable.Range(0, n).ToArray();
        for (int k = 0; k < n; k++)
        {
            int pivot = k;
            double greatest = 0;
            for (int i = k; i < n; i++)
            {
                double v = Math.Abs(lu[i * n + k]);
                if (v > greatest) (greatest, pivot) = (v, i);
            }

            if (greatest < 1e-12) throw new InvalidOperationException("singular");
            if (pivot != k)
            {
                for (int j = 0; j < n; j++) (lu[pivot * n + j], lu[k * n + j]) = (lu[k * n + j], lu[pivot * n + j]);
                (order[pivot], order[k]) = (order[k], order[pivot]);
            }

            for (int i = k + 1; i < n; i++)
            {
                lu[i * n + k] /= lu[k * n + k];
                for (int j = k + 1; j < n; j++) lu[i * n + j] -= lu[i * n + k] * lu[k * n + j];
            }
        }

        for (int i = 0; i < n; i++)
        {
            x[i] = b[order[i]];
            for (int j = 0; j < i; j++) x[i] -= lu[i * n + j] * x[j];
        }

        for (int i = n - 1; i >= 0; i--)
        {
            for (int j = i + 1; j < n; j++) x[i] -= lu[i * n + j] * x[j];
            x[i] /= lu[i * n + i];
        }

        return x[0] + 2 * x[1] - x[2];
    }

    [Row("program_fft", new double[] { 1, 2, 0.5, -1, 3, 0, 1, 2 })]
    [Differentiable]
    public static double Fft(ReadOnlySpan<double> x)
    {
        int n = x.Length;
        var a = new Complex[n];
        for (int i = 0, j = 0; i < n; i++)
        {
            a[j] = new Complex(x[i], 0);
            int bit = n >> 1;
            for (; (j & bit) != 0; bit >>= 1) j ^= bit;
            j ^= bit;
        }

        for (int length = 2; length <= n; length <<= 1)
        {
            Complex root = Complex.FromPolarCoordinates(1, -2 * Math.PI / length);
            for (int i = 0; i < n; i += length)
            {
                Complex c = Complex.One;
                for (int k = 0; k < length / 2; k++)
                {
                    Complex u = a[i + k], v = a[i + k + length / 2] * c;
                    (a[i + k], a[i + k + length / 2]) = (u + v, u - v);
                    c *= root;
                }
            }
        }

        double power = 0;
        for (int i = 0; i < n; i++) power += (i + 1) * (a[i] * Complex.Conjugate(a[i])).Real + a[i].Magnitude * 0.1;
        return power;
    }
}
