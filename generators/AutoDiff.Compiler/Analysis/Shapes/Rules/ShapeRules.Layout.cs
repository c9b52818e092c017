using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Analysis.Shapes;

public static partial class ShapeRules
{
    /// <summary>The last two axes exchanged.</summary>
    public static Shape? Transpose(ISizes sizes, Shape shape)
    {
        if (TooFew(sizes, shape))
            return sizes.Fail(new(ShapeProblemKind.Rank, $"'Transpose' exchanges the last two axes, and {shape} has not two", 0));
        if (shape.Rank < (shape.HasRest ? 3 : 2)) return null;
        Dim[] dims = shape.Dims.ToArray();
        (dims[dims.Length - 1], dims[dims.Length - 2]) = (dims[dims.Length - 2], dims[dims.Length - 1]);
        return new Shape(new(dims));
    }

    /// <summary>The axes in another order.</summary>
    public static Shape? Transpose(ISizes sizes, Shape shape, IReadOnlyList<int> axes)
    {
        if (shape.HasRest) return null;
        var counted = new int[axes.Count];
        for (int k = 0; k < counted.Length; k++)
        {
            if (Axis(sizes, shape, axes[k], "Transpose") is not (int axis and >= 0)) return null;
            counted[k] = axis;
        }

        if (counted.Length != shape.Rank || counted.Distinct().Count() != counted.Length)
            return sizes.Fail(new(ShapeProblemKind.Axis,
                $"the axes ({string.Join(", ", axes)}) are not those of {shape}, each once", -1));
        return new Shape(counted.Select(axis => shape[axis]).ToEquatable());
    }

    /// <summary>The same elements under other lengths, of which one may be −1: what remains.</summary>
    public static Shape? Reshape(ISizes sizes, Shape from, IReadOnlyList<Dim> lengths)
    {
        int open = -1;
        for (int k = 0; k < lengths.Count; k++)
        {
            if (lengths[k].Literal is not < 0) continue;
            if (lengths[k].Literal != -1 || open >= 0)
                return sizes.Fail(new(ShapeProblemKind.Count,
                    $"the length {lengths[k]} is negative; one length may be -1, for what remains", -1));
            open = k;
        }

        var to = new Shape(lengths.ToEquatable());
        if (open < 0)
        {
            if (sizes.Same(from.Count, to.Count) is null) return sizes.Fail(Counts(from, to, from.Count, to.Count));
            return to;
        }

        Dim others = lengths.Where((_, k) => k != open).Aggregate(Dim.One, static (a, b) => a * b);
        Dim? rest = from.Count.IsUnknown() || others.IsUnknown() ? SizeComparison.Unknown : others == Dim.Zero ? null
            : Dim.Divide(from.Count, others);
        if (rest is { Terms: { Length: 1 } terms } && terms[0].Powers.IsEmpty && terms[0].Denominator != 1)
            return sizes.Fail(Counts(from, to, from.Count, others, "a multiple of "));
        return new Shape(lengths.Select((d, k) => k == open ? rest ?? SizeComparison.Unknown : d).ToEquatable());
    }

    private static ShapeProblem Counts(Shape from, Shape to, Dim a, Dim b, string relation = "")
        => new(ShapeProblemKind.Count, $"{from} cannot be reshaped to {to}: the number of elements {a} is not {relation}{b}", -1);

    /// <summary>The run of an axis (counted from the start) from <paramref name="start"/> on.</summary>
    public static Shape? Slice(ISizes sizes, Shape shape, int axis, Dim start, Dim length)
    {
        Dim end = start.IsUnknown() || length.IsUnknown() ? SizeComparison.Unknown : start + length;
        Dim left = shape[axis].IsUnknown() || end.IsUnknown() ? SizeComparison.Unknown : shape[axis] - end;
        if (start.Literal is < 0 || length.Literal is < 0 || left.Literal is < 0 || IsShort(shape[axis], left))
            return sizes.Fail(new(ShapeProblemKind.Slice, $"{start} to {end} is not inside axis {axis} of {shape}", -1));
        return new Shape(shape.Dims.Select((d, k) => k == axis ? length : d).ToEquatable());
    }

    /// <summary>Whether what is left of an axis is less than nothing, for every size that its names stand for: 3·n − 4·n.</summary>
    public static bool IsShort(Dim axis, Dim left)
        => left.Terms.Length > 0 && left.Terms.All(static t => t.Numerator < 0) && !left.IsUnknown() && left.Symbols.All(axis.Symbols.Contains);

    /// <summary>Tensors one after another along an axis of the first.</summary>
    public static Shape? Concat(ISizes sizes, int axis, IReadOnlyList<Shape> shapes)
    {
        Shape first = shapes[0];
        if (Axis(sizes, first, axis, "Concat") is not (int counted and >= 0)) return null;
        Dim[] dims = first.Dims.ToArray();
        for (int i = 1; i < shapes.Count; i++)
        {
            Shape next = shapes[i];
            if (first.HasRest != next.HasRest && !sizes.RestIsOneAxis) return null;
            if (next.Rank != first.Rank)
                return sizes.Fail(new(ShapeProblemKind.Concat, $"{first} and {next} cannot be joined: their numbers of axes differ", i));
            for (int k = 0; k < dims.Length; k++)
            {
                if (k == counted)
                    dims[k] = dims[k].IsUnknown() || next[k].IsUnknown() ? SizeComparison.Unknown : dims[k] + next[k];
                else if (sizes.Same(dims[k], next[k]) is { } size)
                    dims[k] = size;
                else
                    return sizes.Fail(new(ShapeProblemKind.Concat,
                        $"{first} and {next} cannot be joined along axis {counted}: {dims[k]} is not {next[k]} in axis {k}", i));
            }
        }

        return new Shape(new(dims));
    }
}
