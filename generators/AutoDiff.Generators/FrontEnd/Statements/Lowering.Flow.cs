using System.Collections.Immutable;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// Structured control flow in place of jumps. A statement is in tail position of a jump where nothing follows it but the jump's target: the
// jump is then no instruction at all. Where an `if` ends abruptly on one side, what follows it belongs to the other side. Everywhere else
// the jump sets a flag and what follows is guarded by it. A label cuts its block in two: what is before it jumps to its own end.
internal sealed partial class Lowering
{
    private void Statements(ImmutableArray<IOperation> statements, JumpKinds tail)
    {
        for (int i = 0; i < statements.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Cut(statements, i) is > 0 and var label)
            {
                ImmutableArray<IOperation> before = statements.RemoveRange(label, statements.Length - label).RemoveRange(0, i), after = statements.RemoveRange(0, label);
                JumpKinds end = JumpKinds.None, leaving = before.Aggregate(JumpKinds.None, static (all, s) => all | Jumps.Escaping(s));
                foreach (ILabelSymbol name in Jumps.LabelsOf(statements[label])) (end, leaving) = (end | JumpKinds.To(name), leaving.Without(name));
                DeclareFlags(leaving);
                Statements(before, end);
                Guarded(leaving, () => Statements(after, tail));
                return;
            }

            IOperation statement = statements[i];
            ImmutableArray<IOperation> rest = statements.RemoveRange(0, i + 1).RemoveAll(
                static s => s is ILocalFunctionOperation or IEmptyOperation);
            if (statement is IUsingDeclarationOperation opening)
            {
                Attempt(() => { Using(opening.DeclarationGroup, rest, opening.IsAsynchronous, opening); return Nothing; });
                return;
            }

            JumpKinds jumps = Jumps.Escaping(statement);
            if (jumps.IsEmpty || rest.IsEmpty)
            {
                Value?[] handed = Handed();
                Statement(statement, rest.IsEmpty ? tail : JumpKinds.None);
                if (rest.IsEmpty || Handed().SequenceEqual(handed)) continue;
                Guarded(JumpKinds.None, () => Statements(rest, tail));
                return;
            }

            if (statement is IBlockOperation block && !block.Operations.Any(static s => s is IUsingDeclarationOperation))
            {
                Statements(block.Operations.AddRange(rest), tail);
                return;
            }

            if (Jumps.EndsAbruptly(statement))
            {
                Statement(statement, tail);
                return;
            }

            if (statement is IConditionalOperation branch && Jumps.EndsAbruptly(branch.WhenTrue) != Jumps.EndsAbruptly(branch.WhenFalse))
            {
                bool thenEnds = Jumps.EndsAbruptly(branch.WhenTrue);
                IOperation ending = thenEnds ? branch.WhenTrue : branch.WhenFalse!;
                IOperation? other = thenEnds ? branch.WhenFalse : branch.WhenTrue;
                ImmutableArray<IOperation> going = other is null ? rest : rest.Insert(0, other);
                Attempt(() => { IfStatement(branch, thenEnds ? [ending] : going, thenEnds ? going : [ending], tail); return Nothing; });
                return;
            }

            DeclareFlags(jumps);
            Statement(statement, JumpKinds.None);
            Guarded(jumps, () => Statements(rest, tail));
            return;
        }
    }

    /// <summary>Where the first label stands behind <paramref name="from"/> that a jump goes to; 0 where there is none.</summary>
    private static int Cut(ImmutableArray<IOperation> statements, int from)
    {
        for (int i = from + 1; i < statements.Length; i++)
            if (Jumps.LabelsOf(statements[i]).Any(label => statements.Skip(from).Take(i - from).Any(s => Jumps.Escaping(s).GoTo(label)))) return i;
        return 0;
    }

    private void IfStatement(
        IConditionalOperation branch, ImmutableArray<IOperation> then, ImmutableArray<IOperation> otherwise, JumpKinds tail)
    {
        if (branch.Condition.ConstantValue is { HasValue: true, Value: bool known })
        {
            Statements(known ? then : otherwise, tail);
            return;
        }

        Value?[] handed = Handed();
        Value? condition = Attempt(() =>
        {
            BeginStep(branch.Condition.Syntax, $"if ({StepText.Of(branch.Condition.Syntax)})");
            return ValueOf(branch.Condition);
        });

        if (condition?.Type is TensorType) throw DependsOnElement(branch.Condition);
        RefuseThrow(handed, branch.Condition);

        // A condition that was refused: both sides are lowered all the same, for their diagnostics.
        Branch(condition ?? _builder.Bool(false), branch,
            () => { Statements(then, tail); return null; }, () => { Statements(otherwise, tail); return null; });
    }

    /// <summary>Lowers <paramref name="rest"/> under the condition that none of the jumps was taken.</summary>
    private void Guarded(JumpKinds jumps, Action rest)
    {
        if (NoneTaken(jumps) is not Value condition) rest();
        else Branch(condition, null, () => { rest(); return null; }, static () => null);
    }

    /// <summary>Whether control goes on after statements with these jumps; null where no flag was set.</summary>
    private Value? NoneTaken(JumpKinds jumps)
    {
        Value? taken = Thrown();
        foreach (Variable flag in Flags(jumps))
        {
            if (_state[flag] is not Value value) continue;
            taken = taken is null ? value : _builder.Scalar(ScalarOp.Or, taken, value);
        }

        return taken is null ? null : _builder.Scalar(ScalarOp.Not, taken);
    }

    /// <summary>The flags of jumps that have one, in the order of their declaration.</summary>
    private IEnumerable<Variable> Flags(JumpKinds jumps)
    {
        var flags = new List<Variable>();
        if (jumps.Returns && _frame.Returned is not null) flags.Add(_frame.Returned);
        foreach (ISymbol label in jumps.Labels)
            if (_frame.Jumped.TryGetValue(label, out Variable? flag)) flags.Add(flag);
        return flags.OrderBy(static f => f.Order);
    }

    /// <summary>Makes the flags of jumps, unset, where they are not there yet.</summary>
    private void DeclareFlags(JumpKinds jumps)
    {
        if (jumps.Returns) _frame.Returned ??= NewVariable("", IrType.Bool);
        foreach (ISymbol label in jumps.Labels)
            if (!_frame.Jumped.ContainsKey(label)) _frame.Jumped.Add(label, NewVariable("", IrType.Bool));
        foreach (Variable flag in Flags(jumps)) _state[flag] ??= _builder.Bool(false);
    }

    /// <summary>Runs one part; where it is refused its diagnostic is reported and lowering goes on behind it.</summary>
    private T? Attempt<T>(Func<T> part)
        where T : class
    {
        try
        {
            return part();
        }
        catch (UnsupportedException)
        {
            _failed = _failed ?? _locations.Instead ?? _current?.Syntax.GetLocation() ?? method.Locations[0];
            return null;
        }
    }
}
