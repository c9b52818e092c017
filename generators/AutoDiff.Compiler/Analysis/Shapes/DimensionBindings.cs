using System.Globalization;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Analysis.Shapes;

/// <summary>
/// Where the sizes behind names come from: the first axis that is just the name, else the first axis that is the name times a number, plus
/// a number. Names that are known already are left alone.
/// </summary>
public static class DimensionBindings
{
    /// <summary>The bindings that one parameter gives; <paramref name="isKnown"/> says which names are bound before.</summary>
    public static IEnumerable<DimBinding> Of(string parameter, Shape shape, bool isSpan, Func<string, bool> isKnown)
    {
        var bound = new HashSet<string>(StringComparer.Ordinal);
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            if (shape[axis].Name is not { } name || isKnown(name) || !bound.Add(name)) continue;
            bool isRest = name.StartsWith(ShapeText.Rest, StringComparison.Ordinal);
            yield return new DimBinding(name, null, parameter, isRest ? int.MinValue : shape.HasRest ? axis - shape.Rank : axis);
        }

        for (int axis = 0; axis < shape.Rank; axis++)
        {
            string[] open = shape[axis].Symbols.Where(s => !isKnown(s) && !bound.Contains(s)).ToArray();
            if (open is not [var name] || Solve(shape[axis], name, Length(parameter, shape, axis, isSpan)) is not { } expression) continue;
            bound.Add(name);
            yield return new DimBinding(name, expression, null, 0);
        }
    }

    private static string Length(string parameter, Shape shape, int axis, bool isSpan)
    {
        if (isSpan) return parameter + ".Length";
        string index = shape.HasRest
            ? $"{parameter}.Rank - {(shape.Rank - axis).ToString(CultureInfo.InvariantCulture)}"
            : axis.ToString(CultureInfo.InvariantCulture);
        return $"(int){parameter}.Lengths[{index}]";
    }

    /// <summary>The name in <c>a·name + b = length</c>, for numbers a and b.</summary>
    private static string? Solve(Dim size, string name, string length)
    {
        Dim offset = size.Substitute(s => s == name ? Dim.Zero : null), slope = size - offset;
        if (offset.Literal is not long b || Dim.Divide(slope, Dim.Symbol(name)) is not { Terms: { Length: 1 } terms }
            || !terms[0].Powers.IsEmpty) return null;
        string sum = b == 0 ? length : b > 0 ? $"({length} - {b.ToString(CultureInfo.InvariantCulture)})"
            : $"({length} + {(-b).ToString(CultureInfo.InvariantCulture)})";
        if (terms[0].Denominator != 1) sum += " * " + terms[0].Denominator.ToString(CultureInfo.InvariantCulture);
        return terms[0].Numerator == 1 ? sum : $"{sum} / {terms[0].Numerator.ToString(CultureInfo.InvariantCulture)}";
    }
}
