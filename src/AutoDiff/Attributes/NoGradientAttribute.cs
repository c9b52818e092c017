namespace AutoDiff;

/// <summary>Says that something takes no gradient although its type could carry one.</summary>
/// <remarks>
/// On a parameter: no gradient destination is generated for it. On a field or property: its derivative is zero, and it is left out of a
/// struct's gradient. On a method or return value: the result is a constant to whoever calls it. For one value within a
/// method, use <see cref="Ad.Detach{T}(T)"/>.
/// </remarks>
[AttributeUsage(
    AttributeTargets.Parameter | AttributeTargets.ReturnValue | AttributeTargets.Field | AttributeTargets.Property
    | AttributeTargets.Method)]
public sealed class NoGradientAttribute : Attribute;
