using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Analysis.Shapes;

public static partial class ShapeRules
{
    /// <summary>The matrix product of the last two axes; leading axes broadcast.</summary>
    public static Shape? MatMul(ISizes sizes, Shape a, Shape b, bool transposeA, bool transposeB)
    {
        if (TooFew(sizes, a) || TooFew(sizes, b))
            return sizes.Fail(new(ShapeProblemKind.Rank, $"a matrix product needs two axes on each side, not {a} and {b}", TooFew(sizes, a)
                ? 0 : 1));
        if (a.Rank < 2 || b.Rank < 2) return null;
        if (!sizes.RestIsOneAxis && (a.Rank == 2 && a.HasRest || b.Rank == 2 && b.HasRest))
            return WithRestAsRows(sizes, a, b, transposeA, transposeB);
        Dim rows = a[transposeA ? -1 : -2], inner = a[transposeA ? -2 : -1];
        Dim innerOfB = b[transposeB ? -1 : -2], columns = b[transposeB ? -2 : -1];
        if (sizes.Same(inner, innerOfB) is null)
            return sizes.Fail(new(ShapeProblemKind.InnerSizes,
                $"the inner sizes of {Turned(a, transposeA)} and {Turned(b, transposeB)} do not match: {inner} is not {innerOfB}",
                Fix: Transposed(a, b, transposeA, transposeB)));
        Shape? batch = Broadcast(sizes, Leading(a), Leading(b), ShapeProblemKind.Batch,
            (_, _, reason) => $"the leading axes of {a} and {b} do not broadcast: {reason}");
        return batch is null ? null : new Shape([.. batch.Dims, rows, columns]);
    }

    /// <summary>The rows of an operand <c>(..., n)</c> are the last of its leading axes.</summary>
    private static Shape? WithRestAsRows(ISizes sizes, Shape a, Shape b, bool transposeA, bool transposeB)
    {
        if (transposeA && a.Rank == 2 && a.HasRest || b.Rank == 2 && b.HasRest) return null;
        Dim innerOfB = b[transposeB ? -1 : -2], columns = b[transposeB ? -2 : -1];
        if (sizes.Same(a[-1], innerOfB) is null)
            return sizes.Fail(new(ShapeProblemKind.InnerSizes,
                $"the inner sizes of {a} and {Turned(b, transposeB)} do not match: {a[-1]} is not {innerOfB}",
                Fix: Transposed(a, b, transposeA, transposeB)));
        return Shape.Of(b.Rank == 2 ? a[0] : Dim.Symbol(SizeComparison.UnknownRest), columns);
    }

    /// <summary>The argument that would make the inner sizes the same, if there is one.</summary>
    private static string? Transposed(Shape a, Shape b, bool transposeA, bool transposeB)
    {
        Dim inner = a[transposeA ? -2 : -1], other = b[transposeB ? -2 : -1];
        if (inner == other) return transposeB ? "transposeB: false" : "transposeB: true";
        return a[transposeA ? -1 : -2] == b[transposeB ? -1 : -2] ? transposeA ? "transposeA: false" : "transposeA: true" : null;
    }

    private static bool TooFew(ISizes sizes, Shape shape) => shape.Rank < 2 && (!shape.HasRest || sizes.RestIsOneAxis);

    private static Shape Leading(Shape shape) => new(shape.Dims.Take(shape.Rank - 2).ToEquatable());

    private static string Turned(Shape shape, bool transposed) => transposed ? $"{shape}ᵀ" : shape.ToString();
}
