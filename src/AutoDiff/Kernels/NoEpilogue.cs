using System.Numerics;
using AutoDiff.Simd;

namespace AutoDiff.Kernels;

/// <summary>Leaves the product as it is; known to the driver, which then writes C from the registers.</summary>
internal readonly struct NoEpilogue<T> : IEpilogue<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public V Apply<V>(V product, nint batch, nint row, nint column, int lanes)
        where V : struct, IVector<V, T> => product;

    public void Prefetch(nint batch, nint row, nint column, nint columns)
    {
    }
}
