namespace AutoDiff.Generators.Tests.Scalars;

/// <summary>Bodies of methods of x and y, each with loops of one kind, and whether all of them run in vector lanes.</summary>
internal static class LanePrograms
{
    public static readonly (string Name, string Body, bool InLanes)[] All =
    [
        ("Dot", "double s = 1; for (int i = 0; i < x.Length; i++) s += x[i] * y[i]; return s * s;", true),
        ("Difference", "double s = 1; for (int i = 0; i < x.Length; i++) s -= x[i] * y[i] * i; return s;", true),
        ("Functions", "double s = 0; for (int i = 0; i < x.Length; i++) s += Math.Exp(0.3 * x[i]) * Math.Sin(y[i]) + Math.Tanh(x[i] - y[i]); return s;", true),
        ("Mask", "double s = 0; for (int i = 0; i < x.Length; i++) { double v = y[i]; if (x[i] > 0.1) s += Math.Sqrt(x[i]) * v; else s -= v * v; } return s;", true),
        ("MaskedStore", """
            Span<double> a = new double[x.Length];
            for (int i = 0; i < x.Length; i++) { a[i] = y[i]; if (x[i] * y[i] > 0) a[i] = x[i] * y[i]; }
            double s = 0;
            for (int i = 0; i < a.Length; i++) s += a[i] * a[i];
            return s;
            """, true),
        ("Choice", "double s = 0; for (int i = 0; i < x.Length; i++) { int sign = x[i] > 0 ? 1 : x[i] < -0.5 ? -1 : 0; s += sign * y[i] * x[i]; } return s;", true),
        ("Downward", "double s = 0; for (int i = x.Length - 1; i >= 0; i--) s += Math.Cos(x[i]) * y[i]; return s;", true),
        ("Against", "double s = 0; for (int i = 0; i < x.Length; i++) s += x[i] * y[x.Length - 1 - i]; return s;", true),
        ("Strided", "double s = 0; for (int i = 0; i < x.Length / 2; i++) s += x[i] * y[2 * i + 1]; return s;", true),
        ("Shifted", """
            Span<double> a = new double[x.Length + 2];
            for (int i = 0; i < x.Length; i++) a[i + 1] = x[i] * y[i];
            double s = 0;
            for (int i = 0; i < x.Length; i++) s += a[i] * a[i + 2] + a[i + 1];
            return s;
            """, true),
        ("Overwritten", """
            Span<double> a = new double[x.Length];
            for (int k = 0; k < 3; k++)
                for (int i = 0; i < x.Length; i++) a[i] = a[i] * x[i] + y[i];
            double s = 0;
            for (int i = 0; i < a.Length; i++) s += a[i];
            return s;
            """, true),
        ("Halves", """
            Span<double> a = new double[2 * x.Length];
            for (int i = 0; i < x.Length; i++) { a[i] = x[i]; a[x.Length + i] = y[i] * x[i]; }
            double s = 0;
            for (int i = 0; i < x.Length; i++) s += a[i] * a[x.Length + i];
            return s;
            """, true),
        ("Views", """
            Span<double> a = new double[2 * x.Length];
            Span<double> left = a.Slice(0, x.Length), right = a.Slice(x.Length, x.Length);
            for (int i = 0; i < x.Length; i++) { left[i] = x[i] * x[i]; right[i] = left[i] * y[i]; }
            double s = 0;
            for (int i = 0; i < a.Length; i++) s += a[i];
            return s;
            """, true),
        ("Triangular", """
            double s = 0;
            for (int i = 0; i < x.Length; i++)
                for (int j = i + 1; j < x.Length; j++) s += 0.1 * x[i] * x[j] * y[j];
            return s;
            """, true),
        ("Rows", """
            double s = 0;
            for (int i = 0; i < 3; i++)
            {
                Span<double> row = new double[x.Length];
                for (int j = 0; j < x.Length; j++) row[j] = x[j] * (i + 1) - y[i % Math.Max(1, y.Length)];
                double norm = 0;
                for (int j = 0; j < row.Length; j++) norm += row[j] * row[j];
                s += norm;
            }
            return s;
            """, true),
        ("Polynomial", """
            double s = 0;
            for (int i = 0; i < 9; i++)
            {
                double t = -1 + 0.25 * i, power = 1, residual = t;
                for (int j = 0; j < x.Length; j++) { residual -= 0.2 * x[j] * y[j] * power; power *= t; }
                s += residual * residual;
            }
            return s;
            """, true),
        ("Greatest", "double m = -10; for (int i = 0; i < x.Length; i++) m = Math.Max(m, x[i] * y[i]); return m * m;", true),
        ("TwoSums", "double s = 0, t = 1; for (int i = 0; i < x.Length; i++) { s += x[i]; t += y[i] * y[i]; } return s / t;", true),
        ("Nearest", """
            Span<int> nearest = new int[x.Length];
            for (int i = 0; i < nearest.Length; i++)
            {
                double least = double.PositiveInfinity;
                int best = -1;
                for (int k = 0; k < 3; k++)
                {
                    double distance = (x[i] - 0.3 * k) * (x[i] - 0.3 * k);
                    if (distance < least) { least = distance; best = k; }
                }

                if (y[i] > -0.3) nearest[i] = best;
            }

            double s = 0;
            for (int i = 0; i < x.Length; i++) s += (x[i] - 0.3 * nearest[i]) * (x[i] - 0.3 * nearest[i]) * y[i];
            return s;
            """, true),
        ("Blocks", """
            double s = 0;
            for (int block = 0; block < 3; block++)
            {
                int size = (x.Length + 2) / 3, first = Math.Min(block * size, x.Length), count = Math.Min(size, x.Length - first);
                for (int k = 0; k < 3; k++)
                {
                    Span<double> row = new double[count];
                    for (int j = 0; j < count; j++) row[j] += x[first + j] * (k + 1);
                    for (int j = 0; j < count; j++) s += row[j] * row[j] * y[first + j];
                }
            }

            return s;
            """, true),
        ("Steps", """
            Span<double> u = new double[x.Length + 1], v = new double[x.Length + 1];
            for (int i = 0; i < x.Length; i++) u[i + 1] = y[i];
            u[0] = 1;
            double damping = 1;
            for (int step = 0; step < 4; step++)
            {
                v[0] = 1;
                for (int i = 0; i < x.Length; i++) v[i + 1] = u[i + 1] + 0.1 * damping * x[i] * u[i];
                for (int i = 0; i < x.Length; i++) u[i + 1] = 0.5 * u[i + 1] + 0.3 * x[i] * v[i] * v[i + 1];
                damping *= 0.9 - 0.1 * u[0];
            }

            double s = 0;
            for (int i = 0; i < u.Length; i++) s += u[i] * u[i];
            return s;
            """, true),
        ("ChangedLater", """
            Span<double> a = new double[x.Length], b = new double[x.Length];
            for (int i = 0; i < x.Length; i++) a[i] = x[i] * y[i];
            for (int step = 0; step < 3; step++)
                for (int i = 0; i < x.Length; i++) b[i] += a[i] * a[i] * (step + 1);
            for (int i = 0; i < x.Length; i++) a[i] *= 2 * a[i];
            double s = 0;
            for (int i = 0; i < a.Length; i++) s += a[i] * b[i];
            return s;
            """, true),
        ("Countdown", """
            Span<double> u = new double[x.Length];
            for (int i = 0; i < x.Length; i++) u[i] = y[i];
            for (int step = 3; step > 0; step--)
            {
                Span<double> half = u.Slice(0, u.Length / 2);
                for (int i = 0; i < half.Length; i++) half[i] += 0.1 * step * half[i] * half[i] * x[i];
                for (int i = 0; i < u.Length; i++) u[i] *= 1 + 0.2 * x[i] * u[i];
            }

            double s = 0;
            for (int i = 0; i < u.Length; i++) s += u[i] * u[i];
            return s;
            """, true),
        ("Variation", "double s = 0, before = 0.3; for (int i = 0; i < x.Length; i++) { s += (x[i] - before) * (x[i] - before) * y[i]; before = x[i]; } return s;", true),
        ("Chain", """
            double s = 0, one = 0.5, two = 0.25, three = -0.5;
            for (int i = 0; i < x.Length; i++)
            {
                s += Math.Exp(0.1 * three) * x[i];
                three = two * y[i];
                two = one + x[i];
                one = x[i] * y[i];
            }

            return s + one * two * three;
            """, true),
        ("Handed", """
            double s = 0, a = 1, b = 2;
            for (int i = 0; i < x.Length; i++) { s += a * x[i] - b * y[i]; b = a; a = 0.5 * y[i]; }
            return s + a * b;
            """, true),
        ("Downhill", """
            double s = 0, behind = 0.7;
            for (int i = x.Length - 1; i >= 0; i--) { s += behind * x[i] * x[i]; behind = y[i] + x[i]; }
            return s * behind;
            """, true),
        ("Constant", "double s = 0, weight = 2; for (int i = 0; i < x.Length; i++) { s += weight * x[i] * y[i]; weight = 1; } return s;", true),
        ("Taken", """
            double s = 0, before = 0.1;
            for (int i = 0; i < x.Length; i++)
            {
                double v = y[i];
                if (x[i] > before) s += (x[i] - before) * v;
                else s -= 0.5 * before;
                before = x[i] * 0.9;
            }

            return s;
            """, true),
        ("Waves", """
            Span<double> u = new double[x.Length];
            for (int i = 0; i < u.Length; i++) u[i] = y[i];
            for (int step = 0; step < 3; step++)
            {
                double left = 1, flow = 0;
                for (int i = 0; i < u.Length; i++)
                {
                    double here = u[i], change = x[i] * (here - left);
                    u[i] = here - 0.3 * (change - flow * here);
                    flow = change;
                    left = here;
                }
            }

            double s = 0;
            for (int i = 0; i < u.Length; i++) s += u[i] * u[i];
            return s;
            """, true),
        ("Long", """
            double s = 0, t = 1;
            for (int i = 0; i < x.Length; i++)
            {
                double a = Math.Exp(0.3 * x[i]), b = Math.Exp(-y[i] * y[i]), c = Math.Exp(a * b - 1), d = x[i] * y[i] - a;
                double e = a * b + c * d - x[i], f = e * e - a * c + y[i] * d, g = f * 0.1 + e * b - c * c, h = g * a - f * b + e * d;
                s += h * f + g * g * x[i] - a * d * y[i] + b * c;
                t -= e * f * 0.01 + h;
            }
            return s - t;
            """, true),
        ("LongShared", """
            if (x.Length == 0) return 0;
            double s = 0;
            for (int i = 0; i < x.Length; i++)
            {
                double w = y[0], a = Math.Exp(0.3 * x[i] * w), b = Math.Exp(-y[i] * w), c = Math.Exp(0.1 * a * b - 1), d = x[i] * w - a;
                double e = a * b + c * d - w, f = e * 0.1 - a * c + y[i] * d, g = f * 0.1 + e * b - c * c;
                s += w * f + g * 0.1 * x[i] - a * d * y[i] + b * c;
            }
            return s;
            """, true),
        ("LongDescent", """
            double s = 0, one = 0.5, two = 0.25;
            for (int i = x.Length - 1; i >= 0; i--)
            {
                double a = Math.Exp(0.3 * x[i] * two), b = Math.Exp(-y[i] * one), c = Math.Exp(0.1 * a * b - 1), d = x[i] * two - a;
                double e = a * b + c * d - one, f = e * 0.1 - a * c + y[i] * d, g = f * 0.1 + e * b - c * c;
                s += f + g * 0.1 * x[i] - a * d * y[i] + b * c;
                two = one + 0.1 * y[i];
                one = x[i] * y[i];
            }
            return s + one * two;
            """, true),
        ("Overtaken", """
            Span<double> u = new double[x.Length + 1];
            double s = 0, before = 1;
            for (int i = 0; i < x.Length; i++) { double v = u[i]; u[i] = v + before * y[i]; before = u[i] * x[i]; s += before; }
            return s;
            """, false),
        ("Circle", "double s = 0, a = 1, b = 0.5; for (int i = 0; i < x.Length; i++) { s += a * x[i]; double t = a; a = b + y[i]; b = 0.5 * t; } return s;", false),
        ("Prefix", "double s = 0, t = 0; for (int i = 0; i < x.Length; i++) { s = 0.5 * s + x[i]; t += s * y[i]; } return t;", false),
    ];
}
