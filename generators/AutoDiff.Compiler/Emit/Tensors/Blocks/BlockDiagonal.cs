using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Scheduling;

namespace AutoDiff.Compiler.Emit;

/// <summary>
/// The diagonal of the matrices in a causal block loop. What runs along their rows meets 0 beyond it (<see cref="AboveDiagonal"/>): products need neither these terms nor,
/// where <see cref="FiniteMatrices"/> says so, these results.
/// </summary>
/// <param name="Reach">The number of columns that the block reaches.</param>
/// <param name="First">The first row of the block, as a C# text.</param>
/// <param name="SkipsResults">Whether results beyond the diagonal may be taken for 0.</param>
internal sealed record BlockDiagonal(Dim Reach, string First, bool SkipsResults)
{
    /// <summary>Which matrix of a product is a triangle, as a member of <c>ProductTriangle</c>; null where none is.</summary>
    public string? TriangleOf(ProductBatches product)
    {
        if (product.Inner == Reach) return "LowerA";
        if (product.Rows == Reach) return "UpperA";
        return SkipsResults && product.Columns == Reach ? "LowerC" : null;
    }
}
