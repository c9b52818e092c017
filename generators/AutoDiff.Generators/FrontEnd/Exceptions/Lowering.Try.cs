using System.Collections.Immutable;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// A throw that a catch around it takes, be it in an inlined callee, is a jump like any other: it sets a flag, and what follows is guarded by it. The path that
// ran is then recorded as that of any branch is, and no exception is thrown at all. What the runtime throws, or a method that stays a call, cannot be seen
// here: where a catch would take it, that is an error.
internal sealed partial class Lowering
{
    private TryScope? _try;

    /// <summary>The handlers of the <c>try</c> around the current statement, each with the flag that it was thrown to.</summary>
    private sealed record TryScope(ImmutableArray<(ITypeSymbol Type, Variable Flag)> Handlers, Value Untaken);

    private void TryStatement(ITryOperation statement, JumpKinds tail)
    {
        JumpKinds jumps = Jumps.Escaping(statement);
        DeclareFlags(jumps);
        if (statement.Catches.IsEmpty)
        {
            Statements([statement.Body], JumpKinds.None);
        }
        else
        {
            if (_try is not null) throw UnsupportedStatement(statement, "A try with catch inside another one", "use one try, or a method that returns what failed");
            Catching(statement);
        }

        if (statement.Finally is { } always) Statements([always], JumpKinds.None);
    }

    private void Catching(ITryOperation statement)
    {
        foreach (ICatchClauseOperation clause in statement.Catches)
        {
            if (clause.Filter is not null) throw UnsupportedStatement(clause.Filter, "A filter of a catch", "test in the catch, or throw another type");
            if (clause.Locals.FirstOrDefault(l => clause.Handler.Descendants().OfType<ILocalReferenceOperation>()
                .Any(r => SymbolEqualityComparer.Default.Equals(r.Local, l))) is { } used)
                throw UnsupportedStatement(clause.ExceptionDeclarationOrExpression ?? clause, $"Reading the exception '{used.Name}'", "use the values of the method");
        }

        Value untaken = _builder.Bool(false);
        var scope = new TryScope(
            statement.Catches.Select(c => (c.ExceptionType, NewVariable("", IrType.Bool))).ToImmutableArray(), untaken);
        foreach ((_, Variable flag) in scope.Handlers) _state[flag] = untaken;
        int start = _builder.Body.Count;
        _try = scope;
        try
        {
            Statements([statement.Body], JumpKinds.None);
        }
        finally
        {
            _try = null;
        }

        foreach (ICatchClauseOperation clause in statement.Catches)
            if (_builder.Body.Skip(start).Select(i => Unseen(i, clause.ExceptionType)).FirstOrDefault(static what => what is not null) is { } unseen)
                throw UnsupportedStatement(
                    clause, $"A catch of '{clause.ExceptionType.Name}' around {unseen}", "catch the very exception that the method throws, or test before");
        for (int k = 0; k < scope.Handlers.Length; k++)
        {
            Value taken = _state[scope.Handlers[k].Flag] ?? untaken;
            IOperation handler = statement.Catches[k].Handler;
            if (taken != untaken) Branch(taken, handler, () => { Statements([handler], JumpKinds.None); return null; }, static () => null);
        }

        foreach ((_, Variable flag) in scope.Handlers) _state[flag] = null;
    }

    /// <summary>Jumps to the handler that takes an exception of a type; false where none does.</summary>
    private bool Caught(ITypeSymbol exception)
    {
        if (_try is null) return false;
        foreach ((ITypeSymbol type, Variable flag) in _try.Handlers)
        {
            if (!IsOrDerives(exception, type)) continue;
            _state[flag] = _builder.Bool(true);
            return true;
        }

        return false;
    }

    /// <summary>The flags of the handlers, as they are now.</summary>
    private Value?[] Handed() => _try is null ? [] : [.. _try.Handlers.Select(h => _state[h.Flag])];

    /// <summary>What decides where control goes must not be thrown out of: there is no statement to leave undone.</summary>
    private void RefuseThrow(Value?[] before, IOperation at)
    {
        if (!Handed().SequenceEqual(before)) throw UnsupportedStatement(at, "A condition that throws to a catch", "compute it into a local first");
    }

    /// <summary>Whether something was thrown to a handler; null where nothing can have been.</summary>
    private Value? Thrown()
    {
        Value? thrown = null;
        if (_try is null) return null;
        foreach ((_, Variable flag) in _try.Handlers)
            if (_state[flag] is { } taken && taken != _try.Untaken) thrown = thrown is null ? taken : _builder.Scalar(ScalarOp.Or, thrown, taken);
        return thrown;
    }

    /// <summary>Runs a statement; where something in it was thrown, it has not assigned anything.</summary>
    private void Unless(IOperation statement, Action lower)
    {
        if (_try is null || statement is not (IExpressionStatementOperation or IVariableDeclarationGroupOperation or IReturnOperation))
        {
            lower();
            return;
        }

        VariableState before = _state.Copy();
        int start = _builder.Body.Count;
        Value?[] handed = Handed();
        lower();
        if (Handed().SequenceEqual(handed)) return;
        if (_builder.Body.Skip(start).Any(HasWrites))
            throw UnsupportedStatement(statement, "A statement that throws to a catch and writes an element", "compute the value into a local first");
        Branch(Thrown()!, statement, () =>
        {
            var own = new HashSet<Variable>(_try.Handlers.Select(static h => h.Flag));
            foreach (Variable variable in before.Variables.Union(_state.Variables).Where(v => !own.Contains(v)).ToList()) _state[variable] = before[variable];
            return null;
        }, static () => null);
    }

    private static bool HasWrites(Instruction instruction)
        => instruction is Store or FillBuffer or CopyBuffer || instruction.Regions.Any(static r => r.Body.Any(HasWrites));

    /// <summary>What may throw an exception that a handler takes though no throw is seen; null where nothing does.</summary>
    private string? Unseen(Instruction instruction, ITypeSymbol handler)
    {
        string? own = instruction switch
        {
            Call call => $"the call of '{call.Callee.Method}', whose exceptions are not known,",
            Load or Store or SliceBuffer or CopyBuffer or AllocateBuffer
                when Takes("System.IndexOutOfRangeException") || Takes("System.ArgumentOutOfRangeException") || Takes("System.ArgumentException")
                    || Takes("System.OverflowException") => "an element, which may be out of range,",
            Apply { Operation: Elementwise { Op: ScalarOp.Divide or ScalarOp.Remainder }, Result.Type: ScalarType { Kind: var kind } }
                when kind.IsInteger() && Takes("System.DivideByZeroException") => "a division of integers",
            _ => null,
        };
        return own ?? instruction.Regions.SelectMany(static r => r.Body).Select(i => Unseen(i, handler)).FirstOrDefault(static what => what is not null);

        bool Takes(string exception) => compilation.GetTypeByMetadataName(exception) is { } type && IsOrDerives(type, handler);
    }

    private static bool IsOrDerives(ITypeSymbol type, ITypeSymbol other)
    {
        for (ITypeSymbol? t = type; t is not null; t = t.BaseType)
            if (SymbolEqualityComparer.Default.Equals(t, other)) return true;
        return false;
    }
}
