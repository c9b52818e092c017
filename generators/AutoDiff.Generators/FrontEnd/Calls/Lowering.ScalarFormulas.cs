using System.Collections.Immutable;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// Functions of the number types that are short formulas over the table, as the framework computes them.
internal sealed partial class Lowering
{
    /// <summary>A function that is a formula; null for others.</summary>
    private Value? ScalarFormula(IInvocationOperation call, ElementKind kind, ImmutableArray<IOperation> arguments)
    {
        if (!kind.IsFloating()) return null;
        switch (call.TargetMethod.Name, arguments.Length)
        {
            case ("MaxMagnitude" or "MinMagnitude" or "MaxNumber" or "MinNumber" or "MaxMagnitudeNumber" or "MinMagnitudeNumber", 2):
                return Extremum(call.TargetMethod.Name, Floating(0), Floating(1));
            case ("DegreesToRadians", 1):
                return Scaled(Floating(0), Math.PI, 180);
            case ("RadiansToDegrees", 1):
                return Scaled(Floating(0), 180, Math.PI);
            case ("ScaleB", 2):
                return ScaledByPower(Floating(0), ValueOf(arguments[1]));
            case ("PolyGamma", 2):
                return _builder.Scalar(ScalarOp.PolyGamma, _builder.Convert(ValueOf(arguments[0]), kind), Floating(1));
            case ("BesselJ", 2):
                return _builder.Scalar(ScalarOp.BesselJ, _builder.Convert(ValueOf(arguments[0]), kind), Floating(1));
            case ("BesselJ0" or "BesselJ1", 1):
                return _builder.Scalar(ScalarOp.BesselJ, _builder.Constant(new ScalarType(kind), call.TargetMethod.Name == "BesselJ0" ? 0 : 1), Floating(0));
            case ("RootN", 2):
                return _builder.Scalar(ScalarOp.RootN, Floating(0), _builder.Convert(ValueOf(arguments[1]), kind));
            case ("Round", 2 or 3):
                return Rounded(call, kind, arguments);
            default:
                return null;
        }

        Value Floating(int k) => _builder.Convert(ValueOf(arguments[k]), kind);
    }

    private Value Scaled(Value x, double factor, double divisor)
        => _builder.Scalar(ScalarOp.Divide, _builder.Scalar(ScalarOp.Multiply, x, _builder.Constant(x.Type, factor)), _builder.Constant(x.Type, divisor));

    // Two steps, so that neither power overflows where the result does not.
    private Value ScaledByPower(Value x, Value exponent)
    {
        Value half = _builder.Scalar(ScalarOp.Divide, exponent, _builder.Constant(exponent.Type, 2)), rest = _builder.Scalar(ScalarOp.Subtract, exponent, half);
        return _builder.Scalar(ScalarOp.Multiply, _builder.Scalar(ScalarOp.Multiply, x, Power(half)), Power(rest));

        Value Power(Value n) => _builder.Scalar(ScalarOp.Exp2, _builder.Convert(n, x.Element));
    }

    /// <summary>The greatest or least of two, by magnitude or by value; those of numbers pass over NaN.</summary>
    private Value Extremum(string name, Value x, Value y)
    {
        ScalarOp extremum = name.StartsWith("Max", StringComparison.Ordinal) ? ScalarOp.Max : ScalarOp.Min;
        Value result = _builder.Scalar(extremum, x, y);
        if (name.Contains("Magnitude"))
        {
            Value a = _builder.Scalar(ScalarOp.Abs, x), b = _builder.Scalar(ScalarOp.Abs, y);
            ScalarOp isBetter = extremum == ScalarOp.Max ? ScalarOp.Greater : ScalarOp.Less;
            result = Choose(_builder.Scalar(isBetter, a, b), x, Choose(_builder.Scalar(isBetter, b, a), y, result));
        }

        if (!name.EndsWith("Number", StringComparison.Ordinal)) return result;
        return Choose(_builder.Scalar(ScalarOp.IsNaN, x), y, Choose(_builder.Scalar(ScalarOp.IsNaN, y), x, result));

        Value Choose(Value condition, Value whenTrue, Value whenFalse) => _builder.Scalar(ScalarOp.Select, condition, whenTrue, whenFalse);
    }

    /// <summary><c>Round(x, digits)</c>, <c>Round(x, mode)</c> and both, with constants.</summary>
    private Value? Rounded(IInvocationOperation call, ElementKind kind, ImmutableArray<IOperation> arguments)
    {
        bool isLast = arguments[arguments.Length - 1].Type?.TypeKind == TypeKind.Enum;
        MidpointRounding mode = isLast && arguments[arguments.Length - 1].ConstantValue is { HasValue: true, Value: int m } ? (MidpointRounding)m : MidpointRounding.ToEven;
        if (isLast && !arguments[arguments.Length - 1].ConstantValue.HasValue || kind is not (ElementKind.Double or ElementKind.Single))
            throw Unsupported(FrontEndDescriptors.UnsupportedCall, call, StepText.Of(call.Syntax), "the way of rounding must be a constant; write Floor, Ceiling, Truncate or Round");
        Value x = _builder.Convert(ValueOf(arguments[0]), kind);
        if (isLast && arguments.Length == 2) return Whole(x);
        if (arguments[1].ConstantValue is not { HasValue: true, Value: int digits })
            throw Unsupported(FrontEndDescriptors.UnsupportedCall, call, StepText.Of(call.Syntax), "the number of digits must be a constant; scale, round and scale back");
        Value power = _builder.Constant(x.Type, Math.Pow(10, digits)), limit = _builder.Constant(x.Type, kind == ElementKind.Double ? 1e16 : 1e8);
        Value rounded = _builder.Scalar(ScalarOp.Divide, Whole(_builder.Scalar(ScalarOp.Multiply, x, power)), power);
        return _builder.Scalar(ScalarOp.Select, _builder.Scalar(ScalarOp.Less, _builder.Scalar(ScalarOp.Abs, x), limit), rounded, _builder.Scalar(ScalarOp.Detach, x));

        Value Whole(Value v) => (int)mode switch
        {
            // AwayFromZero: the greatest number below one half, so that what is next to a half does not reach it.
            1 => _builder.Scalar(ScalarOp.Truncate, _builder.Scalar(ScalarOp.Add, v, _builder.Scalar(
                ScalarOp.CopySign, _builder.Constant(v.Type, kind == ElementKind.Double ? 0.49999999999999994 : 0.49999997f), v))),
            2 => _builder.Scalar(ScalarOp.Truncate, v),
            3 => _builder.Scalar(ScalarOp.Floor, v),
            4 => _builder.Scalar(ScalarOp.Ceiling, v),
            _ => _builder.Scalar(ScalarOp.Round, v),
        };
    }

    /// <summary>Two results of one call: <c>SinCos</c>, <c>SinCosPi</c>, and <c>DivRem</c> of whole numbers.</summary>
    private Operand? ScalarPair(IInvocationOperation call, ImmutableArray<IOperation> arguments)
    {
        (ScalarOp First, ScalarOp Second)? pair = (call.TargetMethod.Name, arguments.Length) switch
        {
            ("SinCos", 1) => (ScalarOp.Sin, ScalarOp.Cos),
            ("SinCosPi", 1) => (ScalarOp.SinPi, ScalarOp.CosPi),
            ("DivRem", 2) => (ScalarOp.Divide, ScalarOp.Remainder),
            _ => null,
        };
        if (pair is not var (first, second)) return null;
        ElementKind? kind = TypeMap.Element(call.TargetMethod.Parameters[0].Type);
        Value[] operands = [.. arguments.Select(a => _builder.Convert(ValueOf(a), kind!.Value))];
        return new AggregateOperand(call.Type!, [new ValueOperand(_builder.Scalar(first, operands)), new ValueOperand(_builder.Scalar(second, operands))]);
    }
}
