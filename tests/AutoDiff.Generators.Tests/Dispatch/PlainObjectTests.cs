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

    private static readonly LoadedAssembly s_marked = GeneratorHarness.Run("""
        [Differentiable]
        public partial interface IShape
        {
            [Differentiable] double Area(double s);
        }

        public sealed partial class Rectangle(double height) : IShape
        {
            [Differentiable] public double Area(double s) => s * height;
        }

        [Differentiable]
        public abstract partial class Round : IShape
        {
            [Differentiable] public abstract double Radius(double s);
            [Differentiable] public double Area(double s) => 3 * Radius(s) * Radius(s);
        }

        [Differentiable]
        public sealed partial class Ball : Round
        {
            public double Pressure = 2;

            [Differentiable] public override double Radius(double s) => Pressure * s * s;
        }

        public static partial class P
        {
            [Differentiable]
            public static double Total(IShape[] shapes, double x)
            {
                double sum = 0;
                foreach (IShape shape in shapes) sum += shape.Area(x) * x;
                return sum;
            }

            [Differentiable]
            public static double Either(double x)
            {
                IShape shape = x > 1 ? new Rectangle(5) : new Ball();
                return shape.Area(x);
            }

            [Differentiable]
            public static double Twice(Round round, double x) => round.Area(x) + round.Radius(x);

            public static (double, double) All(double x) => TotalGradient([new Rectangle(5), new Ball()], x);

            public static (double, double) Chosen(double x) => EitherGradient(x);

            public static (double, double) Both(double x) => TwiceGradient(new Ball(), x);
        }
        """).Load();

    // 5·x² + 12·x⁵; 5·x or 12·x⁴; 12·x⁴ + 2·x².
    [Fact]
    public void Marked_interfaces_and_abstract_classes_of_numbers_are_dispatched()
    {
        Assert.Equal((5 * 4 + 12 * 32.0, 10 * 2 + 60 * 16.0), s_marked.Call("P", "All", 2.0));
        Assert.Equal((10.0, 5.0), s_marked.Call("P", "Chosen", 2.0));
        Assert.Equal((12 * 0.0625, 48 * 0.125), s_marked.Call("P", "Chosen", 0.5));
        Assert.Equal((12 * 16 + 8.0, 48 * 8 + 8.0), s_marked.Call("P", "Both", 2.0));
    }
}
