using AutoDiff.Compiler;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.FrontEnd;

// The loops of LINQ: over the elements of a sequence, with what its lambdas assign.
internal sealed partial class Lowering
{
    private SequenceOperand Mapped(SequenceOperand source, Func<Value, Operand, Operand> map)
        => source with
        {
            At = k => map(k, source.At(k)),
            Filter = source.Filter is not { } filter ? null : k => filter(k) is var passed ? passed with { Item = () => map(k, passed.Item()) } : null!,
        };

    /// <summary>The elements for which a predicate holds. What is tested is the element itself, and not another one that is made like it, where making it changes anything.</summary>
    private SequenceOperand Filtered(SequenceOperand source, Func<Value, Operand, Operand> holds, IOperation at)
    {
        return source with { Filter = k => source.Filter is { } filter ? Further(filter(k), k) : First(k) };

        Passed First(Value k)
        {
            Operand item = source.At(k);
            return new Passed(Single(holds(k, item), at), Trial(() => source.At(k)).Changes ? () => item : () => source.At(k));
        }

        Passed Further(Passed passed, Value k)
        {
            if (!Trial(passed.Item).Changes)
                return new Passed(Single(Branch(passed.Holds, at, () => holds(k, passed.Item()), () => new ValueOperand(_builder.Bool(false)))!, at), passed.Item);
            var both = (AggregateOperand)Branch(passed.Holds, at, () =>
            {
                Operand item = passed.Item();
                return new AggregateOperand(at.Type!, [holds(k, item), item]);
            }, static () => null)!;
            return new Passed(Single(both.Fields[0], at), () => both.Fields[1]);
        }
    }

    /// <summary>The elements behind the first one.</summary>
    private SequenceOperand Behind(SequenceOperand source)
        => new(_builder.Scalar(ScalarOp.Subtract, source.Count, _builder.Int(1)), k => source.At(_builder.Scalar(ScalarOp.Add, k, _builder.Int(1))));

    /// <summary>A counted loop over what one function computes from the counter and the states. What lambdas assign goes on from one iteration to the next.</summary>
    private Value[] Repeat(Value count, Value[] initial, Func<Value, Value[], Value[]> step, IOperation at, Asking asking = Asking.Once)
    {
        InstructionBuilder outer = _builder;
        VariableState before = _state;
        Value start = _builder.Int(0);
        var carried = new List<Variable>();
        while (true)
        {
            Value counter = _values.New(IrType.Int32);
            Value[] states = [.. initial.Concat(carried.Select(v => before[v]!)).Select(v => _values.New(v.Type))], next;
            InstructionBuilder body = _builder = outer.Nested();
            _state = before.Copy();
            for (int i = 0; i < carried.Count; i++) _state[carried[i]] = states[initial.Length + i];
            Variable[] assigned;
            try
            {
                next = As(asking, () => step(counter, [.. states.Take(initial.Length)]));
                assigned = [.. before.Variables.Where(v => before[v] != _state[v] && !carried.Contains(v)).OrderBy(static v => v.Order)];
                if (asking != Asking.InTurn) RefuseAssignments(before, at);
                Value[] carry = [.. carried.Concat(assigned).Select(v => Carried(v, before[v]!, at))];
                next = [.. next, .. carry.Take(carried.Count)];
            }
            finally
            {
                (_builder, _state) = (outer, before);
            }

            // Which variables an iteration assigns is known when it has been lowered.
            if (assigned.Length > 0)
            {
                carried.AddRange(assigned);
                continue;
            }

            Value[] results = [.. states.Select((s, i) => _values.New(s.Type, i < initial.Length ? "" : carried[i - initial.Length].Name))];
            _builder.Append(new For(results.ToEquatable(), start, count, 1, [.. initial, .. carried.Select(v => before[v]!)], body.ToRegion([counter, .. states], next)));
            for (int i = 0; i < carried.Count; i++) _state[carried[i]] = results[initial.Length + i];
            return [.. results.Take(initial.Length)];
        }
    }

    /// <summary>What a variable that a lambda assigns holds after an iteration.</summary>
    private Value Carried(Variable variable, Value initial, IOperation at)
    {
        if (_state[variable] is { } next && !_referents.ContainsKey(next.Id) && !_referents.ContainsKey(initial.Id))
        {
            if (initial.Type is BufferType) next = Retyped(_builder, next, initial.Type);
            if (next.Type == initial.Type) return next;
        }

        throw UnsupportedExpression(at, $"A lambda that lets {Named(variable)} refer to something else", "write a loop");
    }

    /// <summary>LINQ may ask for an element several times, or never: what it computes must not change anything.</summary>
    private void RefuseAssignments(VariableState before, IOperation at)
    {
        if (before.Variables.FirstOrDefault(v => before[v] != _state[v]) is { } assigned)
            throw UnsupportedExpression(at, $"A lambda that assigns '{assigned.Name}'", "write a loop");
    }
}
