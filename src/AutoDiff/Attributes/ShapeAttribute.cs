namespace AutoDiff;

/// <summary>Declares the shape of a tensor, or the length of a span or array.</summary>
/// <remarks>
/// The dimensions are separated by spaces: names (<c>"batch time"</c>), integers, small expressions over both
/// (<c>"3*channels"</c>, without inner spaces), <c>"_"</c> for a dimension of any size and <c>"..."</c>, once, for any number of them.
/// The same name is the same size within a method; constants and constructor parameters of the type are names too.
/// Shapes are compared at build time by the analyzers and once at the entry of each generated member.
/// </remarks>
/// <param name="dimensions">The dimensions, outermost first.</param>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.ReturnValue | AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ShapeAttribute(string dimensions) : Attribute
{
    /// <summary>The dimensions, outermost first, separated by spaces.</summary>
    public string Dimensions { get; } = dimensions;
}
