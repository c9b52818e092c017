using System.Numerics;
using AutoDiff.Kernels.Tiles;

namespace AutoDiff.Kernels;

/// <summary>
/// What each register block asks the caches for while it is computed, a line at each step of the inner dimension: operands that come from
/// far away arrive while there is something else to do. Rows of A first, where their block is the first one that meets them; else the
/// panels of B that come next.
/// </summary>
/// <remarks>Addresses behind the end of an operand are asked for in vain, and do no harm.</remarks>
internal unsafe struct ReadAhead<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private T* _panels;
    private nint _step;
    private nint _next;
    private int _blocks;

    private static int Lanes => Chunk.LineSize / sizeof(T);

    /// <summary>Sets the panels of B that come next, with adjacent elements in rows: a line of each row for each register block.</summary>
    public void Rows(T* panels, nint stride, int columns) => Set(panels, stride, Lanes, (columns + Lanes - 1) / Lanes);

    /// <summary>
    /// Sets the panels of B that come next, with adjacent elements in columns, one behind the other: as many lines for each register block as
    /// it has steps.
    /// </summary>
    public void Columns(T* panels, int inner, int columns) => Set(panels, Lanes, (nint)inner * Lanes, (columns + Lanes - 1) / Lanes);

    private void Set(T* panels, nint step, nint next, int blocks)
    {
        _panels = panels;
        _step = step;
        _next = next;
        _blocks = blocks;
    }

    /// <summary>Chooses for one register block.</summary>
    /// <param name="tile">The register block, but for C.</param>
    /// <param name="row">Its first row.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="first">Whether the block is of the first panel that meets these rows of A.</param>
    public void Choose(ref Tile<T> tile, int row, int rows, bool first)
    {
        tile.AheadEnd = (T*)nuint.MaxValue;
        if (first && tile.AInnerStride == 1)
        {
            // Rows: as many elements at each step as the next block has rows, and from the end of one, in this inner block, to the next.
            tile.Ahead = tile.A + rows * tile.ARowStride;
            tile.AheadStep = rows;
            tile.AheadEnd = tile.Ahead + tile.Inner;
            tile.AheadGap = tile.ARowStride - tile.Inner;
        }
        else if (first && tile.ARowStride == 1 && EntersLine(row, rows))
        {
            // Columns: a line holds those of several blocks, and the first one that enters it asks for the line beside it.
            tile.Ahead = tile.A - row + ((row + rows - 1) / Lanes + 1) * Lanes;
            tile.AheadStep = tile.AInnerStride;
        }
        else if (_blocks > 0)
        {
            tile.Ahead = _panels;
            tile.AheadStep = _step;
            _panels += _next;
            _blocks--;
        }
        else
        {
            tile.Ahead = tile.B;
            tile.AheadStep = 0;
        }
    }

    private static bool EntersLine(int row, int rows) => (row + rows - 1) / Lanes > (row + Lanes - 1) / Lanes - 1;
}
