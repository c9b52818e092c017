using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Analysis.Shapes;

public static partial class ShapeRules
{
    /// <summary>Rows of a table, one for each index.</summary>
    public static Shape? Gather(ISizes sizes, Shape table, Shape indices)
    {
        if (table.Rank == 0) return sizes.Fail(new(ShapeProblemKind.Rank, $"'Gather' takes rows, and {table} has none", 0));
        return table.HasRest ? null : new Shape([.. indices.Dims, .. table.Dims.Skip(1)]);
    }

    /// <summary>−∞ above the diagonal of the last two axes.</summary>
    public static Shape? CausalMask(ISizes sizes, Shape scores)
        => TooFew(sizes, scores) ? sizes.Fail(new(ShapeProblemKind.Rank, $"'CausalMask' needs two axes, not {scores}", 0)) : scores;

    /// <summary>Logits with one target for each row. A span of targets, or one of another rank, is one for each row in order.</summary>
    public static void CrossEntropy(ISizes sizes, Shape logits, Shape targets, bool byCount)
    {
        if (logits.Rank == 0) return;
        var rows = new Shape(logits.Dims.Take(logits.Rank - 1).ToEquatable());
        if (logits.Rank == 1 && !logits.HasRest) rows = Shape.Of(Dim.One);
        if (byCount)
        {
            if (sizes.Same(rows.Count, targets.Count) is null) Fail($"{rows.Count} is not {targets.Count}");
            return;
        }

        if (rows.HasRest != targets.HasRest && !sizes.RestIsOneAxis) return;
        if (rows.Rank != targets.Rank)
        {
            Fail("their numbers of axes differ", targets == logits ? "pass the index of the right class, not one number for each class"
                : null);
            return;
        }

        for (int k = 0; k < rows.Rank; k++)
        {
            if (sizes.Same(rows[k], targets[k]) is not null) continue;
            Fail($"{rows[k]} is not {targets[k]}");
            return;
        }

        void Fail(string reason, string? fix = null) => sizes.Fail(new(ShapeProblemKind.Targets,
            $"the targets {targets} are not one for each row of the logits {logits}: {reason}", Fix: fix));
    }

    /// <summary>Two tensors of one shape.</summary>
    public static Shape? SameShape(ISizes sizes, Shape x, Shape y)
    {
        if (x.HasRest != y.HasRest && !sizes.RestIsOneAxis) return null;
        string? reason = x.Rank != y.Rank ? "their numbers of axes differ" : null;
        for (int k = 0; k < x.Rank && reason is null; k++)
            if (sizes.Same(x[k], y[k]) is null) reason = $"{x[k]} is not {y[k]}";
        return reason is null ? x : sizes.Fail(new(ShapeProblemKind.SameShape, $"{x} and {y} have to be of one shape: {reason}"));
    }

    /// <summary>A weight or bias of a normalisation of the last axis.</summary>
    public static void Features(ISizes sizes, Shape x, Shape vector, int operand, string name)
    {
        if (vector.HasRest || x.Rank == 0 || x.HasRest && x.Rank == 1) return;
        if (vector.Rank != 1 || sizes.Same(vector[0], x[-1]) is null)
            sizes.Fail(new(ShapeProblemKind.Features, $"the {name} {vector} is not as long as the last axis of {x}, which is {x[-1]}",
                operand));
    }
}
