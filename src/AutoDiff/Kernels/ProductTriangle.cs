using System.ComponentModel;

namespace AutoDiff.Kernels;

/// <summary>
/// Where a product has a matrix that is a triangle, as masked rows are: which of its terms or results need not be computed. With i and j the row and the column of C,
/// and k what is summed over.
/// </summary>
/// <remarks>
/// It is a permission, used where whole vectors and rows of a register block are beyond the diagonal; what is next to it is computed.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum ProductTriangle
{
    /// <summary>All is computed.</summary>
    None,

    /// <summary>A[i, k] is 0 where k &gt; i + diagonal.</summary>
    LowerA,

    /// <summary>A[i, k] is 0 where k &lt; i − diagonal: a transposed lower triangle.</summary>
    UpperA,

    /// <summary>The product may be taken for 0 where j &gt; i + diagonal.</summary>
    LowerC,
}
