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
            case ("Count", 1 or 2):
                Operand? isCounted = arguments.Length == 2 ? FunctionOf(arguments[1]) : null;
                return new ValueOperand(Fold(source, _builder.Int(0), (count, item) =>
                {
                    Value next = _builder.Scalar(ScalarOp.Add, count, One());
                    return isCounted is null ? next : _builder.Scalar(ScalarOp.Select, Single(Ask(isCounted, [item], call), call), next, count);
                }, call, Asking.InTurn));
        }

        if (call.TargetMethod.Name is not ("Skip" or "Take" or "SkipWhile" or "TakeWhile" or "Reverse" or "Concat" or "Append" or "Prepend" or "First" or "Last" or "ElementAt" or "Aggregate"
            or "MaxBy" or "MinBy" or "Any" or "DefaultIfEmpty" or "FirstOrDefault" or "LastOrDefault")) return null;
        if (call.TargetMethod.Name != "Aggregate") source = PartOnly(source, call);
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
                return Both(source, Compacted(SequenceOf(arguments[1]), call));
            case ("Append", 2):
                Operand appended = Visit(arguments[1]);
                return Both(source, new SequenceOperand(One(), _ => appended));
            case ("Prepend", 2):
                Operand prepended = Visit(arguments[1]);
                return Both(new SequenceOperand(One(), _ => prepended), source);
            case ("TakeWhile" or "SkipWhile", 2) when FunctionOf(arguments[1]) is var goes && goes is not FunctionOperand { Method.Parameters.Length: 2 }:
                Value end = IndexWhere(source, item => _builder.Scalar(ScalarOp.Not, Single(Ask(goes, [item], call), call)), isLast: false, _builder.Int(-1), call);
                end = _builder.Scalar(ScalarOp.Select, _builder.Scalar(ScalarOp.Less, end, _builder.Int(0)), source.Count, end);
                if (call.TargetMethod.Name == "TakeWhile") return source with { Count = end };
                return new SequenceOperand(_builder.Scalar(ScalarOp.Subtract, source.Count, end), k => source.At(_builder.Scalar(ScalarOp.Add, k, end)));
            case ("MaxBy" or "MinBy", 2):
                source = Settled(source, call);
                Value best = IndexOfExtreme(source, FunctionOf(arguments[1]), call.TargetMethod.Name == "MaxBy" ? ScalarOp.Greater : ScalarOp.Less, call);
                return source.At(best);
            case ("First" or "Last", 2):
                Operand predicate = FunctionOf(arguments[1]);
                SequenceOperand chosen = Compacted(Filtered(source, (_, item) => Ask(predicate, [item], call), call), call);
                ThrowIfEmpty(chosen, call);
                return chosen.At(call.TargetMethod.Name == "First" ? _builder.Int(0) : _builder.Scalar(ScalarOp.Subtract, chosen.Count, One()));
            case ("DefaultIfEmpty", _):
                Operand only = Default(((INamedTypeSymbol)call.TargetMethod.ReturnType).TypeArguments[0]);
                Value isEmpty = IsEmpty(source);
                return new SequenceOperand(_builder.Scalar(ScalarOp.Max, source.Count, One()), k => Branch(isEmpty, call, () => only, () => source.At(k))!);
            case ("FirstOrDefault" or "LastOrDefault", _):
                Operand otherwise = Default(call.Type!);
                if (arguments.Length > 1 && arguments[1].Type is { TypeKind: TypeKind.Delegate } && FunctionOf(arguments[1]) is var wanted)
                    source = Compacted(Filtered(source, (_, item) => Ask(wanted, [item], call), call), call);
                return Branch(IsEmpty(source), call, () => otherwise,
                    () => source.At(call.TargetMethod.Name == "FirstOrDefault" ? _builder.Int(0) : _builder.Scalar(ScalarOp.Subtract, source.Count, One())));
            case ("Any", 1):
                return new ValueOperand(_builder.Scalar(ScalarOp.Greater, source.Count, _builder.Int(0)));
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
                source = Compacted(source, call, Asking.InTurn);
                ThrowIfEmpty(source, call);
                Operand step = FunctionOf(arguments[1]);
                Value seed = Single(As(Asking.InTurn, () => source.At(_builder.Int(0))), call);
                return new ValueOperand(Fold(Behind(source), seed, (sum, item) => Single(Ask(step, [new ValueOperand(sum), item], call), call), call, Asking.InTurn));
            default:
                return null;
        }

        // What is given last, unless that is a function.
        Operand Default(ITypeSymbol type)
            => arguments.Length > 1 && arguments[arguments.Length - 1] is { Type.TypeKind: not TypeKind.Delegate } given ? Convert(Visit(given), type, given) : DefaultOf(type, call);

        Value IsEmpty(SequenceOperand of) => _builder.Scalar(ScalarOp.Equal, of.Count, _builder.Int(0));

        SequenceOperand Both(SequenceOperand first, SequenceOperand second)
            => new(_builder.Scalar(ScalarOp.Add, first.Count, second.Count), k => Branch(
                _builder.Scalar(ScalarOp.Less, k, first.Count), call, () => first.At(k), () => second.At(NotNegative(_builder.Scalar(ScalarOp.Subtract, k, first.Count))))!);
    }

    private Value NotNegative(Value count) => _builder.Scalar(ScalarOp.Max, count, _builder.Int(0));

    /// <summary>Whether a predicate holds for any element, or for all of them.</summary>
    private Value IsAny(SequenceOperand source, Operand predicate, bool isAll, IOperation at)
        => Fold(source, _builder.Bool(isAll), (known, item) => _builder.Scalar(isAll ? ScalarOp.And : ScalarOp.Or, known, Single(Ask(predicate, [item], at), at)), at);

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
