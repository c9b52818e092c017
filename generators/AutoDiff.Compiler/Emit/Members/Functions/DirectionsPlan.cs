using AutoDiff.Compiler.Analysis;
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

    /// <summary>Columns of the Hessian, forward over reverse; reverse over forward where calls stay calls.</summary>
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
        bool isCalled = CallFacts.HasActiveCalls(function);
        DirectionsSpace inputs = DirectionsSpace.Inputs(function), outputs = kind == DirectionsKind.Hessian ? inputs : DirectionsSpace.Outputs(function);
        DerivedFunction derived = kind switch
        {
            DirectionsKind.Columns => TangentFunctions.Jvp(function, options),
            DirectionsKind.Rows => GradientFunction.Of(function, options),
            _ => TangentFunctions.HessianPart(isCalled ? CalledDerivatives.Hvp(function, options)! : TangentFunctions.Hvp(function, options)),
        };

        // Calls that stay calls take one direction.
        int lanes = isCalled ? 1 : LanesFor((kind == DirectionsKind.Rows ? outputs : inputs).Known);
        DerivedFunction wide = Widening.Run(derived, Seeds(kind), lanes);
        if (lanes > 1 && HasNoVectors(wide.Function.Body)) (lanes, wide) = (1, Widening.Run(derived, Seeds(kind), 1));
        return new DirectionsPlan(kind, wide, lanes, inputs, outputs);
    }

    /// <summary>As many as there are directions, where those are few and known; otherwise eight, a cache line of doubles.</summary>
    private static int LanesFor(int? directions) => directions == 1 ? 1 : directions <= 4 ? 4 : 8;

    /// <summary>Whether something would hold several directions that cannot: there are no vectors of <c>Half</c>, nor of structs with several kinds of numbers.</summary>
    private static bool HasNoVectors(Region region)
        => region.Parameters.Any(static v => IsNoVector(v.Type)) || region.Body.Any(static i => i.Results.Any(static v => IsNoVector(v.Type)) || i.Regions.Any(HasNoVectors));

    private static bool IsNoVector(IrType type) => type switch
    {
        ScalarType { Kind: ElementKind.Half, Lanes: > 1 } => true,
        BufferType { Lanes: > 1 } buffer => buffer.Struct is not null || buffer.Element == ElementKind.Half,
        TapeType tape => IsNoVector(tape.Element),
        _ => false,
    };
}
