namespace AutoDiff.Compiler.IR;

public sealed partial class IrVerifier
{
    /// <summary>Tiles are the parts of their tensors that they say they are; the body sees nothing but tiles and the scalars that are named.</summary>
    private void CheckBlocks(BlockLoop loop)
    {
        CheckDim(loop.RowCount, "the rows");
        CheckDim(loop.ColumnCount, "the columns");
        foreach (Dim dim in loop.Batch.Dims) CheckDim(dim, "the leading axes");
        Report("the rows and columns of a causal loop differ", loop.IsCausal && !_dims.AreEqual(loop.RowCount, loop.ColumnCount));
        string[] symbols = [.. new[] { loop.First, loop.Rows, loop.Reach }.Concat(Enumerable.Range(0, loop.Batch.Rank).Select(loop.Index))
            .SelectMany(static dim => dim.Symbols).Where(symbol => !_symbols.Contains(symbol)).Distinct()];
        _symbols.UnionWith(symbols);
        foreach (Tile tile in loop.Reads.Concat(loop.Writes)) CheckTile(loop, tile);
        foreach (Value scalar in loop.Scalars) Report($"{scalar} is no scalar", scalar.Type is not ScalarType);
        Scope outer = _scope;
        _scope = new Scope(_scope);
        foreach (Value parameter in loop.Body.Parameters) Define(parameter);
        CheckContents(loop.Again, [], "what is computed again");
        CheckTypes(loop.Body.Parameters, loop.Reads.Select(static tile => tile.Inner.Type).ToArray(), "the tiles that are read");
        CheckContents(loop.Body with { Parameters = [] }, loop.Writes.Select(static tile => tile.Inner.Type).ToArray(), "the tiles that are written");
        foreach (Memo memo in loop.Memos) Use(memo.Inner);
        _scope = outer;
        _symbols.ExceptWith(symbols);
    }

    private void CheckTile(BlockLoop loop, Tile tile)
    {
        if (tile.Outer.Type is not TensorType { Shape: var shape } outer || shape.Rank != loop.Batch.Rank + 2)
        {
            Report($"{tile.Outer} has no tile in a loop over {loop.Batch}");
            return;
        }

        foreach ((Tiling tiling, Dim size) in new[] { (tile.RowTiling, shape[-2]), (tile.ColumnTiling, shape[-1]) })
        {
            Dim? whole = tiling switch { Tiling.Rows => loop.RowCount, Tiling.Reach => loop.ColumnCount, _ => null };
            if (whole is not null && !_dims.AreEqual(whole, size)) Report($"an axis of {tile.Outer} has {size} elements, not {whole}");
        }

        CheckType(tile.Inner, new TensorType(outer.Element,
            new Shape([loop.Size(tile.RowTiling, shape[-2]), loop.Size(tile.ColumnTiling, shape[-1])])), "a tile");
        Report($"the blocks of {tile.Outer} overlap and are not added",
            !tile.Accumulates && loop.Writes.Contains(tile) && tile.RowTiling != Tiling.Rows && tile.ColumnTiling != Tiling.Rows);
    }
}
