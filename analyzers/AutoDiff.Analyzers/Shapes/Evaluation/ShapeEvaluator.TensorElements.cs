using AutoDiff.Compiler;
using AutoDiff.Compiler.Analysis.Shapes;
using AutoDiff.Compiler.IR;
using AutoDiff.Generators.FrontEnd;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Analyzers.Shapes;

// Elements and parts of tensors of System.Numerics.Tensors, and what is written into others.
internal sealed partial class ShapeEvaluator
{
    /// <summary>Operations of two tensors that give a number, and those that write to a destination.</summary>
    private static bool IsOfEveryElement(IInvocationOperation call)
        => call.TargetMethod.Name is "Dot" or "Distance" or "CosineSimilarity" || call.TargetMethod.Name.EndsWith("All", StringComparison.Ordinal)
            || call.TargetMethod.Name.EndsWith("Any", StringComparison.Ordinal);

    /// <summary>What is written has to broadcast to where it is written.</summary>
    private void CheckWritten(IOperation at, IOperation source, ShapeValue target, string name)
        => CheckWritten(at, source, Evaluate(source), target, name);

    /// <summary>The result of an operation that writes it to a destination.</summary>
    private void CheckDestination(IInvocationOperation call, ShapeValue made, IOperation destination)
        => CheckWritten(destination, call, made, Evaluate(destination), SourceText.Of(destination.Syntax));

    private void CheckWritten(IOperation at, IOperation source, ShapeValue value, ShapeValue target, string name)
    {
        if (value is not TensorValue given) return;
        if (target is SequenceValue { Length: var length } && !length.IsUnknown() && !given.Shape.HasRest
            && given.Shape.Dims.All(static d => !d.IsUnknown()) && (length - given.Shape.Count).Literal is < 0)
        {
            Report(ShapeDescriptors.Count, at, $"{Described(source, value)}, which is {Spelled(given.Shape.Count)} elements, and '{name}' has {Spelled(length)}");
            return;
        }

        if (target is not TensorValue wanted) return;
        _sizes.Reset();
        if (Guarded(() => ShapeRules.BroadcastTo(_sizes, given.Shape, wanted.Shape)) is null && _sizes.Problem is { } problem)
            Report(ShapeDescriptors.Broadcast, at, $"{Shown(problem.Reason)}; {Described(source, value)}, and what it is written to in '{name}' is {Text(wanted.Shape)}");
    }

    private SequenceValue? Split(IInvocationOperation call)
    {
        if (Argument(call, "tensor") is not { } operand || Evaluate(operand) is not TensorValue { Shape: { HasRest: false } shape } tensor
            || Evaluate(Argument(call, "dimension")) is not NumberValue { Size.Literal: long axis }) return null;
        _sizes.Reset();
        if (ShapeRules.Axis(_sizes, shape, (int)axis, "Split") is not (int counted and >= 0))
        {
            ReportProblem(call, [operand], [tensor], Argument(call, "dimension"));
            return null;
        }

        if (Size(Argument(call, "splitCount")).Literal is not (long parts and > 0)) return null;
        if (shape[counted].Literal is long length && length % parts != 0)
        {
            Report(ShapeDescriptors.Divisor, call,
                $"axis {counted} of {Text(shape)} is {length} long, which {parts} parts do not divide: it leaves a remainder of {length % parts}");
            return null;
        }

        Dim part = Numbers.Combine(BinaryOperatorKind.Divide, shape[counted], Dim.Constant(parts));
        var piece = new TensorValue(new Shape(shape.Dims.Select((d, k) => k == counted ? part : d).ToEquatable()))
        {
            Origin = new Origin(null, call.Syntax),
        };
        return new SequenceValue(Dim.Constant(parts),
            parts <= MaximumItems ? Enumerable.Repeat((ShapeValue)piece, (int)parts).ToEquatable() : (EquatableArray<ShapeValue>?)null, piece);
    }

    /// <summary>One element: an index for each axis, inside of it.</summary>
    private void CheckElement(IOperation at, TensorValue tensor, IOperation indices)
    {
        Shape shape = tensor.Shape;
        if (shape.HasRest || Evaluate(indices) is not SequenceValue { Items: { IsEmpty: false } items }
            || items.Any(static i => i is RangeValue)) return;
        if (items.Length != shape.Rank)
        {
            Report(ShapeDescriptors.Axis, at,
                $"{items.Length} {(items.Length == 1 ? "index is" : "indices are")} given for the {shape.Rank} axes of {Text(shape)}");
            return;
        }

        IReadOnlyList<IOperation> written = Elements(indices);
        for (int k = 0; k < items.Length; k++)
        {
            (Dim position, bool fromEnd) = items[k] switch
            {
                NumberValue number => (number.Size, false),
                IndexValue index => (index.Position, index.FromEnd),
                _ => (SizeComparison.Unknown, false),
            };
            if (position.IsUnknown() || shape[k].IsUnknown()) continue;
            bool isOutside = position.Literal is < 0 || (shape[k] - position).Literal is long left && (fromEnd ? left < 0 : left <= 0)
                || fromEnd && position.Literal == 0;
            if (!isOutside) continue;
            IOperation blamed = k < written.Count ? written[k] : at;
            Report(ShapeDescriptors.Slice, blamed,
                $"'{SourceText.Of(blamed.Syntax)}' is not an index of axis {k} of {Text(shape)}, which has length {Spelled(shape[k])}");
            return;
        }
    }
}
