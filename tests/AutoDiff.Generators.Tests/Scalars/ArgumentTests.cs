namespace AutoDiff.Generators.Tests.Scalars;

/// <summary>Arguments that do not fit: an <see cref="ArgumentException"/> that names both of them, or the one that is null, before anything is written.</summary>
public class ArgumentTests
{
    // Each member gets: the inputs a and b, a direction of a, destinations da, db, and two more, all of length 3 and filled with 7 where they are written.
    private static readonly Lazy<LoadedAssembly> Compiled = new(static () => GeneratorHarness.Run("""
        public static partial class P
        {
            [Differentiable(Derivatives.Gradient | Derivatives.Jvp | Derivatives.Hvp | Derivatives.Hessian)]
            public static double F(double[] a, double[] b) { double s = 0; for (int i = 0; i < a.Length; i++) s += a[i] * a[i] * b[i]; return s; }

            [Differentiable(Derivatives.Jvp | Derivatives.Jacobian)]
            public static void G(double[] a, Span<double> y) { for (int i = 0; i < a.Length; i++) y[i] = a[i] * a[0]; }

            public static void Gradient(double[] a, double[] b, double[] da, double[] db) => FGradient(a, b, da, db);
            public static void Vjp(double[] a, double[] b, double[] da, double[] db) => FVjp(a, b, 1, da, db);
            public static void Jvp(double[] a, double[] b, double[] aDot, double[] bDot) => FJvp(a, b, aDot, bDot);
            public static void Hvp(double[] a, double[] b, double[] aDot, double[] bDot, double[] da, double[] db, double[] daDot, double[] dbDot)
                => FHvp(a, b, aDot, bDot, da, db, daDot, dbDot);
            public static void Hessian(double[] a, double[] b, double[] hessian) => FHessian(a, b, hessian);
            public static void Pulled(double[] a, double[] y, double[] dy, double[] da) => GVjp(a, y.AsSpan(), dy, da);
            public static void Pushed(double[] a, double[] y, double[] aDot, double[] yDot) => GJvp(a, y.AsSpan(), aDot, yDot.AsSpan());
            public static void Jacobian(double[] a, double[] y, double[] jacobian) => GJacobian(a, y.AsSpan(), jacobian);
        }
        """).Load());

    [Theory]
    [InlineData("Gradient", "3 3 2 3", "da", "a")]
    [InlineData("Gradient", "3 3 3 4", "db", "b")]
    [InlineData("Vjp", "3 3 3 0", "db", "b")]
    [InlineData("Jvp", "3 3 2 3", "aDot", "a")]
    [InlineData("Jvp", "3 3 3 4", "bDot", "b")]
    [InlineData("Hvp", "3 3 3 2 3 3 3 3", "bDot", "b")]
    [InlineData("Hvp", "3 3 3 3 4 3 3 3", "da", "a")]
    [InlineData("Hvp", "3 3 3 3 3 3 3 1", "dbDot", "b")]
    [InlineData("Hessian", "3 3 35", "hessian", "inputs")]
    [InlineData("Pulled", "3 3 2 3", "dy", "y")]
    [InlineData("Pulled", "3 3 3 4", "da", "a")]
    [InlineData("Pushed", "3 3 3 2", "yDot", "y")]
    [InlineData("Jacobian", "3 3 8", "jacobian", "inputs")]
    public void A_length_that_differs(string member, string lengths, string named, string other)
    {
        double[][] arguments = [.. lengths.Split(' ').Select(static n => Sevens(int.Parse(n, System.Globalization.CultureInfo.InvariantCulture)))];
        var error = Assert.Throws<ArgumentException>(() => Compiled.Value.Call("P", member, arguments));
        Assert.Equal(named, error.ParamName);
        Assert.Contains(named + ":", error.Message, StringComparison.Ordinal);
        Assert.Contains(other, error.Message[(error.Message.IndexOf(named, StringComparison.Ordinal) + named.Length)..], StringComparison.Ordinal);
        Assert.All(arguments, static a => Assert.Equal(-1, a.AsSpan().IndexOfAnyExcept(7.0)));
    }

    /// <summary>The second argument is the array of the first.</summary>
    [Theory]
    [InlineData("Gradient", "a b da db", "da", "a")]
    [InlineData("Gradient", "a b da db", "db", "da")]
    [InlineData("Gradient", "a b da db", "db", "a")]
    [InlineData("Vjp", "a b da db", "da", "b")]
    [InlineData("Hvp", "a b aDot bDot da db daDot dbDot", "da", "aDot")]
    [InlineData("Hvp", "a b aDot bDot da db daDot dbDot", "dbDot", "da")]
    [InlineData("Pulled", "a y dy da", "da", "a")]
    [InlineData("Pulled", "a y dy da", "da", "dy")]
    [InlineData("Pulled", "a y dy da", "y", "a")]
    [InlineData("Pushed", "a y aDot yDot", "yDot", "aDot")]
    [InlineData("Pushed", "a y aDot yDot", "yDot", "y")]
    public void Memory_that_overlaps(string member, string names, string written, string other)
    {
        string[] order = names.Split(' ');
        double[][] arguments = [.. order.Select(static _ => Sevens(3))];
        arguments[Array.IndexOf(order, written)] = arguments[Array.IndexOf(order, other)];
        var error = Assert.Throws<ArgumentException>(() => Compiled.Value.Call("P", member, arguments));
        Assert.Contains(error.ParamName, (string[])[written, other]);
        Assert.Matches($@"\b{written} overlaps {other}\b|\b{other} overlaps {written}\b", error.Message);
        Assert.All(arguments, static a => Assert.Equal(-1, a.AsSpan().IndexOfAnyExcept(7.0)));
    }

    [Theory]
    [InlineData("Gradient", "a b da db", "a")]
    [InlineData("Gradient", "a b da db", "b")]
    [InlineData("Vjp", "a b da db", "b")]
    [InlineData("Jvp", "a b aDot bDot", "a")]
    [InlineData("Hvp", "a b aDot bDot da db daDot dbDot", "b")]
    [InlineData("Hessian", "a b hessian", "a")]
    [InlineData("Pulled", "a y dy da", "a")]
    [InlineData("Jacobian", "a y jacobian", "a")]
    public void An_array_that_is_null(string member, string names, string missing)
    {
        string[] order = names.Split(' ');
        double[]?[] arguments = [.. order.Select(n => n == missing ? null : Sevens(n == "hessian" ? 36 : n == "jacobian" ? 9 : 3))];
        Assert.Equal(missing, Assert.Throws<ArgumentNullException>(() => Compiled.Value.Call("P", member, arguments)).ParamName);
        Assert.All(arguments, static a => Assert.Equal(-1, a.AsSpan().IndexOfAnyExcept(7.0)));
    }

    /// <summary>A destination is a span; null is an empty one, whose length does not fit.</summary>
    [Fact]
    public void A_destination_that_is_null()
    {
        double[] db = Sevens(3);
        var error = Assert.Throws<ArgumentException>(() => Compiled.Value.Call("P", "Gradient", Sevens(3), Sevens(3), null, db));
        Assert.Equal("da", error.ParamName);
        Assert.Equal(-1, db.AsSpan().IndexOfAnyExcept(7.0));
    }

    private static double[] Sevens(int count) => [.. Enumerable.Repeat(7.0, count)];
}
