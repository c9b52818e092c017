using System.Numerics;
using System.Runtime.CompilerServices;
using AutoDiff.Simd;

namespace AutoDiff.Kernels;

/// <summary>
/// How a product is cut: columns into panels of whole vectors, panels into groups, rows into blocks, and the three into tasks.
/// </summary>
/// <remarks>
/// Only where the cuts lie depends on the number of threads. No cut changes the order of an element's sum, so none changes a bit.
/// </remarks>
internal readonly record struct ProductPlan
{
    /// <summary>
    /// The longest block of the inner dimension: a group of panels of B and a block of rows of A of that length stay in L2 together. C is read and written
    /// once for each block.
    /// </summary>
    public const int InnerBlock = 512;

    /// <summary>Up to this many rows, packing B costs more than its gaps do.</summary>
    public const int FewRows = 256;

    /// <summary>The same where rows of B do not begin with a cache line.</summary>
    public const int FewUnalignedRows = 64;

    /// <summary>Below this many floating-point operations, a second thread costs more than it brings.</summary>
    public const double ParallelWork = 1 << 20;

    // The bytes of a column of a block of rows.
    private const int RowBlockBytes = 960;

    private const int PanelsPerGroup = 2;

    /// <summary>Vectors in a panel, but for the last one.</summary>
    public int PanelVectors { get; private init; }

    public int Panels { get; private init; }

    public int LastPanelVectors { get; private init; }

    /// <summary>Columns behind the panels, which <see cref="ColumnTail{V, T, TEpilogue}"/> computes with the last group.</summary>
    public int TailColumns { get; private init; }

    public int GroupPanels { get; private init; }

    public int Groups { get; private init; }

    public int RowBlocks { get; private init; }

    public int Tasks { get; private init; }

    public bool Parallel { get; private init; }

    public static ProductPlan For<V, T>(in ProductShape shape, int threads)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // 32 registers hold blocks of 6 × 4 vectors, 16 registers hold 6 × 2. One vector left over widens the last panel.
        int panelVectors = Unsafe.SizeOf<V>() == 64 ? 4 : 2;
        int tail = ColumnTail<V, T, NoEpilogue<T>>.Count(shape.Columns, shape.Inner);
        int vectors = (shape.Columns - tail + V.Count - 1) / V.Count;
        int panels = Math.Max(1, (vectors + panelVectors - 2) / panelVectors);
        double work = 2.0 * shape.Rows * shape.Columns * shape.Inner * shape.Batch1 * shape.Batch2;
        bool parallel = threads > 1 && work >= ParallelWork;

        int groupPanels = Math.Min(PanelsPerGroup, panels);
        int rowBlocks = 1;
        long batches = (long)shape.Batch1 * shape.Batch2;
        if (parallel)
        {
            // First narrower groups, then fewer rows: each block of rows packs its panels of B again.
            long wanted = 4L * threads;
            while (groupPanels > 1 && batches * ((panels + groupPanels - 1) / groupPanels) < wanted)
                groupPanels--;
            long columnTasks = batches * ((panels + groupPanels - 1) / groupPanels);
            if (columnTasks < wanted)
                rowBlocks = (int)Math.Clamp((wanted + columnTasks - 1) / columnTasks, 1, Math.Max(1, shape.Rows / 96));
        }

        int groups = (panels + groupPanels - 1) / groupPanels;
        return new()
        {
            PanelVectors = panelVectors,
            Panels = panels,
            LastPanelVectors = vectors - (panels - 1) * panelVectors,
            TailColumns = tail,
            GroupPanels = groupPanels,
            Groups = groups,
            RowBlocks = rowBlocks,
            Tasks = checked((int)(batches * groups * rowBlocks)),
            Parallel = parallel,
        };
    }

    /// <summary>Rows of A that are multiplied by all panels of a group before the next rows come: they stay in L2.</summary>
    public static int RowBlock<T>()
        where T : unmanaged => RowBlockBytes / Unsafe.SizeOf<T>();

    /// <summary>The tallest register block for a panel: accumulators, one row of B and one element of A fill the registers.</summary>
    public static int TallestTile<V>(int panelVectors) => Unsafe.SizeOf<V>() == 64
        ? panelVectors switch { 1 => 14, 2 => 14, 3 => 8, 4 => 6, _ => 5 }
        : panelVectors switch { 1 => 10, 2 => 6, _ => 4 };
}
