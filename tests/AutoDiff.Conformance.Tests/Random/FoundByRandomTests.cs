namespace AutoDiff.Conformance.RandomPrograms;

/// <summary>What random programs have found, each made as small as it can be.</summary>
public class FoundByRandomTests
{
    [Theory]
    [InlineData("an out parameter whose value the backward half takes back", """
        public static partial class Case
        {
            [Differentiable]
            public static double F(double x3, out double o1)
            {
                o1 = (x3 / (2 + Math.Cos(x3)));
                return x3;
            }
        }
        """)]
    [InlineData("a reference that a later argument changes", """
        public static partial class Case
        {
            [Differentiable]
            public static void H(ref double x, double y)
            {
                x = Math.Tanh(x) + y;
            }
            [Differentiable]
            public static double F(double x3)
            {
                H(ref x3, (x3 = 0.5));
                return x3;
            }
        }
        """)]
    [InlineData("a call whose only result is an element passed by reference", """
        public static partial class Case
        {
            [Differentiable]
            public static void H(ref double x, double y)
            {
                y = 0.5;
                (y, x) = (x, y);
                x = Math.Tanh(x) + y;
            }
            [Differentiable]
            public static double F(double x2, double x1, Span<double> w5)
            {
                H(ref w5[1], x1);
                return x2;
            }
        }
        """)]
    [InlineData("a result of a call that is dropped, in a variable that is used again", """
        public static partial class Case
        {
            [Differentiable]
            public static double H(ReadOnlySpan<double> a, int n)
            {
                double v = 0.916;
                v -= v + v - a[1] * v;
                for (int i = 0; i < n; i++) v *= a[i % 2];
                return v;
            }
            [Differentiable]
            public static double F(double x1, int n1, ReadOnlySpan<double> s5, ref double r1)
            {
                (r1, x1) = (x1, r1);
                for (int i = 3; i >= 0; i--)
                {
                    if (n1 >= 3) r1 = Math.Asin(0.8 * Math.Sin(x1));
                    x1 -= r1 * s5[i];
                    if (s5.Length % 2 == 1) break;
                }
                r1 *= Math.Acos(0.8 * Math.Cos(s5[1]));
                double y = x1 + r1;
                x1 = H(s5, n1);
                return y;
            }
        }
        """)]
    [InlineData("an exchange in one arm, the first of the two in the other", """
        public static partial class Case
        {
            [Differentiable]
            public static double F(double x1, int n3, out double o1)
            {
                o1 = x1 + x1;
                switch (n3 % 4)
                {
                    case 0:
                    case 3:
                        (o1, x1) = (x1, o1);
                        break;
                    case 1:
                        break;
                    default:
                        x1 = 0.5;
                        break;
                }
                return x1;
            }
        }
        """)]
    [InlineData("elements of a list from its end", """
        public static partial class Case
        {
            [Differentiable]
            public static double F(double x1, double x2)
            {
                List<double> l = new List<double>();
                l.Add(x1);
                l.Add(x1 * x2);
                l[^2] *= x2;
                return l[^1] * l[^2];
            }
        }
        """)]
    [InlineData("places of a deconstruction come before its values", """
        public static partial class Case
        {
            [Differentiable]
            public static double F(double x1, double x2, ReadOnlySpan<double> s3)
            {
                double[] m = s3.ToArray();
                int k = 0;
                (k, m[k], m[k++]) = (2, x1, x2 * x2);
                return m[0] + 2 * m[1] * x1 + 3 * m[2] * k;
            }
        }
        """)]
    [InlineData("an element is written after its array was replaced on one branch", """
        public static partial class Case
        {
            [Differentiable]
            public static double F(double x1, double[] a5, int n4)
            {
                double x = x1;
                if (n4 % 2 == 1) x *= x;
                else a5 = new double[5];
                a5[1] = a5[0] * x;
                return x;
            }
        }
        """)]
    [InlineData("memory of the stack in a loop that ends early", """
        public static partial class Case
        {
            [Differentiable]
            public static double F(double x1, double x2)
            {
                double y = x1;
                while (y < 3)
                {
                    Span<double> s = stackalloc double[2];
                    s[0] = y * x2;
                    s[1] = s[0] * s[0];
                    y += 1 + s[1];
                }
                return y;
            }
        }
        """)]
    [InlineData("memory of the stack in a loop passed on to where nobody reads it", """
        public static partial class Case
        {
            [Differentiable]
            public static double H(ReadOnlySpan<double> s, double y) => y * y;
            [Differentiable]
            public static double F(double x1, double x2)
            {
                double y = x1;
                for (int i = 0; i < 3; i++)
                {
                    Span<double> s = stackalloc double[2];
                    s[0] = y * x2;
                    y += H(s, y);
                }
                return y;
            }
        }
        """)]
    [InlineData("zeros on the stack of an iteration", """
        public static partial class Case
        {
            [Differentiable]
            public static double H(ReadOnlySpan<double> s, double y) => s[1] * y + y * s.Length;
            [Differentiable]
            public static double F(double x1)
            {
                int cb = 0;
                while (cb < 2 && true)
                {
                    cb++;
                    {
                        Span<double> ma = stackalloc double[3];
                        x1 = (cb > 1 ? ma[^1] : x1) + x1 * (1 + ma[cb]) + H(ma, x1);
                    }
                }
                return x1;
            }
        }
        """)]
    [InlineData("the length of a span of an iteration that a branch leaves by", """
        public static partial class Case
        {
            [Differentiable]
            public static double F(double x1, int n1)
            {
                for (int ca = 0; ca < 2; ca++)
                {
                    Span<double> ma = stackalloc double[3 - ca];
                    (ma[1], ma[1]) = (x1, ma[0]);
                    if (x1 <= 0.9) return ma[^1] + x1 * ma[..2].Length;
                    x1 *= x1;
                }
                return x1;
            }
        }
        """)]
    [InlineData("the condition of a loop that swaps what it tests", """
        public static partial class Case
        {
            [Differentiable]
            public static double F(double x1, double y1)
            {
                double x = y1 + 2, y = x1;
                int ca = 0;
                while (ca < 4 && y <= x)
                {
                    ca++;
                    (x, y) = (y, x);
                }
                return x * x + y;
            }
        }
        """)]
    [InlineData("the condition of a loop whose carried values end an iteration alike", """
        public static partial class Case
        {
            [Differentiable]
            public static double F(double x1, double y1, double z1)
            {
                double x = x1, y = y1 + 2;
                int ca = 0;
                while (ca < 4 && x <= 1.5)
                {
                    ca++;
                    x = x * z1 + y;
                    y = x;
                }
                for (int i = 0; i < 4; i++)
                {
                    double k = z1;
                    while (k < y1 + 3) k = i + y * y;
                    x += k * i;
                }
                return x * x + y;
            }
        }
        """)]
    [InlineData("adjoint memory of a branch that its forward part fills", """
        public static partial class Case
        {
            [Differentiable(Derivatives.Gradient | Derivatives.Jvp)]
            public static double F(double x2, double x1, int n3)
            {
                for (int ca = 0; ca < Math.Min(1, 9); ca += 2)
                {
                    if (true) break;
                    return x2;
                }
                double[] ma = new[] { x2, 0.5 + 0.0 * 0.5 };
                return ma.Select(ha => ha * ha - ha).Sum();
            }
        }
        """)]
    [InlineData("an element at entry that only one of the modes took for read", """
        public static partial class Case
        {
            [Differentiable(Derivatives.Gradient | Derivatives.Jvp)]
            public static double F(double x2, int n1, Span<double> w5)
            {
                w5[n1 % 5] = Math.Cos(x2);
                return x2 + w5[n1 % 5];
            }
        }
        """)]
    [InlineData("a variable that a loop changes through a lambda made before it", """
        public static partial class Case
        {
            private static double Twice(Func<double, double> f, double x) => f(x) + f(x);
            [Differentiable(Derivatives.Gradient | Derivatives.Jvp)]
            public static double F(double x1, double x2, ReadOnlySpan<double> w3)
            {
                double k = x1, m = 1;
                int n = 2;
                Func<double, double> set = z => k = z * k;
                Func<double, double> both = z => set(z) + (m += z);
                double grow(double z) { if (n < 4) n++; return z * x2; }
                Func<double, double> named = grow;
                for (int i = 0; i < 3; i++) m *= set(x2 + i);
                for (int i = 0; i < 2; i++) m += 0.1 * Twice(both, x1);
                for (int i = 0; i < n; i++) m += named(w3[i % 3]);
                return k * m;
            }
        }
        """)]
    [InlineData("what nobody uses in a method that only runs in lanes", """
        public static partial class Case
        {
            [Differentiable]
            public static double F(double x3, ReadOnlySpan<double> s3)
            {
                double unused = 3 == 0 ? 0.5 : 0.25;
                (unused, _) = (x3, unused);
                for (int i = 0; i < 3; i++) x3 += s3[i];
                return x3;
            }
        }
        """)]
    [InlineData("a choice between a number and the same number", """
        public static partial class Case
        {
            [Differentiable]
            public static double Ha(ReadOnlySpan<double> a, int n)
            {
                double v = -0.618;
                v = v;
                v = Math.Min(((0.602 - v) < (double)a.Length ? v : v), (v * -0.113));
                return (v = Math.Min(a[1], v));
            }
            [Differentiable(Derivatives.Gradient | Derivatives.Jvp)]
            public static double F(double x1, int n3, ReadOnlySpan<double> s4, out double o1)
            {
                o1 = Math.Max(x1, x1);
                double vb = Ha(s4, 2);
                List<double> la = new List<double>();
                la.Add(Ha(s4, n3));
                la.Add(vb);
                return x1;
            }
        }
        """)]
    [InlineData("an array of which a loop hands another one on, and that is a small new one behind the loop", """
        public static partial class Case
        {
            private static double[] H(ReadOnlySpan<double> a)
            {
                double[] m = a.ToArray();
                return m;
            }
            [Differentiable(Derivatives.Gradient | Derivatives.Jvp)]
            public static double F(double x1, double[] a2, Span<double> w4)
            {
                double s = 0;
                for (int i = 0; i < 3; i++)
                {
                    a2[0] += 0.1 * x1;
                    if (x1 > i) a2 = H(a2);
                    s += a2[1] * w4[i];
                    a2 = H(w4);
                    if (!(x1 <= 2)) break;
                }
                a2 = new double[2];
                a2[0] = x1 * s;
                s += a2[0] * a2[0];
                a2 = H(w4);
                return s + a2[1] * x1;
            }
        }
        """)]
    [InlineData("two loops of one length, of which the first one reads all of the memory in an inner loop", """
        public static partial class Case
        {
            [Differentiable]
            public static double F(double x, double[] a5)
            {
                for (int k = 0; k < a5.Length; k++)
                    x += a5[k] * a5.Select(e => e).Sum();
                for (int k = 0; k < a5.Length; k++)
                    a5[k] = 0.5;
                return x;
            }
        }
        """)]
    [InlineData("two loops of one length, of which the first one reads the memory from its end in a branch", """
        public static partial class Case
        {
            [Differentiable]
            public static double F(double x, double[] a5)
            {
                for (int k = 0; k < a5.Length; k++)
                    if (a5[k] > 0) x += a5[a5.Length - 1 - k];
                for (int k = 0; k < a5.Length; k++)
                    a5[k] = 0.5;
                return x;
            }
        }
        """)]
    [InlineData("what a span holds at entry is an input in one mode, so in each: a callee that is a call here and its body there asks for its length only", """
        public static partial class Case
        {
            [Differentiable]
            public static double H(ReadOnlySpan<double> a, int n)
            {
                double v = 0.373;
                for (int k = 0; k < 4 && n % 2 == 1; k++)
                {
                    v *= v;
                    if (a.Length <= 0) continue;
                }

                return Math.Tanh(0.25);
            }

            [Differentiable(Derivatives.Gradient | Derivatives.Jvp)]
            public static void F(double x1, int n0, Span<double> w5)
            {
                w5.Slice(1, 1).Clear();
                x1 = Math.Cosh(Math.Tanh(H(w5, n0)));
            }
        }
        """)]
    [InlineData("two tensors that a branch chose, and both kept for the backward half", """
        public static partial class Case
        {
            [Differentiable]
            public static double F(double x3, double x2, [Shape("n")] Tensor<double> t2)
            {
                if (x3 < x2)
                {
                }
                else
                {
                    t2 = Math.Sin(x2) - t2;
                    if (x2 > 2) return x3;
                }

                t2 = (t2 * t2) / (2 + Math.Sin(x3));
                return x3 + Ops.Sum(t2);
            }
        }
        """)]
    public void Holds(string what, string program)
    {
        Outcome outcome = Batch.Run([program], Batch.Variants)[0];
        Assert.True(outcome.Verdict == Verdict.Fine, $"{what}: {outcome.Verdict}, {outcome.Reason}\n{outcome.Details}");
    }
}
