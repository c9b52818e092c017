namespace AutoDiff.Generators.Tests.Scalars;

/// <summary>A method that throws half-way: destinations are as before, and what was rented on the way has been given back.</summary>
public class ThrowTests
{
    /// <summary>What members rent memory for, and the method; it throws where an element of x is negative.</summary>
    public static TheoryData<string, string> Bodies => new()
    {
        { "a tape", "for (int i = 0; i < n; i++) { if (x[i] < 0) throw new InvalidOperationException(); s = s * Math.Log(x[i]) + x[i]; } return s;" },
        { "what calls save", "for (int i = 0; i < n; i++) s = Math.Sin(s) * Checked(x[i]); return s;" },
        { "arrays", """
            double[] a = new double[n], b = new double[n];
            for (int i = 0; i < n; i++) a[i] = x[i] * x[i];
            for (int i = 0; i < n; i++) b[i] = a[i] * Checked(x[i]);
            for (int i = 0; i < n; i++) s += a[i] * b[n - 1 - i];
            return s;
            """ },
        { "rows", """
            var rows = new double[n][];
            for (int i = 0; i < n; i++)
            {
                rows[i] = new double[i + 1];
                for (int k = 0; k <= i; k++) rows[i][k] = x[k] * x[i];
                s += Checked(x[i]) * rows[i][i];
            }

            return s * rows[1][0];
            """ },
        { "a list", "var list = new List<double>(); for (int i = 0; i < n; i++) { list.Add(Checked(x[i]) * s); s += list[i / 2]; } return s;" },
        { "recursion", "return s * Recurse(x, 0, n);" },
        { "dispatch", "IStep step = new Checking(); for (int i = 0; i < n; i++) s = step.Next(s, x[i]); return s;" },
        { "an index out of range", """
            double[] a = new double[n];
            for (int i = 0; i < n; i++) { int k = x[i] < 0 ? n : i; a[k] = x[i] * s; s += a[i] * a[i]; }
            return s;
            """ },
        { "a handler of other exceptions", """
            foreach (double v in x)
            {
                try { s += Checked(v) * s * 1e-4; }
                catch (ArithmeticException) { s *= 2; }
                finally { s *= v; }
            }

            return s;
            """ },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void Memory_is_given_back_and_destinations_are_untouched(string rentedFor, string body)
    {
        const string derivatives = "Derivatives.Gradient | Derivatives.Jvp | Derivatives.Hvp | Derivatives.Jacobian | Derivatives.Hessian";
        LoadedAssembly assembly = GeneratorHarness.Run($$"""
            public partial interface IStep { [Differentiable(Derivatives.Jvp | Derivatives.Hvp)] double Next(double s, double x); }

            public sealed partial class Checking : IStep
            {
                [Differentiable(Derivatives.Jvp | Derivatives.Hvp)]
                public double Next(double s, double x)
                {
                    for (int i = 0; i < 300; i++) s = Math.Sin(s) * (x < 0 ? throw new InvalidOperationException() : x);
                    return s;
                }
            }

            public static partial class P
            {
                [Differentiable({{derivatives}})]
                public static double F(double[] x) { int n = x.Length; double s = x[0]; {{body}} }

                [Differentiable(Derivatives.Jvp | Derivatives.Hvp)]
                public static double Recurse(double[] x, int i, int n) => i == n ? 1 : Checked(x[i]) * Math.Sin(x[i]) * Recurse(x, i + 1, n);

                static double Checked(double v) => v < 0 ? throw new InvalidOperationException() : v * v;

                public static void Gradient(double[] x, double[] d, double[] a, double[] b) => FGradient(x, a);
                public static void Vjp(double[] x, double[] d, double[] a, double[] b) => FVjp(x, 1, a);
                public static void Jvp(double[] x, double[] d, double[] a, double[] b) => FJvp(x, d);
                public static void Hvp(double[] x, double[] d, double[] a, double[] b) => FHvp(x, d, a, b);
                public static void Jacobian(double[] x, double[] d, double[] a, double[] b) => FJacobian(x, a);
                public static void Hessian(double[] x, double[] d, double[] a, double[] b) => FHessian(x, b);
            }
            """).Load();
        bool anyRented = false;
        foreach (string member in (string[])["Gradient", "Vjp", "Jvp", "Hvp", "Jacobian", "Hessian"])
        {
            double[] x = Enumerable.Repeat(1.1, 300).ToArray(), direction = Enumerable.Repeat(0.5, 300).ToArray();
            double[] first = Sevens(300), second = Sevens(member == "Hessian" ? 300 * 300 : 300);
            x[200] = -1;
            using var watch = new PoolWatch();
            Exception? thrown = Record.Exception(() => assembly.Call("P", member, x, direction, first, second));
            Assert.True(thrown is InvalidOperationException or IndexOutOfRangeException, $"{member}: {thrown}");
            Assert.Equal(-1, first.AsSpan().IndexOfAnyExcept(7.0));
            Assert.Equal(-1, second.AsSpan().IndexOfAnyExcept(7.0));
            Assert.Equal((member, watch.Rented), (member, watch.Returned));
            anyRented |= watch.Rented > 0;
        }

        Assert.True(anyRented, rentedFor);
    }

    [Fact]
    public void Rows_of_parameters_are_given_back_too()
    {
        LoadedAssembly assembly = GeneratorHarness.Run("""
            public static partial class P
            {
                [Differentiable]
                public static double F(double[][] rows, double[,] table, List<double> list)
                {
                    double s = 0;
                    for (int i = 0; i < rows.Length; i++)
                        for (int j = 0; j < rows[i].Length; j++)
                        {
                            s = s * list[j] + rows[i][j] * table[i, j];
                            if (s < 0) throw new InvalidOperationException();
                        }

                    return s;
                }

                public static void Gradient(double[][] rows, double[][] dRows, double[,] dTable, double[] dList)
                    => FGradient(rows, new double[,] { { 1, 2 }, { 3, 4 } }, [5, 6], dRows, dTable, dList);
            }
            """).Load();
        double[][] destination = [[7, 7], [7, 7]];
        double[,] table = { { 7, 7 }, { 7, 7 } };
        double[] list = [7, 7];
        using var watch = new PoolWatch();
        Assert.Throws<InvalidOperationException>(() => assembly.Call("P", "Gradient", (double[][])[[1, 2], [3, -1000]], destination, table, list));
        Assert.Equal([7.0, 7, 7, 7, 7, 7, 7, 7, 7, 7], [.. destination[0], .. destination[1], .. table.Cast<double>(), .. list]);
        Assert.True(watch.Rented > 0);
        Assert.Equal(watch.Rented, watch.Returned);
    }

    private static double[] Sevens(int count) => [.. Enumerable.Repeat(7.0, count)];
}
