using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.Derivatives.Functions;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Transforms;

namespace AutoDiff.Compiler.Emit.Members.Functions;

/// <summary>Which matrix a pass fills, and how.</summary>
internal enum DirectionsKind
{
    /// <summary>Columns of the Jacobian, forward mode.</summary>
    Columns,

    /// <summary>Rows of the Jacobian, reverse mode.</summary>
    Rows,

    /// <summary>Columns of the Hessian, forward over reverse.</summary>
    Hessian,
}

/// <summary>A derivative function whose seeds are several directions at once.</summary>
/// <param name="Kind">What it fills.</param>
/// <param name="Derived">The function, with lanes.</param>
/// <param name="Lanes">How many directions a pass takes.</param>
/// <param name="Inputs">The columns.</param>
/// <param name="Outputs">The rows.</param>
internal sealed record DirectionsPlan(DirectionsKind Kind, DerivedFunction Derived, int Lanes, DirectionsSpace Inputs, DirectionsSpace Outputs)
{
    public string LanesText => Lanes.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The roles that have lanes from the start.</summary>
    public static ParameterRole[] Seeds(DirectionsKind kind) => kind switch
    {
        DirectionsKind.Columns => [ParameterRole.Tangent, ParameterRole.TangentDestination],
        DirectionsKind.Rows => [ParameterRole.Cotangent, ParameterRole.Gradient],
        _ => [ParameterRole.Tangent, ParameterRole.GradientTangent],
    };

    public static DirectionsPlan Of(Function function, DirectionsKind kind, DerivativeOptions options)
    {
        DirectionsSpace inputs = DirectionsSpace.Inputs(function), outputs = kind == DirectionsKind.Hessian ? inputs : DirectionsSpace.Outputs(function);
        DerivedFunction derived = kind switch
        {
            DirectionsKind.Columns => TangentFunctions.Jvp(function, options),
            DirectionsKind.Rows => GradientFunction.Of(function, options),
            _ => TangentFunctions.HessianPart(function, options),
        };
        int lanes = LanesFor((kind == DirectionsKind.Rows ? outputs : inputs).Known, function);
        return new DirectionsPlan(kind, Widening.Run(derived, Seeds(kind), lanes), lanes, inputs, outputs);
    }

    /// <summary>As many as there are directions, where those are few and known; otherwise eight, a cache line of doubles. There are no vectors of <c>Half</c>.</summary>
    private static int LanesFor(int? directions, Function function)
    {
        bool hasHalf = function.Parameters.Any(static p => p.Value.Type is ScalarType { Kind: ElementKind.Half } or BufferType { Element: ElementKind.Half });
        return hasHalf || directions == 1 ? 1 : directions <= 4 ? 4 : 8;
    }
}
