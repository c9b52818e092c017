namespace AutoDiff;

/// <summary>Says that an integer argument divides another one of the same constructor or method without a remainder, as heads do the width.</summary>
/// <remarks>The analyzers check it where both numbers are known (DIFF2011). At run time nothing is checked.</remarks>
/// <param name="parameter">The name of the parameter that is divided.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class DividesAttribute(string parameter) : Attribute
{
    /// <summary>The name of the parameter that is divided.</summary>
    public string Parameter { get; } = parameter;
}
