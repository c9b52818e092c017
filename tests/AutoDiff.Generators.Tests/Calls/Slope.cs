using AutoDiff.Generators.Tests.Scalars;

namespace AutoDiff.Generators.Tests.Calls;

/// <summary>Compares a generated gradient with central differences.</summary>
internal static class Slope
{
    private const string User = """
        public static class User
        {
            public static double Value(double[] x) => Functions.F(x);

            public static double Gradient(double[] x, double[] dx) => Functions.FGradient(x, dx);
        }
        """;

    /// <summary>The source has <c>Functions.F(ReadOnlySpan&lt;double&gt; x)</c>; its value must be the generated one to the bit.</summary>
    public static GeneratorRun Check(string source, params double[] x)
    {
        GeneratorRun run = GeneratorHarness.Run([source, User]);
        Check(run.Load(), x);
        return run;
    }

    /// <summary>The same with the gradient that is known.</summary>
    public static void Is(string source, double[] x, double[] gradient)
    {
        LoadedAssembly assembly = Check(source, x).Load();
        double[] dx = [.. x.Select(static _ => double.NaN)];
        assembly.Call("User", "Gradient", x, dx);
        Assert.Equal(gradient, dx, Near.Within(1e-12));
    }

    public static void Check(LoadedAssembly assembly, double[] x)
    {
        double At(int k, double step) => assembly.Call("User", "Value", (object)x.Select((v, i) => i == k ? v + step : v).ToArray())!;
        double[] dx = [.. x.Select(static _ => double.NaN)];
        double value = assembly.Call("User", "Gradient", x, dx)!;
        Assert.Equal(At(0, 0), value);
        Assert.Equal(x.Select((_, k) => (At(k, 1e-5) - At(k, -1e-5)) / 2e-5), dx, Near.Within(2e-7));
    }
}
