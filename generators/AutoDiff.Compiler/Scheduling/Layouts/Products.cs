using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Scheduling;

/// <summary>What the product kernel can read and write where it lies.</summary>
internal static class Products
{
    /// <summary>One of the two strides of an operand is 1.</summary>
    public static bool CanRead(Layout layout, Shape shape)
        => layout.Strides[shape.Rank - 1].IsOne || layout.Strides[shape.Rank - 2].IsOne || shape[-1].IsOne || shape[-2].IsOne;

    /// <summary>The rows of the product are contiguous.</summary>
    public static bool CanWrite(Layout layout) => layout.Strides[layout.Strides.Length - 1].IsOne;
}
