using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Scheduling;

namespace AutoDiff.Compiler.Emit;

/// <summary>
/// The leading axes of a product: those that A and C run through as if they were more rows, and that B does not have, become rows; the others are batch
/// levels, neighbouring ones joined where every operand takes one stride through both.
/// </summary>
internal sealed class ProductBatches
{
    public ProductBatches(ProductKernel kernel, Func<Value, Place> placeOf, Value main)
    {
        (Value left, Value right) = (kernel.Product.Inputs[0], kernel.Product.Inputs[1]);
        MatMul product = kernel.Operation;
        Shape space = Fusible.Full(kernel.Product.Result), a = Fusible.Full(left), b = Fusible.Full(right);
        (A, B, C) = (placeOf(left).Layout, placeOf(right).Layout, placeOf(main).Layout);
        (ARow, AColumn) = Matrix(A, a, product.TransposeA);
        (BRow, BColumn) = Matrix(B, b, product.TransposeB);
        CRow = C.Strides[C.Strides.Length - 2];
        Rows = space[-2];
        Columns = space[-1];
        Inner = a[product.TransposeA ? -2 : -1];
        int batch = space.Rank - 2;
        var levels = Enumerable.Range(0, batch)
            .Select(axis => new Level(axis, space[axis], Stride(A, a, space, axis), Stride(B, b, space, axis), C.Strides[axis])).ToList();
        while (levels.Count > 0)
        {
            Level last = levels[levels.Count - 1];
            if (last.B != Dim.Zero || last.A != ARow * Rows || last.C != CRow * Rows) break;
            Rows *= last.Size;
            FirstRowAxis = last.Axis;
            RowAxes++;
            levels.RemoveAt(levels.Count - 1);
        }

        if (RowAxes == 0) FirstRowAxis = batch;
        for (int k = levels.Count - 2; k >= 0; k--)
        {
            (Level outer, Level inner) = (levels[k], levels[k + 1]);
            if (outer.A != inner.A * inner.Size || outer.B != inner.B * inner.Size || outer.C != inner.C * inner.Size) continue;
            levels[k] = inner with { Axis = outer.Axis, Size = outer.Size * inner.Size };
            levels.RemoveAt(k + 1);
        }

        Levels = levels;
    }

    public Layout A { get; }

    public Layout B { get; }

    public Layout C { get; }

    public Dim ARow { get; }

    public Dim AColumn { get; }

    public Dim BRow { get; }

    public Dim BColumn { get; }

    public Dim CRow { get; }

    public Dim Rows { get; }

    public Dim Columns { get; }

    public Dim Inner { get; }

    /// <summary>The first axis of the space that counts as rows.</summary>
    public int FirstRowAxis { get; }

    public int RowAxes { get; }

    public IReadOnlyList<Level> Levels { get; }

    /// <summary>A batch level: how many products, and how far each operand steps.</summary>
    public sealed record Level(int Axis, Dim Size, Dim A, Dim B, Dim C);

    private static (Dim Row, Dim Column) Matrix(Layout layout, Shape shape, bool transposed)
    {
        Dim row = layout.Strides[shape.Rank - 2], column = layout.Strides[shape.Rank - 1];
        // The stride of an axis of length 1 makes no difference; the other one may have to be 1.
        if (shape[-1].IsOne && !row.IsOne) column = Dim.One;
        if (shape[-2].IsOne && !column.IsOne) row = Dim.One;
        return transposed ? (column, row) : (row, column);
    }

    private static Dim Stride(Layout layout, Shape shape, Shape space, int axis)
    {
        int own = axis - (space.Rank - shape.Rank);
        return own < 0 || (shape[own].IsOne && !space[axis].IsOne) ? Dim.Zero : layout.Strides[own];
    }
}
