using System.ComponentModel;

namespace AutoDiff.Kernels;

/// <summary>The sizes and strides of one small product C = A · B in the body of a loop over blocks; strides are those of <see cref="ProductShape"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct MatrixShape
{
    /// <summary>Sizes and strides are to be set.</summary>
    public MatrixShape()
    {
    }

    /// <summary>Rows of A and C.</summary>
    public required int Rows { get; init; }

    /// <summary>Columns of B and C.</summary>
    public required int Columns { get; init; }

    /// <summary>Columns of A, rows of B.</summary>
    public required int Inner { get; init; }

    /// <summary>From a row of A to the next.</summary>
    public required int ARowStride { get; init; }

    /// <summary>From a column of A to the next.</summary>
    public int AColumnStride { get; init; } = 1;

    /// <summary>From a row of B to the next.</summary>
    public required int BRowStride { get; init; }

    /// <summary>From a column of B to the next.</summary>
    public int BColumnStride { get; init; } = 1;

    /// <summary>From a row of C to the next.</summary>
    public required int CRowStride { get; init; }

    /// <summary>Whether the product is added to C instead of replacing it.</summary>
    public bool Accumulate { get; init; }

    /// <summary>Which matrix is a triangle, as far as is known.</summary>
    public ProductTriangle Triangle { get; init; }

    /// <summary>By how much the diagonal of <see cref="Triangle"/> is to the right of the first row's beginning.</summary>
    public int Diagonal { get; init; }

    internal ProductShape General() => new()
    {
        Rows = Rows,
        Columns = Columns,
        Inner = Inner,
        ARowStride = ARowStride,
        AColumnStride = AColumnStride,
        BRowStride = BRowStride,
        BColumnStride = BColumnStride,
        CRowStride = CRowStride,
        Accumulate = Accumulate,
        Triangle = Triangle,
        Diagonal = Diagonal,
    };
}
