using System.Numerics;

namespace AutoDiff.Kernels.Tiles;

/// <summary>What one register block reads and writes: C = A · B for one block of the inner dimension, whole vectors of C.</summary>
internal unsafe struct Tile<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public nint Inner;
    public T* A;
    public nint ARowStride;
    public nint AInnerStride;
    public T* B;
    public nint BInnerStride;
    public T* C;
    public nint CRowStride;
}
