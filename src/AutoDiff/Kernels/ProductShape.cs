using System.ComponentModel;

namespace AutoDiff.Kernels;

/// <summary>
/// The sizes, strides and batches of a matrix product C = A · B, where A is Rows × Inner, B is Inner × Columns and C is Rows × Columns.
/// </summary>
/// <remarks>
/// Strides count elements. One of the two strides of A, and of B, is 1: a transposed operand is one whose strides are exchanged. C has
/// contiguous rows. Two levels of batches step each operand by a stride of its own, 0 where all share it: attention heads are read and
/// written inside the tensor that holds them.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct ProductShape
{
    /// <summary>One product without scaling; sizes and strides are to be set.</summary>
    public ProductShape()
    {
    }

    /// <summary>Rows of A and C.</summary>
    public required int Rows { get; init; }

    /// <summary>Columns of B and C.</summary>
    public required int Columns { get; init; }

    /// <summary>Columns of A, rows of B: the dimension that is summed over.</summary>
    public required int Inner { get; init; }

    /// <summary>From a row of A to the next.</summary>
    public required nint ARowStride { get; init; }

    /// <summary>From a column of A to the next.</summary>
    public nint AColumnStride { get; init; } = 1;

    /// <summary>From a row of B to the next.</summary>
    public required nint BRowStride { get; init; }

    /// <summary>From a column of B to the next.</summary>
    public nint BColumnStride { get; init; } = 1;

    /// <summary>From a row of C to the next.</summary>
    public required nint CRowStride { get; init; }

    /// <summary>Whether the product is added to C instead of replacing it.</summary>
    public bool Accumulate { get; init; }

    /// <summary>Which matrix is a triangle, as far as is known.</summary>
    public ProductTriangle Triangle { get; init; }

    /// <summary>By how much the diagonal of <see cref="Triangle"/> is to the right of the first row's beginning.</summary>
    public int Diagonal { get; init; }

    /// <summary>A factor of the product (not of what C held).</summary>
    public double Scale { get; init; } = 1;

    /// <summary>The number of products on the outer batch level.</summary>
    public int Batch1 { get; init; } = 1;

    /// <summary>The number of products on the inner batch level.</summary>
    public int Batch2 { get; init; } = 1;

    /// <summary>From A to the next on the outer batch level.</summary>
    public nint ABatch1 { get; init; }

    /// <summary>From A to the next on the inner batch level.</summary>
    public nint ABatch2 { get; init; }

    /// <summary>From B to the next on the outer batch level.</summary>
    public nint BBatch1 { get; init; }

    /// <summary>From B to the next on the inner batch level.</summary>
    public nint BBatch2 { get; init; }

    /// <summary>From C to the next on the outer batch level.</summary>
    public nint CBatch1 { get; init; }

    /// <summary>From C to the next on the inner batch level.</summary>
    public nint CBatch2 { get; init; }
}
