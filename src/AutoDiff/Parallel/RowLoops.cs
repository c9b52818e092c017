using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using AutoDiff.Simd;

namespace AutoDiff.Parallel;

/// <summary>Chooses the vector width of a loop once, and splits its rows over threads where that pays.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class RowLoops
{
    /// <summary>
    /// The cost below which a thread is not worth waking, in arithmetic operations on elements: some 5 µs at a few operations a cycle and
    /// lane.
    /// </summary>
    private const long CostPerThread = 1 << 16;

    /// <summary>The widest vector that the hardware has: 512, 256 or 128 bits.</summary>
    /// <remarks>
    /// AVX-512 is asked for by name: <see cref="Vector512.IsHardwareAccelerated"/> is false where the runtime merely prefers 256 bits.
    /// </remarks>
    public static int Width
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Avx512F.IsSupported ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
    }

    /// <summary>Runs <paramref name="loop"/> over [0, <paramref name="rows"/>).</summary>
    /// <param name="loop">The loop; what it writes into itself is unspecified afterwards, as threads share it.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="costPerRow">About how many arithmetic operations a row takes, an elementary function counting some 20.</param>
    public static void Run<T, TLoop>(scoped ref TLoop loop, int rows, long costPerRow)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLoop : IRowLoop<T>, allows ref struct
    {
        if (rows <= 0)
            return;
        long grain = (CostPerThread + costPerRow - 1) / Math.Max(costPerRow, 1);
        if (grain >= rows || ForkJoin.MaxThreads == 1)
        {
            RunWidth<T, TLoop>(ref loop, 0, rows);
            return;
        }

        // A ref struct cannot be the target of a ref field, hence the address; ForkJoin explains why the GC does not mind.
        TLoop local = loop;
        var body = new Body<T, TLoop>(Unsafe.AsPointer(ref local));
        ForkJoin.For(rows, (int)grain, ref body);
    }

    private static void RunWidth<T, TLoop>(scoped ref TLoop loop, int start, int end)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLoop : IRowLoop<T>, allows ref struct
    {
        if (Width == 512)
            loop.Rows<Vec512<T>>(start, end);
        else if (Width == 256)
            loop.Rows<Vec256<T>>(start, end);
        else
            loop.Rows<Vec128<T>>(start, end);
    }

    private readonly struct Body<T, TLoop>(void* loop) : IParallelBody
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLoop : IRowLoop<T>, allows ref struct
    {
        public void Run(int start, int end) => RunWidth<T, TLoop>(ref Unsafe.AsRef<TLoop>(loop), start, end);
    }
}
