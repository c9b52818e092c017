using System.Collections.Immutable;
using AutoDiff.Compiler;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// Sorting: a permutation that the keys decide, and that is fixed at a point. Derivatives go with the elements to their new places.
internal sealed partial class Lowering
{
    /// <summary>A sequence in the order of its keys; equal ones stay in theirs.</summary>
    private SequenceOperand Ordered(SequenceOperand source, Func<Operand, Operand> keyOf, bool descending, IInvocationOperation call)
    {
        source = Settled(Compacted(source, call), call);
        Value order = OrderOf(source.Count, k => Single(keyOf(source.At(k)), call), descending, call);
        return source with { At = k => source.At(_builder.Load(order, k)) };
    }

    /// <summary><c>Array.Sort(keys)</c>, <c>Array.Sort(keys, items)</c>: both are put in the order of the keys.</summary>
    private void SortInPlace(IReadOnlyList<Value> memories, IInvocationOperation call)
    {
        Value keys = memories[0], order = OrderOf(LengthOf(keys), k => _builder.Load(keys, k), descending: false, call);
        foreach (Value memory in memories)
        {
            Value before = CopyOf(memory);
            Repeat(LengthOf(order), [], (k, _) =>
            {
                Effect(new Store(memory, k, _builder.Load(before, _builder.Load(order, k))));
                return [];
            }, call);
        }
    }

    private Value OrderOf(Value count, Func<Value, Value> keyAt, bool descending, IInvocationOperation call)
    {
        Value? keys = null;
        InstructionBuilder outer = _builder;
        Value[] rest = Repeat(count, [], (k, _) =>
        {
            Value key = keyAt(k);
            if (key.Type is not ScalarType { Kind: var kind } || kind == ElementKind.Bool)
                throw Unsupported(FrontEndDescriptors.UnsupportedCall, call, call.TargetMethod.Name, "its keys are no numbers; compute a number for each element");
            keys = _values.New(new BufferType(kind, BufferKind.Array));
            outer.Append(new AllocateBuffer(keys, count));
            Effect(new Store(keys, k, kind.IsFloating() ? _builder.Scalar(ScalarOp.Detach, key) : key));
            return [];
        }, call);
        Value order = Allocate(ElementKind.Int32, BufferKind.Array, count);
        var type = (BufferType)keys!.Type;
        var callee = new Callee(
            "global::AutoDiff.Generated.Sorting", "Order", false,
            [
                new("keys", type with { Kind = BufferKind.ReadOnlySpan }, PassingKind.ByValue, false, false, $"global::System.ReadOnlySpan<{type.ElementText}>"),
                new("order", new BufferType(ElementKind.Int32, BufferKind.Span), PassingKind.ByValue, false, true, "global::System.Span<int>"),
                new("descending", IrType.Bool, PassingKind.ByValue, false, false, "bool"),
            ],
            null, IsDifferentiable: false, HasSideEffects: true, UsesPair: false, []) { TypeArguments = $"<{type.ElementText}>" };
        Effect(new Call([], callee, [keys, order, _builder.Bool(descending)], []));
        return order;
    }

    /// <summary>The elements that a <c>Where</c> leaves, by their indices; a sequence without one as it is.</summary>
    private SequenceOperand Compacted(SequenceOperand source, IOperation at, Asking asking = Asking.Once)
    {
        if (source.Filter is not { } filter) return source;
        if (Trial(() => filter(_builder.Int(0)).Item()) is { Changes: true, Result: var item } && MemoryFor(item, at) is { } type) return Collected(source, type, (item as AggregateOperand)?.Type, at, asking);
        Value kept = Allocate(ElementKind.Int32, BufferKind.Array, source.Count);
        Value count = Repeat(source.Count, [_builder.Int(0)], (k, states) =>
        {
            Operand next = Branch(filter(k).Holds, at, () =>
            {
                Effect(new Store(kept, states[0], k));
                return new ValueOperand(_builder.Scalar(ScalarOp.Add, states[0], _builder.Int(1)));
            }, () => new ValueOperand(states[0]))!;
            return [Single(next, at)];
        }, at)[0];
        return new SequenceOperand(count, k => source.At(_builder.Load(kept, k)));
    }

    /// <summary>The index of the first element for which a predicate holds, or of the last; <paramref name="none"/> where there is none.</summary>
    private Value IndexWhere(SequenceOperand source, Func<Operand, Value> holds, bool isLast, Value none, IOperation at)
        => Repeat(source.Count, [none], (k, states) =>
        {
            Value matches = holds(source.At(k));
            if (!isLast) matches = _builder.Scalar(ScalarOp.And, matches, _builder.Scalar(ScalarOp.Equal, states[0], none));
            return [_builder.Scalar(ScalarOp.Select, matches, k, states[0])];
        }, at)[0];

    /// <summary>The index of the element whose key is the greatest or least; the first one of several.</summary>
    private Value IndexOfExtreme(SequenceOperand source, Operand keyOf, ScalarOp isBetter, IOperation at)
    {
        ThrowIfEmpty(source, at);
        Value Key(Value k) => Single(Ask(keyOf, [As(Asking.Once, () => source.At(k))], at), at);
        Value zero = _builder.Int(0), first = As(Asking.InTurn, () => Key(zero));
        if (first.Type is ScalarType { IsDifferentiable: true }) first = _builder.Scalar(ScalarOp.Detach, first);
        return Repeat(_builder.Scalar(ScalarOp.Subtract, source.Count, _builder.Int(1)), [zero, first], (k, states) =>
        {
            Value next = _builder.Scalar(ScalarOp.Add, k, _builder.Int(1)), key = Key(next);
            if (first.Type is ScalarType { IsDifferentiable: true }) key = _builder.Scalar(ScalarOp.Detach, key);
            Value isThis = _builder.Scalar(isBetter, key, states[1]);
            return [_builder.Scalar(ScalarOp.Select, isThis, next, states[0]), _builder.Scalar(ScalarOp.Select, isThis, key, states[1])];
        }, at, Asking.InTurn)[0];
    }
}
