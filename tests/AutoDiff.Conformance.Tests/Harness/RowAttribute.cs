namespace AutoDiff.Conformance;

/// <summary>
/// A row of the catalogue of behaviours, on the differentiable method that it is about: a point, and the gradient there. Rows of one id are one test.
/// </summary>
/// <param name="id">The row's name.</param>
/// <param name="at">The arguments; numbers are converted to the types of the parameters.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class RowAttribute(string id, params object[] at) : Attribute
{
    public string Id { get; } = id;

    public object[] At { get; } = at;

    /// <summary>The gradient with respect to every differentiable parameter in order, elements of spans one by one; null where only slopes are compared.</summary>
    public double[]? Gradient { get; init; }

    /// <summary>The outputs, in the order of <see cref="Seed"/>; null where they are not given.</summary>
    public double[]? Value { get; init; }

    /// <summary>The cotangents of the outputs: the result, then <c>ref</c> and <c>out</c> numbers and written spans in the order of the parameters. Ones where null.</summary>
    public double[]? Seed { get; init; }

    /// <summary>Whether the function has no slope here: a kink, or the edge of its domain.</summary>
    public bool IsKink { get; init; }

    /// <summary>Whether loops of the members run in lanes, where sums have another order and elementary functions another last bit than in the method itself.</summary>
    public bool RunsInLanes { get; init; }

    /// <summary>How far slopes may be from gradients; more where numbers are rounded on the way.</summary>
    public double SlopeTolerance { get; init; } = 2e-6;
}
