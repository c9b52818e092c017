using System.Numerics;

namespace AutoDiff.Conformance;

/// <summary>Beyond the catalogue: rules for generic methods, which are generic in the same way.</summary>
public static partial class GenericRules
{
    public static T Cube<T>(T x, T y)
        where T : IFloatingPointIeee754<T>
        => x * x * x + y;

    [DerivativeOf(typeof(GenericRules), nameof(Cube))]
    public static (T Value, T DX, T DY) CubeVjp<T>(T x, T y, T d)
        where T : IFloatingPointIeee754<T>
        => (x * x * x + y, T.CreateChecked(3) * x * x * d, d);

    [DerivativeOf(typeof(GenericRules), nameof(Cube))]
    public static (T Value, T Tangent) CubeJvp<T>(T x, T y, T xTangent, T yTangent)
        where T : IFloatingPointIeee754<T>
        => (x * x * x + y, T.CreateChecked(3) * x * x * xTangent + yTangent);

    [Row("rule_of_a_generic_method", 0.7, 1.5)]
    [Differentiable]
    public static double Uses(double x, double y) => Cube(x, y) * y;

    [Row("rule_of_a_generic_method_in_float", 0.7f, SlopeTolerance = 2e-2)]
    [Differentiable]
    public static float UsesInFloat(float x) => Cube(x, x) * 0.25f;

    [Row("rule_of_a_generic_method_in_generic_code", 0.7)]
    [Differentiable]
    public static double UsesGeneric(double x) => Twice(x);

    [Differentiable]
    public static T Twice<T>(T x)
        where T : IFloatingPointIeee754<T>
        => Cube(x, x) + x;

    public static T Root<T>(T x)
        where T : IFloatingPointIeee754<T>
        => T.Sqrt(x);

    [DerivativeOf(typeof(GenericRules), nameof(Root))]
    public static (T Value, T Residual) RootRecord<T>(T x)
        where T : IFloatingPointIeee754<T>
    {
        T root = T.Sqrt(x);
        return (root, root);
    }

    [DerivativeOf(typeof(GenericRules), nameof(Root))]
    public static T RootPullback<T>(T x, T residual, T d)
        where T : IFloatingPointIeee754<T>
        => d / (residual + residual);

    [Row("rule_with_residual_of_a_generic_method", 0.7)]
    [Differentiable]
    public static double UsesRoot(double x) => Root(x) * Root(x * x);
}
