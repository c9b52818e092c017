using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AutoDiff.Kernels.Tiles;
using AutoDiff.Parallel;
using AutoDiff.Simd;

namespace AutoDiff.Kernels;

/// <summary>The loops around the register blocks, from the outside in: task, inner block, row block, panel, register block.</summary>
internal readonly unsafe struct ProductBody<V, T, TEpilogue> : IParallelBody
    where V : struct, IVector<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TEpilogue : IEpilogue<T>, allows ref struct
{
    // The shortest inner block whose computation takes as long as memory does to answer.
    private const int LongBlock = 64;

    private readonly ProductShape _shape;
    private readonly ProductPlan _plan;
    private readonly T* _a;
    private readonly T* _b;
    private readonly T* _c;
    private readonly void* _epilogue;

    public ProductBody(in ProductShape shape, in ProductPlan plan, T* a, T* b, T* c, void* epilogue)
    {
        _shape = shape;
        _plan = plan;
        _a = a;
        _b = b;
        _c = c;
        _epilogue = epilogue;
    }

    public void Run(int start, int end)
    {
        Workspace workspace = Workspace.Rent();
        Run(start, end, workspace);
        workspace.Return();
    }

    /// <summary>Runs tasks with memory of a workspace, which the caller releases.</summary>
    public void Run(int start, int end, Workspace workspace)
    {
        Span<T> packed = workspace.Allocate<T>(
            Math.Min(ProductPlan.InnerBlock, _shape.Inner) * (_plan.GroupPanels * _plan.PanelVectors + 1) * V.Count);
        Span<T> scratch = workspace.Allocate<T>(Tile<T>.LargestVectors * V.Count);

        // Workspace memory is pinned by itself.
        T* buffer = (T*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(packed));
        T* tile = (T*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(scratch));
        T* line = _plan.TailColumns == 0 ? null : (T*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(workspace.Allocate<T>(_shape.Inner)));
        for (int task = start; task < end; task++)
        {
            int rowBlock = task % _plan.RowBlocks;
            int rest = task / _plan.RowBlocks;
            int group = rest % _plan.Groups;
            int batch = rest / _plan.Groups;
            int firstRow = (int)((long)_shape.Rows * rowBlock / _plan.RowBlocks);
            int lastRow = (int)((long)_shape.Rows * (rowBlock + 1) / _plan.RowBlocks);
            int firstPanel = group * _plan.GroupPanels;
            int lastPanel = Math.Min(firstPanel + _plan.GroupPanels, _plan.Panels);
            Multiply(batch, firstRow, lastRow, firstPanel, lastPanel, buffer, tile, line);
        }
    }

    private void Multiply(int batch, int firstRow, int lastRow, int firstPanel, int lastPanel, T* buffer, T* scratch, T* line)
    {
        (int outer, int inner) = Math.DivRem(batch, _shape.Batch2);
        T* a = _a + outer * _shape.ABatch1 + inner * _shape.ABatch2;
        T* b = _b + outer * _shape.BBatch1 + inner * _shape.BBatch2;
        T* c = _c + outer * _shape.CBatch1 + inner * _shape.CBatch2;

        if (_plan.TailColumns > 0 && lastPanel == _plan.Panels)
            ColumnTail<V, T, TEpilogue>.Multiply(in _shape, a, b, c, batch, firstRow, lastRow, line, ref Unsafe.AsRef<TEpilogue>(_epilogue));

        // Blocks of nearly the same length; one of length 0 where there is nothing to sum.
        int blocks = Math.Max(1, (_shape.Inner + ProductPlan.InnerBlock - 1) / ProductPlan.InnerBlock);
        int k = 0;
        for (int block = 1; block <= blocks; block++)
        {
            int length = (int)((long)_shape.Inner * block / blocks) - k;
            bool last = k + length == _shape.Inner;
            for (int panel = firstPanel; panel < lastPanel; panel++)
            {
                if (!InPlace(panel, lastRow - firstRow))
                    Pack(b, panel, k, length, PackedPanel(buffer, panel - firstPanel, length));
            }

            var ahead = default(ReadAhead<T>);
            ReadNext(ref ahead, b, k, length, last, firstPanel, lastPanel, lastPanel);
            int rowBlock = ProductPlan.RowBlock<T>();
            for (int row = firstRow; row < lastRow; row += rowBlock)
            {
                int end = Math.Min(row + rowBlock, lastRow);
                for (int panel = firstPanel; panel < lastPanel; panel++)
                {
                    bool inPlace = InPlace(panel, lastRow - firstRow);
                    int column = panel * _plan.PanelVectors * V.Count;
                    if (inPlace && row == firstRow)
                        ReadNext(ref ahead, b, k, length, last, firstPanel, panel + 1, lastPanel);
                    var tile = new Tile<T>
                    {
                        Inner = length,
                        ARowStride = _shape.ARowStride,
                        AInnerStride = _shape.AColumnStride,
                        B = inPlace ? b + k * _shape.BRowStride + column : PackedPanel(buffer, panel - firstPanel, length),
                        BInnerStride = inPlace ? _shape.BRowStride : Vectors(panel) * V.Count,
                    };
                    T* rows = a + k * _shape.AColumnStride;
                    MultiplyPanel(ref tile, ref ahead, panel == firstPanel, batch, rows, c, row, end, panel, k, last, scratch);
                }
            }

            k += length;
        }
    }

    /// <summary>
    /// Reads ahead what follows in B: the panels from one on, which the next group or the next inner block begins with where this group ends
    /// there.
    /// </summary>
    private void ReadNext(ref ReadAhead<T> ahead, T* b, int k, int length, bool last, int firstPanel, int panel, int lastPanel)
    {
        int end = Math.Min(panel < lastPanel ? panel + 1 : panel + _plan.GroupPanels, _plan.Panels);
        if (panel == lastPanel && !last)
            (k, panel, end) = (k + length, firstPanel, lastPanel);
        else if (panel == lastPanel)
            k = 0;
        int column = panel * _plan.PanelVectors * V.Count;
        int columns = Math.Min(end * _plan.PanelVectors * V.Count, _shape.Columns) - column;
        if (panel >= end)
            return;
        if (_shape.BColumnStride == 1)
            ahead.Rows(b + k * _shape.BRowStride + column, _shape.BRowStride, columns);
        else if (_shape.BColumnStride == length)
            ahead.Columns(b + column * _shape.BColumnStride, length, columns);
    }

    private void MultiplyPanel(
        ref Tile<T> tile,
        ref ReadAhead<T> ahead,
        bool first,
        int batch,
        T* a,
        T* c,
        int firstRow,
        int lastRow,
        int panel,
        int k,
        bool last,
        T* scratch)
    {
        int vectors = Vectors(panel);
        int column = panel * _plan.PanelVectors * V.Count;
        int columns = Math.Min(vectors * V.Count, _shape.Columns - column);
        bool accumulate = _shape.Accumulate || k > 0;
        bool finish = typeof(TEpilogue) != typeof(NoEpilogue<T>) && last;
        bool direct = !accumulate && !finish && _shape.Scale == 1 && columns == vectors * V.Count;

        // Register blocks of nearly the same height: a last one of a row or two would run at a fraction of the speed.
        int blocks = (lastRow - firstRow + ProductPlan.TallestTile<V>(vectors) - 1) / ProductPlan.TallestTile<V>(vectors);
        for (int block = 0; block < blocks; block++)
        {
            int row = firstRow + (lastRow - firstRow) * block / blocks;
            int rows = firstRow + (lastRow - firstRow) * (block + 1) / blocks - row;
            T* destination = c + row * _shape.CRowStride + column;
            tile.A = a + row * _shape.ARowStride;
            ahead.Choose(ref tile, row, rows, first);
            tile.C = direct ? destination : scratch;
            tile.CRowStride = direct ? _shape.CRowStride : vectors * V.Count;
            var at = new TilePosition(batch, row, rows, column, columns);
            if (!direct && tile.Inner >= LongBlock)
                TileOutput<V, T, TEpilogue>.Prefetch(destination, _shape.CRowStride, ref Unsafe.AsRef<TEpilogue>(_epilogue), in at, finish);
            if (_shape.Triangle == ProductTriangle.None)
                Tile<T>.Run<V>(in tile, vectors, rows);
            else
                TriangularTile<V, T>.Run(ref tile, _shape.Triangle, _shape.Diagonal, row, rows, column, k, vectors);
            if (!direct)
            {
                TileOutput<V, T, TEpilogue>.Finish(
                    scratch,
                    vectors * V.Count,
                    destination,
                    _shape.CRowStride,
                    V.Broadcast(T.CreateTruncating(_shape.Scale)),
                    ref Unsafe.AsRef<TEpilogue>(_epilogue),
                    in at,
                    accumulate,
                    finish);
            }
        }
    }

    private bool BIsAligned => (((nint)_b | (_shape.BRowStride * sizeof(T))) & (Chunk.LineSize - 1)) == 0;

    private int Vectors(int panel) => panel == _plan.Panels - 1 ? _plan.LastPanelVectors : _plan.PanelVectors;

    /// <summary>Panels of a group lie one behind the other.</summary>
    private T* PackedPanel(T* buffer, int panelInGroup, int length) =>
        buffer + (nint)panelInGroup * length * _plan.PanelVectors * V.Count;

    /// <summary>
    /// Whether a panel of B can be read where it is: whole vectors in rows, and near enough or too rarely read to be packed. Rows that do not
    /// begin with a cache line take twice the reads, and are packed sooner.
    /// </summary>
    private bool InPlace(int panel, int rows)
    {
        int width = Vectors(panel) * V.Count;
        return _shape.BColumnStride == 1
            && panel * _plan.PanelVectors * V.Count + width <= _shape.Columns
            && (rows <= (BIsAligned ? ProductPlan.FewRows : ProductPlan.FewUnalignedRows) || _shape.BRowStride <= 2 * width);
    }

    private void Pack(T* b, int panel, int k, int length, T* destination)
    {
        int width = Vectors(panel) * V.Count;
        int column = panel * _plan.PanelVectors * V.Count;
        int columns = Math.Min(width, _shape.Columns - column);
        T* source = b + k * _shape.BRowStride + column * _shape.BColumnStride;
        Packing.Panel<V, T>(source, _shape.BRowStride, _shape.BColumnStride, length, columns, destination, width);
    }
}
