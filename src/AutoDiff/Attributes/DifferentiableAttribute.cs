namespace AutoDiff;

/// <summary>
/// Asks for the derivatives of a method, generated at build time beside it in the same partial type; on a type, for its
/// parameters as one flat buffer and its gradient type.
/// </summary>
/// <remarks>
/// On a method <c>F</c> with a floating-point result: <c>FGradient</c> and <c>FVjp</c>. On any other differentiable method:
/// <c>FVjp</c>. More members are asked for by <see cref="AutoDiff.Derivatives"/>. On an interface, abstract or virtual method the
/// members are dispatched as the method itself is.
/// </remarks>
/// <param name="derivatives">The members to generate.</param>
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface,
    Inherited = false)]
public sealed class DifferentiableAttribute(Derivatives derivatives = Derivatives.Gradient) : Attribute
{
    /// <summary>The members to generate.</summary>
    public Derivatives Derivatives { get; } = derivatives;
}
