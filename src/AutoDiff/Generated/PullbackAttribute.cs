using System.ComponentModel;

namespace AutoDiff.Generated;

/// <summary>
/// On a generated <c>MPullback</c>: what a caller has to know of <c>M</c> that its signature does not tell. It is how a method of another assembly is called.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PullbackAttribute : Attribute
{
    /// <summary>The spans and arrays that <c>M</c> writes, by name: their adjoint is handed in, and handed out in its place.</summary>
    public string[] Writes { get; set; } = [];

    /// <summary>The parameters whose values at the call the pullback does not look at, by name.</summary>
    public string[] Ignores { get; set; } = [];
}
