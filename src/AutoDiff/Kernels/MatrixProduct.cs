using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using AutoDiff.Parallel;
using AutoDiff.Simd;

namespace AutoDiff.Kernels;

/// <summary>
/// Matrix products of <see cref="float"/> and <see cref="double"/>: register-blocked, packed where that pays, parallel, with an epilogue.
/// </summary>
/// <remarks>
/// Every element of C is a chain of multiply-adds (fused, where the hardware can) in ascending order of the inner dimension, in blocks of
/// a fixed length whose sums are added in order; a single row times a transposed matrix is a row of scalar products
/// (<see cref="RowProductBody{V, T, TEpilogue}"/>), and so are one or two columns beyond whole lines (<see cref="ColumnTail{V, T, TEpilogue}"/>). Neither the number of threads nor the vector width changes a bit of it. Structure after Goto and van de Geijn,
/// "Anatomy of High-Performance Matrix Multiplication", 2008.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class MatrixProduct
{
    /// <summary>Multiplies. C must not overlap A or B.</summary>
    /// <exception cref="ArgumentException">A size is negative, or neither stride of A or of B is 1.</exception>
    public static void Multiply<T>(in ProductShape shape, ref readonly T a, ref readonly T b, ref T c)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var epilogue = default(NoEpilogue<T>);
        Multiply(in shape, in a, in b, ref c, ref epilogue);
    }

    /// <summary>
    /// Multiplies, and applies an epilogue to each element once, after the last term of its sum. C must not overlap A or B.
    /// </summary>
    /// <exception cref="ArgumentException">A size is negative, or neither stride of A or of B is 1.</exception>
    public static void Multiply<T, TEpilogue>(
        in ProductShape shape, ref readonly T a, ref readonly T b, ref T c, scoped ref TEpilogue epilogue)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TEpilogue : IEpilogue<T>, allows ref struct
    {
        if (RowLoops.Width == 512)
            Multiply<Vec512<T>, T, TEpilogue>(in shape, in a, in b, ref c, ref epilogue);
        else if (RowLoops.Width == 256)
            Multiply<Vec256<T>, T, TEpilogue>(in shape, in a, in b, ref c, ref epilogue);
        else
            Multiply<Vec128<T>, T, TEpilogue>(in shape, in a, in b, ref c, ref epilogue);
    }

    /// <summary>Multiplies with vectors of a given width.</summary>
    /// <exception cref="ArgumentException">A size is negative, or neither stride of A or of B is 1.</exception>
    public static void Multiply<V, T, TEpilogue>(
        in ProductShape shape, ref readonly T a, ref readonly T b, ref T c, scoped ref TEpilogue epilogue)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TEpilogue : IEpilogue<T>, allows ref struct
    {
        Check(in shape);
        if (shape.Rows == 0 || shape.Columns == 0 || shape.Batch1 == 0 || shape.Batch2 == 0)
            return;
        if (RowProductBody<V, T, TEpilogue>.Fits(in shape))
        {
            MultiplyRow<V, T, TEpilogue>(in shape, in a, in b, ref c, ref epilogue);
            return;
        }

        var plan = ProductPlan.For<V, T>(in shape, ForkJoin.MaxThreads);

        // Threads share the epilogue by its address: ForkJoin explains why the GC does not mind. The operands are pinned.
        TEpilogue local = epilogue;
        fixed (T* pinnedA = &a, pinnedB = &b, pinnedC = &c)
        {
            var body = new ProductBody<V, T, TEpilogue>(in shape, in plan, pinnedA, pinnedB, pinnedC, Unsafe.AsPointer(ref local));
            if (plan.Parallel)
                ForkJoin.For(plan.Tasks, 1, ref body);
            else
                body.Run(0, plan.Tasks);
        }
    }

    private static void MultiplyRow<V, T, TEpilogue>(
        in ProductShape shape, ref readonly T a, ref readonly T b, ref T c, scoped ref TEpilogue epilogue)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TEpilogue : IEpilogue<T>, allows ref struct
    {
        TEpilogue local = epilogue;
        fixed (T* pinnedA = &a, pinnedB = &b, pinnedC = &c)
        {
            var body = new RowProductBody<V, T, TEpilogue>(in shape, pinnedA, pinnedB, pinnedC, Unsafe.AsPointer(ref local));
            double work = 2.0 * shape.Columns * shape.Inner * shape.Batch1 * shape.Batch2;
            if (ForkJoin.MaxThreads > 1 && work >= ProductPlan.ParallelWork)
                ForkJoin.For(body.Tasks, 4, ref body);
            else
                body.Run(0, body.Tasks);
        }
    }

    /// <summary>Multiplies on this thread, with memory of a workspace that it already holds; sizes and strides have been checked.</summary>
    internal static void MultiplyBlock<V, T, TEpilogue>(
        Workspace workspace, in MatrixShape shape, ref readonly T a, ref readonly T b, ref T c, scoped ref TEpilogue epilogue)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TEpilogue : IEpilogue<T>, allows ref struct
    {
        if (shape.Rows == 0 || shape.Columns == 0)
            return;
        fixed (T* pinnedA = &a, pinnedB = &b, pinnedC = &c)
        {
            if (PanelProduct<V, T, TEpilogue>.Fits(in shape))
            {
                PanelProduct<V, T, TEpilogue>.Multiply(workspace, in shape, pinnedA, pinnedB, pinnedC, ref epilogue);
                return;
            }

            ProductShape general = shape.General();
            if (RowProductBody<V, T, TEpilogue>.Fits(in general))
            {
                MultiplyRow<V, T, TEpilogue>(in general, in a, in b, ref c, ref epilogue);
                return;
            }

            var plan = ProductPlan.For<V, T>(in general, 1);
            WorkspaceMark mark = workspace.Mark();
            TEpilogue local = epilogue;
            new ProductBody<V, T, TEpilogue>(in general, in plan, pinnedA, pinnedB, pinnedC, Unsafe.AsPointer(ref local)).Run(0, plan.Tasks, workspace);
            workspace.Release(mark);
        }
    }

    private static void Check(in ProductShape shape)
    {
        if (shape.Rows < 0 || shape.Columns < 0 || shape.Inner < 0 || shape.Batch1 < 0 || shape.Batch2 < 0)
        {
            throw new ArgumentException(
                $"Sizes must not be negative: {shape.Rows} x {shape.Inner} times {shape.Inner} x {shape.Columns}, "
                + $"batches {shape.Batch1} x {shape.Batch2}.",
                nameof(shape));
        }

        if (shape.ARowStride != 1 && shape.AColumnStride != 1)
            throw new ArgumentException($"One stride of A must be 1: row {shape.ARowStride}, column {shape.AColumnStride}.", nameof(shape));
        if (shape.BRowStride != 1 && shape.BColumnStride != 1)
            throw new ArgumentException($"One stride of B must be 1: row {shape.BRowStride}, column {shape.BColumnStride}.", nameof(shape));
    }
}
