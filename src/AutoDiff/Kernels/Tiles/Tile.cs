using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using AutoDiff.Simd;

namespace AutoDiff.Kernels.Tiles;

/// <summary>What one register block reads and writes: C = A · B for one block of the inner dimension, whole vectors of C.</summary>
internal unsafe struct Tile<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Vectors of the largest register block: 14 × 2.</summary>
    public const int LargestVectors = 28;

    public nint Inner;
    public T* A;
    public nint ARowStride;
    public nint AInnerStride;
    public T* B;
    public nint BInnerStride;
    public T* C;
    public nint CRowStride;

    /// <summary>What to ask the caches for at the first step of the inner dimension, and how far it moves at each step.</summary>
    public T* Ahead;
    public nint AheadStep;

    /// <summary>Where a row of what is asked for ends, and how far the next one begins behind it.</summary>
    public T* AheadEnd;
    public nint AheadGap;

    /// <summary>Asks the second-level cache for a line that is going to be read; nothing where the hardware has no such instruction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(T* line)
    {
        if (Sse.IsSupported)
            Sse.Prefetch1(line);
    }

    /// <summary>Multiplies a block of so many vectors and rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<V>(in Tile<T> tile, int vectors, int rows)
        where V : struct, IVector<V, T>
    {
        switch (vectors)
        {
            case 1:
                Tile1.Run<V, T>(in tile, rows);
                break;
            case 2:
                Tile2.Run<V, T>(in tile, rows);
                break;
            case 3:
                Tile3.Run<V, T>(in tile, rows);
                break;
            case 4:
                Tile4.Run<V, T>(in tile, rows);
                break;
            default:
                Tile5.Run<V, T>(in tile, rows);
                break;
        }
    }
}
