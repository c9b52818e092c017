using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Analysis.Shapes;

/// <summary>
/// The shape of each operation's result, and what it asks of its operands' shapes: the one place that knows, for the compiler, the
/// verifier and the analyzers. A null is a shape that is not known.
/// </summary>
public static partial class ShapeRules
{
    /// <summary>NumPy's rule: trailing axes align, a 1 stretches.</summary>
    public static Shape? Broadcast(ISizes sizes, Shape a, Shape b)
        => Broadcast(sizes, a, b, ShapeProblemKind.Broadcast, static (x, y, reason) => $"{x} and {y} do not broadcast: {reason}");

    /// <summary>The operand repeated to the given lengths.</summary>
    public static Shape? BroadcastTo(ISizes sizes, Shape from, Shape to)
    {
        if (!from.HasRest && !to.HasRest && from.Rank > to.Rank)
            return sizes.Fail(new(ShapeProblemKind.Broadcast, $"{from} has more axes than {to}", 0));
        for (int k = 1; k <= Math.Min(from.Rank, to.Rank); k++)
        {
            Dim x = from[from.Rank - k], y = to[to.Rank - k];
            if (x.IsOne || sizes.Stretch(x, y) is not null && !(y.IsOne && x.Literal is > 1)) continue;
            return sizes.Fail(new(ShapeProblemKind.Broadcast, $"{from} does not broadcast to {to}: {x} is neither {y} nor 1", 0));
        }

        return to;
    }

    private static Shape? Broadcast(
        ISizes sizes, Shape a, Shape b, ShapeProblemKind kind, Func<Shape, Shape, string, string> text)
    {
        int rank = Math.Max(a.Rank, b.Rank);
        var dims = new Dim[rank];
        for (int k = 1; k <= rank; k++)
        {
            Dim? x = k <= a.Rank ? a[a.Rank - k] : null, y = k <= b.Rank ? b[b.Rank - k] : null;
            if (!sizes.RestIsOneAxis && (IsRest(x, y, b, k) || IsRest(y, x, a, k)))
                return new Shape([x == y ? x! : Dim.Symbol(SizeComparison.UnknownRest), .. dims.Skip(rank - k + 1)]);
            if (x is null || x.IsOne) dims[rank - k] = y ?? x!;
            else if (y is null || y.IsOne) dims[rank - k] = x;
            else if (sizes.Stretch(x, y) is { } size) dims[rank - k] = size;
            else return sizes.Fail(new(kind, text(a, b, $"{x} is not {y}, and neither is 1")));
        }

        return new Shape(new(dims));
    }

    /// <summary>Whether x is the leading axes of a shape, beside which the other has axes of its own.</summary>
    private static bool IsRest(Dim? x, Dim? beside, Shape other, int k)
        => x is not null && (beside is not null || k < other.Rank) && x.HasRest();
}
