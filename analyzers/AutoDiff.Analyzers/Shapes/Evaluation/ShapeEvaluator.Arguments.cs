using AutoDiff.Compiler;
using AutoDiff.Compiler.Analysis.Shapes;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Analyzers.Shapes;

// Arguments: by name, as flags, lists of lengths and axes; and what an operation asks of an argument that has no shape yet.
internal sealed partial class ShapeEvaluator
{
    /// <summary>What a product asks of an operand that has no shape yet.</summary>
    private void WantProduct(IInvocationOperation call, IOperation? a, ShapeValue x, IOperation? b, ShapeValue y)
    {
        if (x is UnknownValue && y is TensorValue { Shape: { Rank: >= 2 } right })
            Want(a, $"... {Written(right[Flag(call, "transposeB") ? -1 : -2])}");
        if (y is UnknownValue && x is TensorValue { Shape: { Rank: >= 2 } left } && Flag(call, "transposeB"))
            Want(b, $"columns {Written(left[-1])}");
        else if (y is UnknownValue
            && x is TensorValue { Shape: { Rank: >= 2 } rows }) Want(b, $"{Written(rows[Flag(call, "transposeA") ? -2 : -1])} columns");
    }

    private void Want(IOperation? operand, string text)
    {
        if (operand is IParameterReferenceOperation { Parameter: var parameter } && _names != MethodNames.None)
            _names.Wanted[parameter] = text;
    }

    /// <summary>A size in a shape text, which has no inner spaces.</summary>
    private static string Written(Dim size)
        => size.IsUnknown() || SourceText.HasMark(size.ToString()) ? "_" : size.ToString().Replace(" ", "");

    private static IOperation? Argument(IInvocationOperation call, string name)
        => call.Arguments.FirstOrDefault(a => a.Parameter?.Name == name)?.Value;

    private bool Flag(IInvocationOperation call, string name)
        => Argument(call, name) is { } flag && Evaluate(flag) is BooleanValue { Value: true };

    /// <summary>The arguments in the order of the parameters.</summary>
    private static IOperation[] Operands(IInvocationOperation call)
        => call.Arguments.Where(static a => a.Parameter is not null).OrderBy(static a => a.Parameter!.Ordinal).Select(static a
            => a.Value).ToArray();

    /// <summary>The sizes of a list of lengths; null where it is not written out.</summary>
    private Shape? Sizes(IOperation? list) => Evaluate(list) switch
    {
        LengthsValue { Shape: var shape } => shape,
        SequenceValue { Items: { } items }
            => new Shape(items.Select(static i => i is NumberValue number ? number.Size : SizeComparison.Unknown).ToEquatable()),
        NumberValue { Size: var size } => Shape.Of(size),
        _ => null,
    };

    private int[]? Integers(IOperation? list)
        => Evaluate(list) is SequenceValue { Items: { } items } && items.All(static i => i is NumberValue { Size.Literal: not null })
            ? items.Select(static i => (int)((NumberValue)i).Size.Literal!.Value).ToArray() : null;

    /// <summary>The written elements of a list.</summary>
    private static IReadOnlyList<IOperation> Elements(IOperation list) => list switch
    {
        IConversionOperation conversion => Elements(conversion.Operand),
        IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues,
        ICollectionExpressionOperation collection => collection.Elements,
        _ => [],
    };
}
