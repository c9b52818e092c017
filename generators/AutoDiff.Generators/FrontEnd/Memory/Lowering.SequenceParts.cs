using System.Collections.Immutable;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// LINQ that takes a part of a sequence, puts sequences together, or asks whether there is an element.
internal sealed partial class Lowering
{
    /// <summary>One of those methods; null for others.</summary>
    private Operand? PartOf(SequenceOperand source, ImmutableArray<IOperation> arguments, IInvocationOperation call)
    {
        Value One() => _builder.Int(1);
        switch (call.TargetMethod.Name, arguments.Length)
        {
            case ("Any", 2):
                return new ValueOperand(IsAny(source, FunctionOf(arguments[1]), isAll: false, call));
            case ("All", 2):
                return new ValueOperand(IsAny(source, FunctionOf(arguments[1]), isAll: true, call));
            case ("Any", 1) when source.Filter is null:
                return new ValueOperand(_builder.Scalar(ScalarOp.Greater, source.Count, _builder.Int(0)));
            case ("Count", 1 or 2):
                Operand? isCounted = arguments.Length == 2 ? FunctionOf(arguments[1]) : null;
                return new ValueOperand(Fold(source, _builder.Int(0), (count, item) =>
                {
                    Value next = _builder.Scalar(ScalarOp.Add, count, One());
                    return isCounted is null ? next : _builder.Scalar(ScalarOp.Select, Single(Invoke(isCounted, [item], call), call), next, count);
                }, call));
        }

        if (call.TargetMethod.Name is not ("Skip" or "Take" or "Reverse" or "Concat" or "First" or "Last" or "ElementAt" or "Aggregate")) return null;
        if (source.Filter is not null) throw NotAfterWhere(call);
        switch (call.TargetMethod.Name, arguments.Length)
        {
            case ("Skip", 2):
                Value skipped = _builder.Scalar(ScalarOp.Min, source.Count, NotNegative(ValueOf(arguments[1])));
                return new SequenceOperand(_builder.Scalar(ScalarOp.Subtract, source.Count, skipped), k => source.At(_builder.Scalar(ScalarOp.Add, k, skipped)));
            case ("Take", 2) when TypeMap.Element(arguments[1].Type) == ElementKind.Int32:
                return source with { Count = _builder.Scalar(ScalarOp.Min, source.Count, NotNegative(ValueOf(arguments[1]))) };
            case ("Reverse", 1):
                Value last = _builder.Scalar(ScalarOp.Subtract, source.Count, One());
                return source with { At = k => source.At(_builder.Scalar(ScalarOp.Subtract, last, k)) };
            case ("Concat", 2):
                SequenceOperand second = SequenceOf(arguments[1]);
                if (second.Filter is not null) throw NotAfterWhere(call);
                return new SequenceOperand(_builder.Scalar(ScalarOp.Add, source.Count, second.Count), k => Branch(
                    _builder.Scalar(ScalarOp.Less, k, source.Count), call, () => source.At(k), () => second.At(_builder.Scalar(ScalarOp.Subtract, k, source.Count)))!);
            case ("First", 1):
                ThrowIfEmpty(source, call);
                return source.At(_builder.Int(0));
            case ("Last", 1):
                ThrowIfEmpty(source, call);
                return source.At(_builder.Scalar(ScalarOp.Subtract, source.Count, One()));
            case ("ElementAt", 2) when TypeMap.Element(arguments[1].Type) == ElementKind.Int32:
                Value index = ValueOf(arguments[1]);
                ThrowIfOutside(index, source.Count, call);
                return source.At(index);
            case ("Aggregate", 2):
                ThrowIfEmpty(source, call);
                Operand step = FunctionOf(arguments[1]);
                SequenceOperand rest = new(_builder.Scalar(ScalarOp.Subtract, source.Count, One()), k => source.At(_builder.Scalar(ScalarOp.Add, k, One())));
                return new ValueOperand(Fold(rest, Single(source.At(_builder.Int(0)), call), (sum, item) => Single(Invoke(step, [new ValueOperand(sum), item], call), call), call));
            default:
                return null;
        }
    }

    private Value NotNegative(Value count) => _builder.Scalar(ScalarOp.Max, count, _builder.Int(0));

    /// <summary>Whether a predicate holds for any element, or for all of them.</summary>
    private Value IsAny(SequenceOperand source, Operand predicate, bool isAll, IOperation at)
        => Fold(source, _builder.Bool(isAll), (known, item) => _builder.Scalar(isAll ? ScalarOp.And : ScalarOp.Or, known, Single(Invoke(predicate, [item], at), at)), at);

    /// <summary>Throws as an index of a sequence or list does that is none.</summary>
    private void ThrowIfOutside(Value index, Value count, IOperation at)
    {
        Value isBelow = _builder.Scalar(ScalarOp.Less, index, _builder.Int(0)), isBeyond = _builder.Scalar(ScalarOp.GreaterOrEqual, index, count);
        Branch(_builder.Scalar(ScalarOp.Or, isBelow, isBeyond), at, () =>
        {
            Effect(new ThrowText().Add("throw new global::System.ArgumentOutOfRangeException(\"index\")").ToInstruction());
            return null;
        }, static () => null);
    }
}
