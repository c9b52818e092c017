namespace AutoDiff;

/// <summary>Recomputes the intermediate values of a method in the backward pass instead of storing them, whatever the costs say.</summary>
/// <seealso cref="KeepAttribute"/>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class RecomputeAttribute : Attribute;
