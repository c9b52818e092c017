namespace AutoDiff;

/// <summary>Stores the intermediate values of a method for the backward pass instead of recomputing them, whatever the costs say.</summary>
/// <seealso cref="RecomputeAttribute"/>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class KeepAttribute : Attribute;
