using AutoDiff.Generators.Tests;

namespace AutoDiff.Conformance;

public partial interface ICurve
{
    [Differentiable]
    double Calc(double x);
}

public sealed partial class Parabola(double a) : ICurve
{
    public double A { get; } = a;

    [Differentiable]
    public double Calc(double x) => A * x * x;
}

public sealed partial class Ray(double b) : ICurve
{
    public double B { get; } = b;

    [Differentiable]
    public double Calc(double x) => B * x;
}

public partial class Doubler
{
    [Differentiable]
    public virtual double Run(double x) => 2 * x;
}

public sealed partial class Tripler : Doubler
{
    [Differentiable]
    public override double Run(double x) => 3 * x;
}

/// <summary>Of which the slope is not that of its body.</summary>
public sealed partial class Ruled : Doubler
{
    [Differentiable]
    public override double Run(double x) => 5 * x;

    [DerivativeOf(typeof(Ruled), nameof(Run))]
    public (double Value, double DX) RunRule(double x, double dResult) => (5 * x, 7 * dResult);
}

public static partial class Dispatching
{
    [Differentiable]
    public static double ThroughInterface(ICurve curve, double x) => curve.Calc(x) * x;

    [Differentiable]
    public static double ThroughBase(Doubler doubler, double x) => doubler.Run(x) * x;

    [Differentiable]
    public static double ByType(object thing, double x) => thing is Doubler doubler ? doubler.Run(x) : thing is ICurve ? x * x : -x;
}

/// <summary>Section 11: calls of which only the object at run time knows the method.</summary>
public class CallFacts
{
    [Fact(DisplayName = "interface_dispatch")]
    public void The_object_tells_which_method_an_interface_runs()
    {
        Assert.Equal((24.0, 36.0), Dispatching.ThroughInterfaceGradient(new Parabola(3), 2));
        Assert.Equal((20.0, 20.0), Dispatching.ThroughInterfaceGradient(new Ray(5), 2));
    }

    [Fact(DisplayName = "virtual_override")]
    public void The_object_tells_which_override_runs()
    {
        Assert.Equal((18.0, 12.0), Dispatching.ThroughBaseGradient(new Doubler(), 3));
        Assert.Equal((27.0, 18.0), Dispatching.ThroughBaseGradient(new Tripler(), 3));
        Assert.Equal((9.0, 3.0), ((Doubler)new Tripler()).RunGradient(3));
    }

    [Fact(DisplayName = "override_with_rule")]
    public void An_override_may_have_a_rule_of_its_own()
    {
        Assert.Equal((15.0, 7.0), new Ruled().RunGradient(3));
        Assert.Equal((45.0, 15.0 + 21.0), Dispatching.ThroughBaseGradient(new Ruled(), 3));
    }

    [Fact(DisplayName = "type_pattern")]
    public void A_test_of_a_type_is_a_branch()
    {
        Assert.Equal((9.0, 3.0), Dispatching.ByTypeGradient(new Tripler(), 3));
        Assert.Equal((9.0, 6.0), Dispatching.ByTypeGradient(new Ray(1), 3));
        Assert.Equal((-3.0, -1.0), Dispatching.ByTypeGradient("other", 3));
    }

    [Fact(DisplayName = "cross_assembly")]
    public void A_derivative_that_was_shipped_is_used_and_one_that_was_not_is_missed()
    {
        LoadedAssembly library = GeneratorHarness.Run("""
            namespace Lib;
            public static partial class Physics
            {
                [Differentiable] public static double Wave(double x, int n) { double s = x; for (int i = 0; i < n; i++) s = Math.Sin(s) * x; return s; }
                public static double Plain(double x) => x * x;
            }
            """).Load();
        LoadedAssembly consumer = GeneratorHarness.Run(
            ["public static partial class P { [Differentiable] public static double F(double x) => Lib.Physics.Wave(x, 3) * x; }"], [library.Reference]).Load(library);
        (double value, double slope) = ((double, double))consumer.Call("P", "FGradient", 0.7)!;
        Assert.Equal((double)consumer.Call("P", "F", 0.7)!, value);
        double difference = ((double)consumer.Call("P", "F", 0.7 + 1e-6)! - (double)consumer.Call("P", "F", 0.7 - 1e-6)!) / 2e-6;
        Assert.Equal(difference, slope, 1e-8);

        GeneratorRun missed = GeneratorHarness.Run(
            ["public static partial class P { [Differentiable] public static double F(double x) => Lib.Physics.Plain(x) * x; }"], [library.Reference]);
        Assert.Equal(["DIFF1101: Lib.Physics.Plain(x)"], missed.Reported);
        Assert.Empty(missed.GeneratedSources);
    }
}
