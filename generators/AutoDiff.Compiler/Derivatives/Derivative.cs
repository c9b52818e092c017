using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Derivatives;

/// <summary>The adjoint of an output, as it enters the backward part. <paramref name="Output"/> indexes <see cref="Function.Outputs"/>.</summary>
public sealed record Cotangent(string Name, Value Value, int Output);

/// <summary>Where the adjoint of a buffer lives.</summary>
public enum ShadowKind
{
    /// <summary>The gradient destination of a buffer that is only read; adjoints are added to it.</summary>
    Destination,

    /// <summary>
    /// A scratch copy of the cotangent of a written buffer. What it holds at the end is the adjoint of the buffer's contents at entry, which goes to the
    /// gradient destination where the method reads those.
    /// </summary>
    Cotangent,
}

/// <summary>The adjoint buffer of the parameter called <paramref name="Parameter"/>.</summary>
/// <param name="Name"><c>d</c> + name.</param>
/// <param name="ReadsEntry">Whether the method reads elements that it has not written before, so that the buffer is an input too.</param>
public sealed record Shadow(string Parameter, string Name, Value Primal, Value Value, ShadowKind Kind, bool ReadsEntry);

/// <summary>The gradient of the scalar or tensor parameter called <paramref name="Parameter"/>; null where it is zero because nothing depends on it.</summary>
public sealed record Gradient(string Parameter, string Name, IrType Type, Value? Value);

/// <summary>
/// A function and its pullback. <see cref="Forward"/> computes the outputs (its yields) and what the backward part needs; <see cref="Backward"/> takes the
/// cotangents to gradients. Backward sees every value defined at the top level of Forward; those that it reads are <see cref="Residuals"/>. Printed one after the
/// other they are <c>FGradient</c> and <c>FVjp</c>; printed apart, with the residuals handed over in a frame, they are the pair <c>FRecord</c>/<c>FPullback</c>.
/// </summary>
public sealed record Derivative(
    Function Primal,
    EquatableArray<Cotangent> Cotangents,
    EquatableArray<Shadow> Shadows,
    Region Forward,
    Region Backward,
    EquatableArray<Gradient> Gradients,
    EquatableArray<Value> Residuals);
