namespace AutoDiff.Generators.Tests.Modes;

/// <summary>Members beyond reverse mode as they are meant to look.</summary>
public class ModeBaselineTests
{
    [Fact]
    public void Rosenbrock() => Baseline.Verify(GeneratorHarness.Run("""
        namespace Examples;

        public static partial class Functions
        {
            [Differentiable(Derivatives.Jvp | Derivatives.Hvp | Derivatives.Hessian)]
            public static double Rosenbrock(ReadOnlySpan<double> x, double b)
            {
                double sum = 0;
                for (int i = 0; i + 1 < x.Length; i++)
                {
                    double valley = x[i + 1] - x[i] * x[i];
                    sum += b * valley * valley + (1 - x[i]) * (1 - x[i]);
                }

                return sum;
            }
        }
        """), "Rosenbrock");

    [Fact]
    public void Polar() => Baseline.Verify(GeneratorHarness.Run("""
        namespace Examples;

        public static partial class Functions
        {
            [Differentiable(Derivatives.Jacobian)]
            public static void Polar(double radius, double angle, out double x, out double y)
            {
                x = radius * Math.Cos(angle);
                y = radius * Math.Sin(angle);
            }
        }
        """), "Polar");
}
