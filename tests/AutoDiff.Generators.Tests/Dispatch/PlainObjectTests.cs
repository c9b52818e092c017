namespace AutoDiff.Generators.Tests.Dispatch;

/// <summary>Classes that are marked and hold no parameters: where their methods are of numbers and memory, they are objects as any other.</summary>
public class PlainObjectTests
{
    private static readonly LoadedAssembly s_assembly = GeneratorHarness.Run("""
        [Differentiable]
        public partial class Power
        {
            public double Factor = 2;

            [Differentiable]
            public virtual double Of(double x) => Factor * x * x;

            [Differentiable]
            public double Sum(ReadOnlySpan<double> x)
            {
                double s = 0;
                for (int i = 0; i < x.Length; i++) s += Of(x[i]);
                return s;
            }

            [Differentiable]
            public void Scale(Span<double> x)
            {
                for (int i = 0; i < x.Length; i++) x[i] *= Factor * x[i];
            }
        }

        public sealed partial class Cube : Power
        {
            [Differentiable]
            public override double Of(double x) => Factor * x * x * x;
        }

        public static partial class P
        {
            [Differentiable]
            public static double Through(Power power, double x) => power.Of(x) * x;

            public static (double, double) Gradient(bool cube, double x) => ThroughGradient(cube ? new Cube() : new Power(), x);

            public static double Sum(bool cube, double[] x, double[] dx) => (cube ? new Cube() : new Power()).SumGradient(x, dx);

            public static void Scale(double[] x, double[] dx) => new Power().ScaleVjp(x, [1, 10], dx);
        }
        """).Load();

    [Fact]
    public void What_the_object_is_decides()
    {
        Assert.Equal((16.0, 24.0), s_assembly.Call("P", "Gradient", false, 2.0));
        Assert.Equal((32.0, 64.0), s_assembly.Call("P", "Gradient", true, 2.0));
    }

    [Fact]
    public void Memory_is_read_and_written()
    {
        double[] dx = new double[2];
        Assert.Equal(26.0, s_assembly.Call("P", "Sum", false, new double[] { 2, 3 }, dx));
        Assert.Equal([8, 12], dx);
        Assert.Equal(70.0, s_assembly.Call("P", "Sum", true, new double[] { 2, 3 }, dx));
        Assert.Equal([24, 54], dx);
        double[] x = [2, 3];
        s_assembly.Call("P", "Scale", x, dx);
        Assert.Equal([8, 18], x);
        Assert.Equal([8, 120], dx);
    }
}
