namespace AutoDiff.Generators.Tests.Scalars;

/// <summary>Estimates of the machine: steps, of which no difference tells the slope. That of what they estimate, at the estimate.</summary>
public class EstimateTests
{
    [Theory]
    [InlineData("double", "Math")]
    [InlineData("double", "double")]
    [InlineData("float", "MathF")]
    public void Of_reciprocals(string number, string type)
    {
        LoadedAssembly assembly = GeneratorHarness.Run($$"""
            public static partial class P
            {
                [Differentiable] public static {{number}} Reciprocal({{number}} x) => {{type}}.ReciprocalEstimate(x);

                [Differentiable] public static {{number}} Root({{number}} x) => {{type}}.ReciprocalSqrtEstimate(x);

                public static double[] At({{number}} x)
                {
                    ({{number}} z, {{number}} dz) = ReciprocalGradient(x);
                    ({{number}} w, {{number}} dw) = RootGradient(x);
                    return [z, dz, w, dw];
                }
            }
            """).Load();
        foreach (double x in new[] { 0.3, 2, 17 })
        {
            double[] found = (double[])assembly.Call("P", "At", number == "float" ? (object)(float)x : x)!;
            Assert.Equal([1 / x, -1 / (x * x), 1 / Math.Sqrt(x), -0.5 / (x * Math.Sqrt(x))], found, Near.Within(1e-3));
            Assert.Equal(-(found[0] * found[0]), found[1], 1e-5 * Math.Abs(found[1]));
        }
    }
}
