namespace AutoDiff.Conformance.RandomPrograms;

/// <summary>What a variable of a program holds.</summary>
internal enum Sort
{
    Double,
    Float,
    Int,
    Bool,
    Array,
    Span,
    ReadOnlySpan,
    List,
    Point,
    Cell,
    Tensor,
}

/// <summary>A variable that a piece of program may use.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Sort">What it holds.</param>
/// <param name="Length">Of a buffer: so many elements at least.</param>
internal sealed record Variable(string Name, Sort Sort, int Length = 0)
{
    /// <summary>Whether a statement may assign it; loop counters and <c>in</c> parameters may not be.</summary>
    public bool IsWritable { get; init; } = true;

    /// <summary>Whether a local function or a lambda may capture it: what is passed by reference may not be.</summary>
    public bool IsCaptured { get; init; } = true;

    /// <summary>Whether it is memory of the stack.</summary>
    public bool IsStack { get; init; }

    public bool IsBuffer => Sort is Sort.Array or Sort.Span or Sort.ReadOnlySpan;

    public bool IsWritableBuffer => Sort is Sort.Array or Sort.Span;
}
