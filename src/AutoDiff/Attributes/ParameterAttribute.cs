namespace AutoDiff;

/// <summary>Makes a partial property of a <see cref="DifferentiableAttribute"/> type a trainable parameter.</summary>
/// <remarks>
/// The generator writes the property as a view of the model's one contiguous buffer. Names in the shape are constructor parameters and
/// constants of the type, as in <see cref="ShapeAttribute"/>.
/// </remarks>
/// <param name="shape">The lengths of the dimensions, outermost first, separated by spaces.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ParameterAttribute(string shape) : Attribute
{
    /// <summary>The lengths of the dimensions, outermost first, separated by spaces.</summary>
    public string Shape { get; } = shape;

    /// <summary>The distribution of the first values.</summary>
    public Initial Initial { get; set; } = Initial.Auto;

    /// <summary>What the first values are multiplied by: the standard deviation, the bound or the gain of <see cref="Initial"/>.</summary>
    public float Scale { get; set; } = 1f;
}
