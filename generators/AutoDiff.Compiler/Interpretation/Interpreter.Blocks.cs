using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Interpretation;

// Block loops: in blocks of a few rows, so that small tests have several.
public sealed partial class Interpreter
{
    private const int BlockRows = 2;

    private void RunBlocks(BlockLoop loop, Frame frame)
    {
        DimensionScope scope = frame.Dimensions;
        int[] batch = scope.Evaluate(loop.Batch);
        int rows = checked((int)scope.Evaluate(loop.RowCount)), columns = checked((int)scope.Evaluate(loop.ColumnCount));
        InterpretedTensor[] reads = loop.Reads.Select(tile => OperationFunctions.Tensor(frame[tile.Outer])).ToArray();
        InterpretedTensor[] results = loop.Writes.Select(tile =>
        {
            int[] shape = scope.Evaluate(((TensorType)tile.Outer.Type).Shape);
            return new InterpretedTensor(shape, Enumerable.Repeat(Number.Of(0.0), TensorIndex.Count(shape)).ToArray());
        }).ToArray();
        for (int unit = 0; unit < TensorIndex.Count(batch); unit++)
        {
            int[] index = TensorIndex.Split(unit, batch);
            for (int axis = 0; axis < index.Length; axis++) scope[loop.Index(axis).Name!] = index[axis];
            for (int first = 0; first < rows; first += BlockRows)
            {
                int count = Math.Min(BlockRows, rows - first), reach = loop.IsCausal ? first + count : columns;
                scope[loop.First.Name!] = first;
                scope[loop.Rows.Name!] = count;
                if (loop.IsCausal) scope[loop.Reach.Name!] = reach;
                for (int k = 0; k < reads.Length; k++) Define(frame, loop.Reads[k].Inner, Part(reads[k], loop.Reads[k], index, first, count, reach));
                RunRegion(loop.Again, frame);
                InterpretedValue[] yields = RunRegion(loop.Body, frame);
                for (int k = 0; k < results.Length; k++) Write(results[k], OperationFunctions.Tensor(yields[k]), loop.Writes[k], index, first);
            }
        }

        for (int k = 0; k < results.Length; k++) Define(frame, loop.Writes[k].Outer, results[k]);
    }

    private static InterpretedTensor Part(InterpretedTensor whole, Tile tile, int[] batch, int first, int rows, int reach)
    {
        int Size(Tiling tiling, int all) => tiling switch { Tiling.Rows => rows, Tiling.Reach => reach, _ => all };
        int rank = whole.Shape.Length;
        int[] shape = [Size(tile.RowTiling, whole.Shape[rank - 2]), Size(tile.ColumnTiling, whole.Shape[rank - 1])];
        return TensorFunctions.Make(shape, index => whole.Elements[TensorIndex.Join(Place(tile, batch, index, first), whole.Shape)]);
    }

    private static void Write(InterpretedTensor whole, InterpretedTensor part, Tile tile, int[] batch, int first)
    {
        for (int i = 0; i < part.Elements.Length; i++)
        {
            int at = TensorIndex.Join(Place(tile, batch, TensorIndex.Split(i, part.Shape), first), whole.Shape);
            whole.Elements[at] = tile.Accumulates ? whole.Elements[at] + part.Elements[i] : part.Elements[i];
        }
    }

    private static int[] Place(Tile tile, int[] batch, int[] index, int first)
        => [.. batch, index[0] + (tile.RowTiling == Tiling.Rows ? first : 0), index[1] + (tile.ColumnTiling == Tiling.Rows ? first : 0)];
}
