using System.Collections.Immutable;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

internal sealed partial class Lowering
{
    /// <summary>A function of the table, or one that is a short formula over it; null for other methods of these types.</summary>
    private Operand? ScalarCall(IInvocationOperation call)
    {
        IMethodSymbol target = call.TargetMethod;
        ImmutableArray<IOperation> arguments = InOrder(call);
        if (TypeMap.Element(call.Type) is not ElementKind kind)
            return ScalarPair(call, arguments);
        ScalarOp? found = ScalarFunctions.Find(target.Name, arguments.Length);
        if (found is ScalarOp op)
        {
            Value[] operands = arguments.Select(ValueOf).ToArray();
            if (operands.Any(static v => !IsNumeric(v))) return null;
            Value result = operands.Any(static v => v.Type is TensorType) ? TensorElementwise(op, call, operands)
                : _builder.Scalar(op, operands);
            if (kind.IsInteger() && op is ScalarOp.Max or ScalarOp.Min && operands.All(v => DimOf(v)?.Literal is not null))
            {
                long a = DimOf(operands[0])!.Literal!.Value, b = DimOf(operands[1])!.Literal!.Value;
                _dims[result.Id] = Dim.Constant(op == ScalarOp.Max ? Math.Max(a, b) : Math.Min(a, b));
            }

            return new ValueOperand(_builder.Convert(result, kind));
        }

        switch (target.Name, arguments.Length)
        {
            case ("CreateChecked" or "CreateTruncating" or "CreateSaturating", 1) when arguments[0].ConstantValue is { HasValue: true, Value: double number }:
                return new ValueOperand(kind.IsFloating() ? _builder.Constant(new ScalarType(kind), number) : _builder.Convert(ValueOf(arguments[0]), kind));
            case ("CreateChecked" or "CreateTruncating" or "CreateSaturating", 1):
                return new ValueOperand(_builder.Convert(ValueOf(arguments[0]), kind));
            case ("Log", 2):
                Value argument = ValueOf(arguments[0]), logBase = ValueOf(arguments[1]);
                return new ValueOperand(
                    _builder.Scalar(ScalarOp.Divide, _builder.Scalar(ScalarOp.Log, argument), _builder.Scalar(ScalarOp.Log, logBase)));
            case ("Lerp", 3):
                Value from = ValueOf(arguments[0]), to = ValueOf(arguments[1]), amount = ValueOf(arguments[2]);
                Value left = _builder.Scalar(
                    ScalarOp.Multiply, from, _builder.Scalar(ScalarOp.Subtract, _builder.Constant(amount.Type, 1), amount));
                return new ValueOperand(_builder.Scalar(ScalarOp.Add, left, _builder.Scalar(ScalarOp.Multiply, to, amount)));
            case ("IsNegative", 1) when kind == ElementKind.Bool:
                Value signed = ValueOf(arguments[0]);
                return new ValueOperand(
                    _builder.Scalar(
                    ScalarOp.Less, _builder.Scalar(ScalarOp.CopySign, _builder.Constant(signed.Type, 1), signed),
                    _builder.Constant(signed.Type, 0)));
            default:
                if (ScalarFormula(call, kind, arguments) is { } formula) return new ValueOperand(formula);

                // Truth values and whole numbers carry no derivative: the call is one like any other.
                return kind.IsFloating() ? null : DifferentiableCall(call);
        }
    }

    /// <summary>The argument values in the order of the parameters.</summary>
    private static ImmutableArray<IOperation> InOrder(IInvocationOperation call)
        => call.Arguments.OrderBy(static a => a.Parameter?.Ordinal ?? 0).Select(static a => a.Value).ToImmutableArray();
}
