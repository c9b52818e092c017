namespace AutoDiff.Generators.Tests.Scalars;

/// <summary>Programs with structs, and the check of their gradients.</summary>
internal static class StructCase
{
    /// <summary>What <c>Use()</c> of the last type with one returns.</summary>
    public static double[] Numbers(string source)
    {
        LoadedAssembly assembly = GeneratorHarness.Run(source).Load();
        Type type = assembly.Assembly.GetTypes().Last(static t => t.GetMethod("Use") is not null);
        return (double[])assembly.Call(type.FullName!, "Use")!;
    }

    /// <summary>
    /// <c>Functions.Gradient(x…)</c> gives the value and the slopes; the value is bit-equal to <c>Functions.Value(x…)</c>, the slopes are near central
    /// differences.
    /// </summary>
    public static void Check(string source, params double[] x) => Check(source, 0, x);

    /// <summary>The same where the value is only near.</summary>
    public static void Check(string source, double valueTolerance, double[] x)
    {
        LoadedAssembly assembly = GeneratorHarness.Run(source).Load();
        double At(int k, double step) => (double)assembly.Call("Functions", "Value", [.. x.Select((v, i) => (object)(i == k ? v + step : v))])!;
        double[] actual = (double[])assembly.Call("Functions", "Gradient", [.. x.Select(static v => (object)v)])!;
        Assert.Equal(At(0, 0), actual[0], Near.Within(valueTolerance));
        for (int k = 0; k < x.Length; k++)
            Assert.Equal((At(k, 1e-6) - At(k, -1e-6)) / 2e-6, actual[k + 1], Near.Within(1e-7));
    }
}
