using System.Collections.Immutable;
using AutoDiff.Compiler;
using AutoDiff.Compiler.Analysis.Shapes;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// Calls of tensor operations: the dispatch by name; each family is a file of its own.
internal sealed partial class Lowering
{
    /// <summary>A call of <c>Ops</c> (or of <c>Tensor</c>'s elementwise functions) on tensors; null for other methods.</summary>
    private Operand? TensorCall(IInvocationOperation call)
    {
        IMethodSymbol target = call.TargetMethod;
        bool isOps = target.ContainingType is { Name: "Ops" } ops && ops.IsIn(KnownAttributes.Namespace);
        bool isTensor = target.ContainingType is { Name: "Tensor" } tensor && tensor.IsIn("System.Numerics.Tensors");
        if (!isOps && !isTensor) return null;
        if (TypeMap.Tensor(call.Type) is null
            && !target.Parameters.Any(
            static p => TypeMap.Tensor(p.Type) is not null || TypeMap.Tensor(TypeMap.Buffer(p.Type)?.Element) is not null)) return null;
        Value? result = isOps ? OpsCall(call) : null;
        result ??= ElementwiseCall(call);
        return result is not null
            ? new ValueOperand(result)
            : throw Unsupported(
                FrontEndDescriptors.UnsupportedCall, call, target.Name, isTensor ? "use the operation of the same name in Ops"
                : "it has no derivative rule; use it outside");
    }

    private Value? OpsCall(IInvocationOperation call) => (call.TargetMethod.Name, call.Arguments.Length) switch
    {
        ("MatMul", _) => MatMulOf(call),
        ("Sum", _) => ReduceOf(ReduceKind.Sum, call),
        ("Mean", _) => ReduceOf(ReduceKind.Mean, call),
        ("Max" or "Min", _) when call.TargetMethod.Parameters.Length == 1 || call.TargetMethod.Parameters[1].Name is "axis" or "axes"
            => ReduceOf(call.TargetMethod.Name == "Max" ? ReduceKind.Max : ReduceKind.Min, call),
        ("Softmax", _) => AlongLast(call, new Softmax()),
        ("LogSoftmax", _) => AlongLast(call, new LogSoftmax()),
        ("LogSumExp", _) => LogSumExpOf(call),
        ("Transpose", _) => TransposeOf(call),
        ("Reshape", _) => ReshapeOf(call),
        ("Slice", _) => SliceOf(call),
        ("Concat", _) => ConcatOf(call),
        ("Broadcast", _) => BroadcastOf(call),
        ("Gather", _) => GatherOf(call),
        ("CausalMask", _) => CausalMaskOf(call),
        ("CrossEntropy", _) => CrossEntropyOf(call),
        ("MeanSquaredError", _) => MeanSquaredErrorOf(call),
        ("Dropout", _) => DropoutOf(call),
        ("LayerNorm", _) => LayerNormOf(call),
        ("RmsNorm", _) => RmsNormOf(call),
        ("Where", 3)
            => TensorElementwise(
            ScalarOp.Select, call, call.Arguments.OrderBy(static a => a.Parameter!.Ordinal).Select(a => ValueOf(a.Value)).ToArray()),
        ("Map", _) => MapOf(call),
        _ => null,
    };

    private Value? ElementwiseCall(IInvocationOperation call)
    {
        ImmutableArray<IOperation> arguments = InOrder(call);
        ScalarOp? op = call.TargetMethod.Name switch
        {
            "GreaterThan" => ScalarOp.Greater,
            "GreaterThanOrEqual" => ScalarOp.GreaterOrEqual,
            "LessThan" => ScalarOp.Less,
            "LessThanOrEqual" => ScalarOp.LessOrEqual,
            "Equals" => ScalarOp.Equal,
            _ => ScalarFunctions.Find(call.TargetMethod.Name, arguments.Length),
        };
        if (op is not ScalarOp scalar || scalar.Arity() != arguments.Length || TypeMap.Tensor(call.Type) is null) return null;
        return TensorElementwise(scalar, call, arguments.Select(ValueOf).ToArray());
    }

    /// <summary>An elementwise operation on tensors and scalars, which broadcast.</summary>
    private Value TensorElementwise(ScalarOp op, IOperation at, params Value[] operands)
    {
        Shape? shape = null;
        foreach (Value operand in operands)
        {
            if (operand.Type is not TensorType tensor) continue;
            shape = shape is null ? tensor.Shape : ShapeRules.Broadcast(SizesAt(at), shape, tensor.Shape);
        }

        return Applied(at, new Elementwise(op), operands);
    }

    private Value Applied(IOperation at, Operation operation, params Value[] operands)
        => Checked(at, () => _builder.Apply(operation, operands));

    private T Checked<T>(IOperation at, Func<T> infer)
    {
        try
        {
            return infer();
        }
        catch (ShapeException exception)
        {
            throw Unsupported(FrontEndDescriptors.ShapeMismatch, at, $"'{StepText.Of(at.Syntax)}'", exception.Message);
        }
    }

    private IOperation Argument(IInvocationOperation call, string name) => Optional(call, name)
        ?? throw Unsupported(
            FrontEndDescriptors.UnsupportedCall, call, call.TargetMethod.Name, $"this overload has no '{name}'; use another");

    private static IOperation? Optional(IInvocationOperation call, string name)
        => call.Arguments.FirstOrDefault(a => a.Parameter?.Name == name)?.Value;

    private Value TensorArgument(IInvocationOperation call, int ordinal)
    {
        IOperation argument = call.Arguments.First(a => a.Parameter?.Ordinal == ordinal).Value;
        Value value = ValueOf(argument);
        return value.Type is TensorType ? value
            : throw Unsupported(FrontEndDescriptors.MissingShape, argument, StepText.Of(argument.Syntax), "use a tensor, or a parameter");
    }

    private static Shape ShapeOf(Value tensor) => ((TensorType)tensor.Type).Shape;

    /// <summary>An axis counted from the start.</summary>
    private int AxisArgument(IOperation argument, Shape shape, string operation)
    {
        int axis = IntArgument(argument, "axis", operation);
        if (shape.HasRest && (axis >= 0 || axis + shape.Rank <= 0))
            throw Unsupported(
                FrontEndDescriptors.NotConstant, argument, "axis", operation,
                $"negative (counted from the end) and after the '...' of {shape}");
        return ShapeRules.Axis(SizesAt(argument), shape, axis, operation)!.Value;
    }

    /// <summary>The items of a <c>params</c> or collection argument; null where it is something else.</summary>
    private static ImmutableArray<IOperation>? Items(IOperation argument) => argument switch
    {
        IConversionOperation conversion => Items(conversion.Operand),
        IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues,
        IArrayCreationOperation { DimensionSizes: [{ ConstantValue: { HasValue: true, Value: 0 } }] } => ImmutableArray<IOperation>.Empty,
        ICollectionExpressionOperation collection when !collection.Elements.Any(static e => e is ISpreadOperation) => collection.Elements,
        _ => null,
    };
}
