using System.ComponentModel;
using System.Numerics;
using System.Runtime.InteropServices;
using AutoDiff.Kernels;
using AutoDiff.Simd;

namespace AutoDiff.Generated;

/// <summary>Matrix products of spans: generated code has checked the sizes at its entry.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Products
{
    /// <summary>C = A · B, or C += A · B.</summary>
    public static void Multiply<T>(in ProductShape shape, ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => MatrixProduct.Multiply(in shape, in MemoryMarshal.GetReference(a), in MemoryMarshal.GetReference(b), ref MemoryMarshal.GetReference(c));

    /// <summary>C = epilogue(A · B).</summary>
    public static void Multiply<T, TEpilogue>(in ProductShape shape, ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, scoped ref TEpilogue epilogue)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TEpilogue : IEpilogue<T>, allows ref struct
        => MatrixProduct.Multiply(in shape, in MemoryMarshal.GetReference(a), in MemoryMarshal.GetReference(b), ref MemoryMarshal.GetReference(c), ref epilogue);

    /// <summary>C = A · B, or C += A · B, on this thread, in the body of a loop over blocks.</summary>
    public static void Multiply<V, T>(Workspace workspace, in MatrixShape shape, ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var epilogue = default(NoEpilogue<T>);
        Multiply<V, T, NoEpilogue<T>>(workspace, in shape, a, b, c, ref epilogue);
    }

    /// <summary>C = epilogue(A · B), on this thread, in the body of a loop over blocks.</summary>
    public static void Multiply<V, T, TEpilogue>(
        Workspace workspace, in MatrixShape shape, ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, scoped ref TEpilogue epilogue)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TEpilogue : IEpilogue<T>, allows ref struct
        => MatrixProduct.MultiplyBlock<V, T, TEpilogue>(workspace, in shape, in MemoryMarshal.GetReference(a), in MemoryMarshal.GetReference(b),
            ref MemoryMarshal.GetReference(c), ref epilogue);
}
