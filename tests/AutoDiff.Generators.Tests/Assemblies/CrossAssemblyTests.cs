using AutoDiff.Generators.Tests.Calls;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.Tests.Assemblies;

/// <summary>Callees of another assembly, of which there is metadata alone: their generated members tell all that a caller has to know.</summary>
public class CrossAssemblyTests
{
    private const string Library = """
        namespace Lib;

        public static partial class Physics
        {
            [Differentiable]
            public static double Orbit(double x, ReadOnlySpan<double> masses)
            {
                double s = x;
                for (int i = 0; i < masses.Length; i++) s = Math.Sin(s) * masses[i];
                return s;
            }

            [Differentiable]
            public static void Step(Span<double> state, double rate) { for (int i = 0; i < state.Length; i++) state[i] += rate * state[i] * state[i]; }

            [Differentiable]
            public static double Linear(double x, double y, int n) => 3 * x + y * n;

            [Differentiable]
            public static double Path(double[,] grid, int i, int j)
                => i == 0 || j == 0 ? grid[i, j] : grid[i, j] * (Path(grid, i - 1, j) + Math.Sin(Path(grid, i, j - 1)));

            [Differentiable]
            public static void Damp(double[,] grid, double rate)
            {
                for (int i = 0; i < grid.GetLength(0); i++)
                {
                    for (int j = 0; j < grid.GetLength(1); j++) grid[i, j] *= rate * grid[i, j];
                }
            }

            public static double Plain(double x) => x * x;
        }

        public partial interface IFunction { [Differentiable] double Calc(double x); }

        public static class Rules
        {
            [DerivativeOf(typeof(Math), nameof(Math.ScaleB))]
            public static (double Value, double DX) ScaleBVjp(double x, int n, double dResult) => (Math.ScaleB(x, n), Math.ScaleB(dResult, n));
        }
        """;

    [Fact]
    public void Calls_go_to_the_derivatives_that_were_shipped()
        => Check("""
            [Differentiable]
            public static double F(ReadOnlySpan<double> x)
            {
                Span<double> state = new double[2];
                state[0] = x[0];
                state[1] = x[1];
                double s = 0;
                for (int k = 0; k < 3; k++)
                {
                    Lib.Physics.Step(state, 0.1);
                    s += Lib.Physics.Orbit(state[0], x) * Lib.Physics.Linear(s, state[1], k);
                }

                return s;
            }
            """);

    [Fact]
    public void Rectangular_arrays_are_handed_to_members_that_were_shipped()
        => Check("""
            [Differentiable]
            public static double F(ReadOnlySpan<double> x)
            {
                var grid = new double[3, 2];
                for (int i = 0; i < 3; i++)
                {
                    for (int j = 0; j < 2; j++) grid[i, j] = x[j] * (i + 1);
                }

                Lib.Physics.Damp(grid, x[1]);
                double s = Lib.Physics.Path(grid, 2, 1);
                Lib.Physics.Damp(grid, s);
                return s * grid[2, 0];
            }
            """);

    [Fact]
    public void Rules_of_another_assembly_are_found()
        => Check("[Differentiable] public static double F(ReadOnlySpan<double> x) => Math.ScaleB(x[0], 2) * x[1];");

    [Fact]
    public void An_interface_of_another_assembly_is_implemented_and_called()
        => Check("""
            private sealed partial class Cube : Lib.IFunction { [Differentiable] public double Calc(double x) => x * x * x; }

            [Differentiable] private static double Through(Lib.IFunction f, double x, double y) => f.Calc(x * y) * f.Calc(y);

            public static double F(ReadOnlySpan<double> x) => Through(new Cube(), x[0], x[1]);

            public static double FGradient(ReadOnlySpan<double> x, Span<double> dx)
            {
                (double value, dx[0], dx[1]) = ThroughGradient(new Cube(), x[0], x[1]);
                return value;
            }
            """);

    [Fact]
    public void A_callee_without_a_derivative_is_refused_at_the_call()
    {
        GeneratorRun run = GeneratorHarness.Run(
            ["public static partial class Functions { [Differentiable] public static double F(double x) => Lib.Physics.Plain(x) + x; }"], [Compiled.Reference]);
        Assert.Equal(["DIFF1101: Lib.Physics.Plain(x)"], run.Reported);
        Assert.Empty(run.GeneratedSources);
    }

    private static readonly LoadedAssembly Compiled = GeneratorHarness.Run(Library).Load();

    // The library and its user must be loaded together: the user is compiled into the context of the library.
    private static void Check(string members)
    {
        GeneratorRun run = GeneratorHarness.Run(
            [$"public static partial class Functions\n{{\n{members}\n}}", """
                public static class User
                {
                    public static double Value(double[] x) => Functions.F(x);

                    public static double Gradient(double[] x, double[] dx) => Functions.FGradient(x, dx);
                }
                """],
            [Compiled.Reference]);
        Slope.Check(run.Load(Compiled), [0.7, 0.4]);
    }
}
