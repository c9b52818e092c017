namespace AutoDiff.Analyzers.Tests.Fuzz;

/// <summary>What arbitrary sources have found, each made as small as it can be.</summary>
public class FoundByFuzzTests
{
    [Theory]
    [InlineData("an array of native integers", """
        public static partial class Shapes
        {
            [Differentiable]
            public static nint[] From(ReadOnlySpan<int> lengths)
            {
                var result = new nint[lengths.Length];
                for (int i = 0; i < result.Length; i++) result[i] = lengths[i];
                return result;
            }
        }
        """)]
    [InlineData("a number in a box", """
        public static partial class Boxes
        {
            [Differentiable]
            public static double F(object? constant, double x) => constant switch
            {
                int value => value * x,
                double value => value + x,
                _ => 0,
            };
        }
        """)]
    [InlineData("a struct from a method that is run again", """
        public static partial class Structs
        {
            [Differentiable, Recompute]
            public static (double Sine, double Product) F(double x, double y)
            {
                double s = Math.Sin(x);
                for (int i = 0; i < 3; i++) s = Math.Sin(s * y);
                return (s, s * Math.Exp(x));
            }
        }
        """)]
    [InlineData("a matrix of numbers that may be references", """
        public static partial class Generic
        {
            [Differentiable(Derivatives.Gradient | Derivatives.Jacobian)]
            public static T Square<T>(T x) where T : IFloatingPointIeee754<T> => x * x;
        }
        """)]
    [InlineData("a marked class whose methods take lists of it", """
        [Differentiable]
        public partial class Body
        {
            public double Mass = 1;

            [Differentiable]
            public static double Total(double x, Body[] bodies)
            {
                double sum = 0;
                foreach (Body body in bodies) sum += body.Mass * x;
                return sum;
            }
        }

        [Differentiable]
        public partial class Left
        {
            [Differentiable]
            public static double F(double x, Right[] others) => x * others.Length;
        }

        [Differentiable]
        public partial class Right
        {
            [Differentiable]
            public static double F(double x, Left[] others) => x * others.Length;
        }
        """)]
    public void Holds(string what, string source)
    {
        string? failure = FuzzRun.Of("Source.cs", source);
        Assert.True(failure is null, $"{what}: {failure}");
    }
}
