using System.Numerics;
using AutoDiff.Kernels.Tiles;

namespace AutoDiff.Kernels;

/// <summary>
/// What each register block asks the caches for while it is computed, a line at each step of the inner dimension: operands that come from far away arrive while there is
/// something else to do. Rows of A first, where their block is the first one that meets them; else the panels of B that come next.
/// </summary>
/// <remarks>Addresses behind the end of an operand are asked for in vain, and do no harm.</remarks>
internal unsafe struct ReadAhead<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private T* _panels;
    private nint _stride;
    private int _columns;

    private static int Lanes => Chunk.LineSize / sizeof(T);

    /// <summary>Sets the panels of B that come next: so many columns, rows so far apart.</summary>
    public void Panels(T* panels, nint stride, int columns)
    {
        _panels = panels;
        _stride = stride;
        _columns = columns;
    }

    /// <summary>Chooses for one register block.</summary>
    /// <param name="tile">The register block, but for C.</param>
    /// <param name="row">Its first row.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="first">Whether the block is of the first panel that meets these rows of A.</param>
    public void Choose(ref Tile<T> tile, int row, int rows, bool first)
    {
        if (first && tile.AInnerStride == 1 && tile.ARowStride == tile.Inner)
        {
            // Rows one behind the other: as many elements at each step as the next block has rows.
            tile.Ahead = tile.A + rows * tile.ARowStride;
            tile.AheadStep = rows;
        }
        else if (first && tile.ARowStride == 1 && EntersLine(row, rows))
        {
            // Columns: a line holds those of several blocks, and the first one that enters it asks for the line beside it.
            tile.Ahead = tile.A - row + ((row + rows - 1) / Lanes + 1) * Lanes;
            tile.AheadStep = tile.AInnerStride;
        }
        else if (_columns > 0)
        {
            tile.Ahead = _panels;
            tile.AheadStep = _stride;
            _panels += Lanes;
            _columns -= Lanes;
        }
        else
        {
            tile.Ahead = tile.B;
            tile.AheadStep = 0;
        }
    }

    private static bool EntersLine(int row, int rows) => (row + rows - 1) / Lanes > (row + Lanes - 1) / Lanes - 1;
}
