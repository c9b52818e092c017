using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Analysis.Shapes;

public static partial class ShapeRules
{
    /// <summary>
    /// An axis counted from the start, or −1 where there is no such axis, which is reported. With leading axes <c>...</c> the axes that
    /// are counted from the start are not known: null.
    /// </summary>
    public static int? Axis(ISizes sizes, Shape shape, int axis, string operation)
    {
        if (shape.HasRest && !sizes.RestIsOneAxis && (axis >= 0 || axis + shape.Rank <= 0)) return null;
        int counted = axis < 0 ? axis + shape.Rank : axis;
        if (counted >= 0 && counted < shape.Rank) return counted;
        string range = shape.Rank == 0 ? "it has none" : shape.Rank == 1 ? "it has 0, or -1"
            : $"it has 0 to {shape.Rank - 1}, or -{shape.Rank} to -1";
        sizes.Fail(new(ShapeProblemKind.Axis, $"'{operation}' along axis {axis} of {shape}: {range}", -1));
        return -1;
    }

    /// <summary>The shape without the axes (counted from the start), or with 1 in their places.</summary>
    public static Shape Reduced(Shape shape, IReadOnlyCollection<int> axes, bool keepDims)
        => new(shape.Dims.Select((d, k) => axes.Contains(k) ? Dim.One : d).Where((_, k) => keepDims || !axes.Contains(k)).ToEquatable());
}
