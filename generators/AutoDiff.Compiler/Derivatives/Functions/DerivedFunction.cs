using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Derivatives.Functions;

/// <summary>What a parameter of a derivative function is for.</summary>
public enum ParameterRole
{
    /// <summary>A parameter of the method itself.</summary>
    Own,

    /// <summary>The tangent of an input: a direction. Of a <c>ref</c> number and of a written span it is an output too.</summary>
    Tangent,

    /// <summary>Receives the tangent of an output that is no input. Overwritten.</summary>
    TangentDestination,

    /// <summary>The cotangent of an output.</summary>
    Cotangent,

    /// <summary>Receives a gradient: the function adds to it.</summary>
    Gradient,

    /// <summary>Receives the tangent of a gradient, a Hessian-vector product: the function adds to it.</summary>
    GradientTangent,
}

/// <summary>The role of a parameter of a derivative function, and the parameter of the method that it belongs to.</summary>
public sealed record DerivedParameter(ParameterRole Role, string Of);

/// <summary>
/// A derivative as a function like any other: it can be interpreted, differentiated again, inlined, and printed as a member. Its parameters are those of the
/// method, then what <see cref="Roles"/> says, in the order of the member's signature. Its outputs are those of the method, then gradients and tangents.
/// </summary>
/// <param name="Primal">The method.</param>
/// <param name="Function">The derivative.</param>
/// <param name="Roles">One for each parameter of <paramref name="Function"/>.</param>
public sealed record DerivedFunction(Function Primal, Function Function, EquatableArray<DerivedParameter> Roles)
{
    /// <summary>Whether there is anything beside the method itself.</summary>
    public bool IsDerivative => Roles.Any(static r => r.Role != ParameterRole.Own);

    /// <summary>The parameters with a role.</summary>
    public IEnumerable<Parameter> With(ParameterRole role) => Function.Parameters.Where((_, k) => Roles[k].Role == role);

    /// <summary>The parameter that has this role for a parameter of the method; null where there is none.</summary>
    public Parameter? Find(ParameterRole role, string of)
    {
        for (int k = 0; k < Roles.Length; k++)
            if (Roles[k].Role == role && Roles[k].Of == of) return Function.Parameters[k];
        return null;
    }
}
