using AutoDiff.Compiler;
using AutoDiff.Compiler.Analysis.Shapes;
using AutoDiff.Compiler.IR;
using AutoDiff.Generators.FrontEnd;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Analyzers.Shapes;

// The operations of Ops: each asks its rule.
internal sealed partial class ShapeEvaluator
{
    private ShapeValue? OpsCall(IInvocationOperation call)
    {
        string name = call.TargetMethod.Name;
        if (call.Arguments.Any(a => a.Parameter?.Type.SpecialType == SpecialType.System_Boolean && Evaluate(a.Value) is not BooleanValue))
            return null;
        switch (name)
        {
            case "MatMul":
                return Ruled(call, ["a", "b"], (a, b)
                    => ShapeRules.MatMul(_sizes, a, b, Flag(call, "transposeA"), Flag(call, "transposeB")));
            case "Sum" or "Mean" or "Max" or "Min" or "ArgMax" or "LogSumExp" when IsReduction(call):
                return Reduction(call);
            case "Softmax" or "LogSoftmax":
                return Ruled(call, "x", x => AxisOf(call, x) is -1 ? null : x);
            case "Transpose":
                return Ruled(call, "x", x => Argument(call, "axes") is not { } axes ? ShapeRules.Transpose(_sizes, x)
                    : Integers(axes) is { } order ? ShapeRules.Transpose(_sizes, x, order) : Ranked(x), "axes");
            case "Reshape":
                return Reshaped(call, "x");
            case "Broadcast":
                return Ruled(call, "x", x => Sizes(Argument(call, "lengths")) is { } lengths ? ShapeRules.BroadcastTo(_sizes, x, lengths)
                    : null);
            case "Slice":
                return Ruled(call, "x", x => AxisOf(call, x) is int axis and >= 0
                    ? ShapeRules.Slice(_sizes, x, axis, Size(Argument(call, "start")), Size(Argument(call, "length"))) : null, "length");
            case "Concat":
                return Concatenated(call, Argument(call, "tensors"), Argument(call, "axis"));
            case "Gather":
                return Gathered(call);
            case "CausalMask":
                return Ruled(call, "scores", x => ShapeRules.CausalMask(_sizes, x));
            case "CrossEntropy":
                return CrossEntropy(call);
            case "MeanSquaredError":
                Ruled(call, ["x", "y"], (x, y) => ShapeRules.SameShape(_sizes, x, y));
                return ShapeValue.Unknown;
            case "LayerNorm" or "RmsNorm":
                return Normalised(call);
            case "Where":
                return Elementwise(call, Operands(call), Operands(call).Select(Evaluate).ToArray(), isOperator: false);
            default:
                return TypeMap.Tensor(call.Type) is null || !IsElementwise(call.TargetMethod) ? null
                    : Elementwise(call, Operands(call), Operands(call).Select(Evaluate).ToArray(), isOperator: false);
        }
    }

    /// <summary>An operation on one tensor, by its rule; what the rule finds wrong is reported.</summary>
    private ShapeValue Ruled(IInvocationOperation call, string operand, Func<Shape, Shape?> rule, string? blamed = null)
    {
        IOperation? x = Argument(call, operand);
        ShapeValue value = Evaluate(x);
        EvaluateOthers(call, x);
        if (value is not TensorValue tensor || x is null) return ShapeValue.Unknown;
        _sizes.Reset();
        Shape? result = Guarded(() => rule(tensor.Shape));
        IOperation? axis = Argument(call, "axis") ?? Argument(call, "axes") ?? Argument(call, "dimension") ?? Argument(call, "dimensions");
        ReportProblem(call, [x], [value], _sizes.Problem is { Kind: ShapeProblemKind.Axis } || blamed is null ? axis
            : Argument(call, blamed));
        return result is null ? ShapeValue.Unknown : new TensorValue(result) { Origin = new Origin(null, call.Syntax) };
    }

    private ShapeValue Ruled(IInvocationOperation call, string[] operands, Func<Shape, Shape, Shape?> rule)
    {
        IOperation? a = Argument(call, operands[0]), b = Argument(call, operands[1]);
        ShapeValue x = Evaluate(a), y = Evaluate(b);
        if (call.TargetMethod.Name == "MatMul") WantProduct(call, a, x, b, y);
        if (a is null || b is null || x is not TensorValue left || ShapeOf(y) is not { } right)
            return call.TargetMethod.Name == "MatMul" ? PartlyKnown(call, x, y) : ShapeValue.Unknown;
        _sizes.Reset();
        Shape? result = Guarded(() => rule(left.Shape, right));
        ReportProblem(call, [a, b], [x, y], null);
        return result is null ? ShapeValue.Unknown : new TensorValue(result) { Origin = new Origin(null, call.Syntax) };
    }

    /// <summary>A product with one operand of which nothing is known: the rows are those of the left one, the columns those of the right one.</summary>
    private ShapeValue PartlyKnown(IInvocationOperation call, ShapeValue x, ShapeValue y)
    {
        Dim rest = Dim.Symbol(SizeComparison.UnknownRest);
        Shape? made = (x, y) switch
        {
            (UnknownValue, TensorValue { Shape: { Rank: >= 2 } right }) => Shape.Of(rest, SizeComparison.Unknown, right[Flag(call, "transposeB") ? -2 : -1]),
            (TensorValue { Shape: { Rank: >= 2 } left }, UnknownValue) => Shape.Of(rest, left[Flag(call, "transposeA") ? -1 : -2], SizeComparison.Unknown),
            _ => null,
        };
        return made is null ? ShapeValue.Unknown : new TensorValue(made) { Origin = new Origin(null, call.Syntax) };
    }

    /// <summary>Sizes beyond what 64 bits hold are not followed.</summary>
    private static Shape? Guarded(Func<Shape?> rule)
    {
        try
        {
            return rule();
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private void EvaluateOthers(IInvocationOperation call, IOperation? but)
    {
        foreach (IArgumentOperation argument in call.Arguments)
            if (argument.Value != but) Evaluate(argument.Value);
    }

    private static Shape? Ranked(Shape x)
        => x.HasRest ? null : new Shape(Enumerable.Repeat(SizeComparison.Unknown, x.Rank).ToEquatable());

    /// <summary>Whether nothing but tensors, numbers of their type, functions, rates and seeds goes in: nothing that could be a length or an axis.</summary>
    private static bool IsElementwise(IMethodSymbol operation)
        => operation.OriginalDefinition.Parameters.All(static p => TypeMap.Tensor(p.Type) is not null || p.Type.TypeKind is TypeKind.TypeParameter or TypeKind.Delegate
            || p.Type.SpecialType == SpecialType.System_Double || p.Name == "seed");

    private static bool IsReduction(IInvocationOperation call)
        => call.TargetMethod.Parameters is var parameters && (parameters.Length == 1 || parameters[1].Name is "axis" or "axes");

    private ShapeValue Reduction(IInvocationOperation call)
    {
        if (call.TargetMethod.Parameters.Length == 1) return Others(call);
        bool keeps = Flag(call, "keepDims");
        return Ruled(call, "x", x =>
        {
            var axes = new List<int>();
            if (Argument(call, "axis") is { } single)
            {
                if (Evaluate(single) is not NumberValue { Size.Literal: long axis }) return keeps ? Ranked(x) : null;
                if (ShapeRules.Axis(_sizes, x, (int)axis, call.TargetMethod.Name) is not (int counted and >= 0)) return null;
                axes.Add(counted);
            }
            else if (Argument(call, "axes") is { Type.SpecialType: SpecialType.System_String } pattern)
            {
                if (pattern.ConstantValue.Value is not string text) return null;
                if (NamedReduction.Parse(text, out string expected) is not { } named)
                    return _sizes.Fail(new(ShapeProblemKind.Axis, $"\"{text}\" does not say which axes to sum over: expected {expected}", -1));
                if (x.HasRest) return null;
                if (named.Rank != x.Rank)
                    return _sizes.Fail(new(ShapeProblemKind.Axis, $"\"{text}\" names {named.Rank} axes, and there are {x.Rank} in {x}", -1));
                axes.AddRange(named.Axes);
                keeps = named.KeepDims;
            }
            else
            {
                if (Integers(Argument(call, "axes")) is not { } list) return null;
                foreach (int axis in list)
                {
                    if (ShapeRules.Axis(_sizes, x, axis, call.TargetMethod.Name) is not (int counted and >= 0)) return null;
                    axes.Add(counted);
                }
            }

            Shape reduced = ShapeRules.Reduced(x, axes, keeps);

            // There is no rank 0: what would have it is [1].
            return reduced.Rank == 0 ? Shape.Of(Dim.One) : reduced;
        });
    }

    private int? AxisOf(IInvocationOperation call, Shape shape)
        => Evaluate(Argument(call, "axis")) is NumberValue { Size.Literal: long axis }
            ? ShapeRules.Axis(_sizes, shape, (int)axis, call.TargetMethod.Name) : null;

    private ShapeValue Reshaped(IInvocationOperation call, string operand)
    {
        IOperation? list = Argument(call, "lengths");
        if (Sizes(list) is { } lengths)
        {
            ShapeValue made = Ruled(call, operand, x => Reshape(x, lengths, list), "lengths");

            // Of an operand that is not known the result is still what is written, but for the length that is left to be found.
            int open = lengths.Dims.Count(static d => d.Literal is < 0);
            return made is UnknownValue && (open == 0 || open == 1 && Evaluate(Argument(call, operand)) is UnknownValue)
                ? new TensorValue(new Shape(lengths.Dims.Select(static d => d.Literal is < 0 ? SizeComparison.Unknown : d).ToEquatable()))
                {
                    Origin = new Origin(null, call.Syntax),
                } : made;
        }

        EvaluateOthers(call, null);
        return ShapeValue.Unknown;
    }

    private Shape? Reshape(Shape x, Shape lengths, IOperation? list)
    {
        if (x.Dims.Any(static d => d.IsUnknown()) || lengths.Dims.Any(static d => d.IsUnknown()) || x.HasRest)
        {
            return lengths.Dims.Count(static d => d.Literal == -1) > 1
                ? ShapeRules.Reshape(_sizes, Shape.Of(SizeComparison.Unknown), lengths.Dims)
                : new Shape(lengths.Dims.Select(static d => d.Literal == -1 ? SizeComparison.Unknown : d).ToEquatable());
        }

        Shape? made = ShapeRules.Reshape(_sizes, x, lengths.Dims);
        if (_sizes.Problem is { Kind: ShapeProblemKind.Count } && list is not null) CheckRoundedLengths(list);
        return made;
    }

    private ShapeValue Concatenated(IInvocationOperation call, IOperation? tensors, IOperation? axisArgument)
    {
        ShapeValue list = Evaluate(tensors);
        long? axis = axisArgument is null ? 0 : (Evaluate(axisArgument) as NumberValue)?.Size.Literal;
        if (list is not SequenceValue { Items: { IsEmpty: false } items } || axis is null) return ShapeValue.Unknown;
        Shape[] shapes = items.OfType<TensorValue>().Select(static t => t.Shape).ToArray();
        if (shapes.Length != items.Length) return ShapeValue.Unknown;
        _sizes.Reset();
        Shape? result = Guarded(() => ShapeRules.Concat(_sizes, (int)axis, shapes));
        IReadOnlyList<IOperation> operands = Elements(tensors!);
        ReportProblem(call, operands.Count == items.Length ? operands : [.. items.Select(_ => (IOperation)call)], [.. items], axisArgument);
        return result is null ? ShapeValue.Unknown : new TensorValue(result) { Origin = new Origin(null, call.Syntax) };
    }

    private ShapeValue Gathered(IInvocationOperation call)
    {
        if (Argument(call, "indices") is { } indices
            && Evaluate(Argument(call, "table")) is TensorValue { Shape: { HasRest: false, Rank: > 0 } table }
            && table[0].Literal is long rows)
            CheckIndices(call, indices, rows, $"'Gather' reads rows of {Text(table)}");
        return Ruled(call, ["table", "indices"], (table, rows) => ShapeRules.Gather(_sizes, table, rows));
    }

    private ShapeValue CrossEntropy(IInvocationOperation call)
    {
        if (Argument(call, "targets") is { } targets)
        {
            if (Evaluate(Argument(call, "logits")) is TensorValue { Shape: { Rank: > 0 } logits } && logits[-1].Literal is long classes)
                CheckIndices(call, targets, classes, $"the logits {Text(logits)} have {classes} classes");
            bool byCount = Evaluate(targets) is not TensorValue;
            Ruled(call, ["logits", "targets"], (logits, rows) =>
            {
                ShapeRules.CrossEntropy(_sizes, logits, rows, byCount);
                return null;
            });
        }

        return ShapeValue.Unknown;
    }

    private ShapeValue Normalised(IInvocationOperation call)
    {
        ShapeValue x = Evaluate(Argument(call, "x"));
        foreach (string name in new[] { "weight", "bias" })
        {
            if (Argument(call, name) is not { } vector) continue;
            Ruled(call, ["x", name], (shape, features) =>
            {
                ShapeRules.Features(_sizes, shape, features, 1, name);
                return null;
            });
        }

        return x is TensorValue tensor ? tensor with { Origin = new Origin(null, call.Syntax) } : ShapeValue.Unknown;
    }
}
