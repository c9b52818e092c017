using System.Collections.Immutable;
using AutoDiff.Compiler;
using AutoDiff.Compiler.Analysis;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// What lambdas of LINQ change besides giving a value. Where each element is asked for once and in order, as LINQ does, assignments are carried from one to the next. Elsewhere
// a lambda must not assign: how often and when LINQ asks is its own affair. Calls whose effects are not known run as often as LINQ makes them.
internal sealed partial class Lowering
{
    /// <summary>How the elements of a sequence are being asked for.</summary>
    private enum Asking
    {
        /// <summary>Each at most once, at a time that is not LINQ's.</summary>
        Once,

        /// <summary>Each once and in order, as LINQ does.</summary>
        InTurn,

        /// <summary>More than once.</summary>
        Again,
    }

    private Asking _asking;

    /// <summary>Calls a function that was given to LINQ. What that function does in turn is asked for as anywhere.</summary>
    private Operand Ask(Operand function, ImmutableArray<Operand> operands, IOperation at)
    {
        Asking asking = _asking;
        if (asking == Asking.InTurn) return As(Asking.Once, () => Invoke(function, operands, at));
        VariableState before = _state.Copy();
        int start = _builder.Body.Count;
        Operand result = As(Asking.Once, () => Invoke(function, operands, at));
        (Variable? assigned, bool writes, bool calls) = EffectsSince(before, start);
        if (assigned is not null || writes)
            throw UnsupportedExpression(AssignmentIn(function, at), assigned is { Name: { Length: > 0 } name } ? $"A lambda that assigns '{name}'" : "A lambda that assigns", "write a loop");
        if (calls && asking == Asking.Again)
            throw UnsupportedExpression(AssignmentIn(function, at), "A lambda whose call may change something", "write a loop, or collect the results in an array first");
        return result;
    }

    private T As<T>(Asking asking, Func<T> lower)
    {
        Asking outer = _asking;
        _asking = asking;
        try
        {
            return lower();
        }
        finally
        {
            _asking = outer;
        }
    }

    /// <summary>The same elements, asked for in another way than the whole sequence is.</summary>
    private SequenceOperand AskedAs(Asking asking, SequenceOperand source) => source with { At = k => As(asking, () => source.At(k)) };

    /// <summary>A sequence of which LINQ may leave elements out: asking for them must not change anything.</summary>
    private SequenceOperand PartOnly(SequenceOperand source, IOperation at)
    {
        source = Compacted(source, at);
        RefuseUnasked(source);
        return AskedAs(Asking.Once, source);
    }

    /// <summary>Refuses elements that assign, where it is not known whether LINQ would ask for them.</summary>
    private void RefuseUnasked(SequenceOperand source) => Tried(() => As(Asking.Once, () => source.At(_builder.Int(0))));

    /// <summary>A sequence of which elements are asked for more than once: what calls computed for them is in an array. Others as they are.</summary>
    private SequenceOperand Settled(SequenceOperand source, IOperation at)
        => Trial(() => source.At(_builder.Int(0))) is { Changes: true, Result: var item } && MemoryFor(item, at) is { } type
            ? Collected(source, type, (item as AggregateOperand)?.Type, at, Asking.Once) : AskedAs(Asking.Again, source);

    /// <summary>The memory for elements like one; null where that is no number or struct of numbers.</summary>
    private BufferType? MemoryFor(Operand item, IOperation at) => item switch
    {
        ValueOperand { Value.Type: ScalarType { Kind: var kind } } => new BufferType(kind, BufferKind.Array),
        AggregateOperand { Type: { IsUnmanagedType: true } type } when Components.Of(type) is not null => ItemsOf(type, at.Syntax.GetLocation()),
        _ => null,
    };

    /// <summary>The elements in an array, each one asked for once.</summary>
    private SequenceOperand Collected(SequenceOperand source, BufferType type, ITypeSymbol? item, IOperation at, Asking asking)
    {
        Value items = Allocate(type, source.Count);
        Value count = Repeat(source.Count, [_builder.Int(0)], (k, states) =>
        {
            Passed passed = source.Filter?.Invoke(k) ?? new Passed(_builder.Bool(true), () => source.At(k));
            return [Single(Branch(passed.Holds, at, () =>
            {
                Write(ElementOf(items, states[0], item), passed.Item(), at);
                return new ValueOperand(_builder.Scalar(ScalarOp.Add, states[0], _builder.Int(1)));
            }, () => new ValueOperand(states[0]))!, at)];
        }, at, asking)[0];
        return new SequenceOperand(count, k => Read(ElementOf(items, k, item), at));
    }

    /// <summary>What asking for an element gives, and whether that changes anything, or may: it is lowered as it would be, and then thrown away.</summary>
    private (Operand Result, bool Changes) Trial(Func<Operand> ask)
    {
        bool changes = false;
        Operand result = Tried(() =>
        {
            VariableState before = _state.Copy();
            Operand asked = As(Asking.InTurn, ask);
            changes = EffectsSince(before, 0) is not (null, false, false);
            return asked;
        });
        return (result, changes);
    }

    private Operand Tried(Func<Operand> lower)
    {
        VariableState before = _state;
        try
        {
            return LowerArm(before, lower).Result!;
        }
        finally
        {
            _state = before;
        }
    }

    /// <summary>What was changed since a state: a variable, memory that is not of these instructions alone, something that a call may know of.</summary>
    private (Variable? Assigned, bool Writes, bool Calls) EffectsSince(VariableState before, int start)
    {
        Region region = new([], _builder.Body.Skip(start).ToEquatable(), []);
        Parameter[] memory = [.. FreeValues.Of(region).Where(static v => v.Type is BufferType).Select(static v => new Parameter(v, "", PassingKind.ByValue, "", IsDifferentiable: false))];
        var written = new WrittenBuffers(memory, region);
        return (before.Variables.OrderBy(static v => v.Order).FirstOrDefault(v => before[v] != _state[v]), memory.Any(m => written.IsWritten(m.Value)),
            CallFacts.Calls(region).Any(static c => c.Callee.HasSideEffects && !c.WrittenBuffers().Any()));
    }

    /// <summary>The assignment in a lambda to something that is not its own; the call of LINQ where it shows none.</summary>
    private static IOperation AssignmentIn(Operand function, IOperation at)
    {
        if (function is not FunctionOperand { Lambda: { Body: var body, Symbol: var lambda } }) return at;
        return body.Descendants().FirstOrDefault(o => o switch
        {
            IAssignmentOperation assignment => IsOutside(assignment.Target),
            IIncrementOrDecrementOperation increment => IsOutside(increment.Target),
            IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => IsOutside(argument.Value),
            _ => false,
        }) ?? at;

        bool IsOutside(IOperation target) => target switch
        {
            ILocalReferenceOperation local => !SymbolEqualityComparer.Default.Equals(local.Local.ContainingSymbol, lambda),
            IParameterReferenceOperation parameter => !SymbolEqualityComparer.Default.Equals(parameter.Parameter.ContainingSymbol, lambda),
            _ => true,
        };
    }
}
