namespace AutoDiff;

/// <summary>Says that a size in the <c>[Shape]</c> of the parameter has an upper bound, as the length of a text has the context of a model.</summary>
/// <remarks>The analyzers check it where both sizes are known (DIFF2008). At run time the operation that needs it throws.</remarks>
/// <param name="size">A dimension of the shape text.</param>
/// <param name="limit">The largest value that it may have: a number, a name of the type, or an expression of these.</param>
[AttributeUsage(AttributeTargets.Parameter, AllowMultiple = true)]
public sealed class AtMostAttribute(string size, string limit) : Attribute
{
    /// <summary>A dimension of the shape text.</summary>
    public string Size { get; } = size;

    /// <summary>The largest value that it may have.</summary>
    public string Limit { get; } = limit;
}
