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

    /// <summary>The <c>catch</c> that is being lowered, which <c>throw;</c> leaves.</summary>
    private (TryScope Scope, int Handler)? _handling;

    /// <summary>The handlers of a <c>try</c>, each with the flag that it was thrown to, inside those of <paramref name="Outer"/>.</summary>
    private sealed record TryScope(ImmutableArray<(ITypeSymbol Type, Variable Flag)> Handlers, Value Untaken, TryScope? Outer);

    private void TryStatement(ITryOperation statement, JumpKinds tail)
    {
        JumpKinds jumps = Jumps.Escaping(statement);
        DeclareFlags(jumps);
        if (statement.Catches.IsEmpty) Statements([statement.Body], JumpKinds.None);
        else Catching(statement);

        // Also where the exception goes on to a handler around: only what is behind is passed over.
        if (statement.Finally is { } always) Statements([always], JumpKinds.None);
    }

    private void Catching(ITryOperation statement)
    {
        foreach (ICatchClauseOperation clause in statement.Catches)
        {
            IEnumerable<IOperation> reads = clause.Filter is null ? clause.Handler.Descendants() : clause.Handler.Descendants().Concat(clause.Filter.DescendantsAndSelf());
            if (clause.Locals.FirstOrDefault(l => reads.OfType<ILocalReferenceOperation>().Any(r => SymbolEqualityComparer.Default.Equals(r.Local, l))) is { } used)
                throw UnsupportedStatement(clause.ExceptionDeclarationOrExpression ?? clause, $"Reading the exception '{used.Name}'", "use the values of the method");
        }

        Value untaken = _builder.Bool(false);
        var scope = new TryScope(statement.Catches.Select(c => (c.ExceptionType, NewVariable("", IrType.Bool))).ToImmutableArray(), untaken, _try);
        foreach ((_, Variable flag) in scope.Handlers) _state[flag] = untaken;
        int start = _builder.Body.Count;
        _try = scope;
        try
        {
            Statements([statement.Body], JumpKinds.None);
        }
        finally
        {
            _try = scope.Outer;
        }

        bool isPlain = HasOnlyElements(statement.Body);
        foreach (ICatchClauseOperation clause in statement.Catches)
            if (_builder.Body.Skip(start).Select(i => Unseen(i, clause.ExceptionType, isPlain)).FirstOrDefault(static what => what is not null) is { } unseen)
                throw UnsupportedStatement(
                    clause, $"A catch of '{clause.ExceptionType.Name}' around {unseen}", "catch the very exception that the method throws, or test before");
        for (int k = 0; k < scope.Handlers.Length; k++) Handle(statement.Catches[k], scope, k);
        foreach ((_, Variable flag) in scope.Handlers) _state[flag] = null;
    }

    /// <summary>Runs a handler where it was thrown to, and where its filter does not let the exception pass on.</summary>
    private void Handle(ICatchClauseOperation clause, TryScope scope, int index)
    {
        Value taken = _state[scope.Handlers[index].Flag] ?? scope.Untaken;
        if (taken == scope.Untaken) return;
        if (clause.Filter is { } filter)
        {
            Variable passed = NewVariable("", IrType.Bool);
            _state[passed] = scope.Untaken;
            Branch(taken, filter, () =>
            {
                _state[passed] = _builder.Scalar(ScalarOp.Not, ValueOf(filter));
                return null;
            }, static () => null);
            Value goesOn = _state[passed]!;
            if (Next(scope, index) is not { } next)
                throw UnsupportedStatement(filter, "A filter that lets an exception out of the method", "add a catch of the same type without a filter behind it");
            _state[next] = _builder.Scalar(ScalarOp.Or, _state[next]!, goesOn);
            taken = _builder.Scalar(ScalarOp.And, taken, _builder.Scalar(ScalarOp.Not, goesOn));
            _state[passed] = null;
        }

        (TryScope, int)? outer = _handling;
        _handling = (scope, index);
        try
        {
            Branch(taken, clause.Handler, () => { Statements([clause.Handler], JumpKinds.None); return null; }, static () => null);
        }
        finally
        {
            _handling = outer;
        }
    }

    /// <summary><c>throw;</c>: on to the next handler around the <c>try</c>.</summary>
    private void ThrowAgain(IThrowOperation statement)
    {
        if (_handling is not var (scope, index) || Next(scope, scope.Handlers.Length - 1, scope.Handlers[index].Type) is not { } next)
            throw UnsupportedStatement(statement, "Throwing again out of the method", "throw a new exception, or leave the catch away");
        _state[next] = _builder.Bool(true);
    }

    /// <summary>
    /// The flag of the first handler behind one that surely takes what that one was thrown; null where there is none, or where it depends on the
    /// exception.
    /// </summary>
    private static Variable? Next(TryScope scope, int index, ITypeSymbol? thrown = null)
    {
        thrown ??= scope.Handlers[index].Type;
        for (TryScope? around = scope; around is not null; around = around.Outer, index = -1)
        {
            for (int k = index + 1; k < around.Handlers.Length; k++)
            {
                if (IsOrDerives(thrown, around.Handlers[k].Type)) return around.Handlers[k].Flag;
                if (IsOrDerives(around.Handlers[k].Type, thrown)) return null;
            }
        }

        return null;
    }

    /// <summary>Jumps to the handler that takes an exception of a type; false where none does.</summary>
    private bool Caught(ITypeSymbol exception)
    {
        for (TryScope? scope = _try; scope is not null; scope = scope.Outer)
        {
            foreach ((ITypeSymbol type, Variable flag) in scope.Handlers)
            {
                if (!IsOrDerives(exception, type)) continue;
                _state[flag] = _builder.Bool(true);
                return true;
            }
        }

        return false;
    }

    /// <summary>The handlers of all <c>try</c> around the current statement.</summary>
    private IEnumerable<(Variable Flag, Value Untaken)> Handlers()
    {
        for (TryScope? scope = _try; scope is not null; scope = scope.Outer)
            foreach ((_, Variable flag) in scope.Handlers) yield return (flag, scope.Untaken);
    }

    /// <summary>The flags of the handlers, as they are now.</summary>
    private Value?[] Handed() => [.. Handlers().Select(h => _state[h.Flag])];

    /// <summary>What decides where control goes must not be thrown out of: there is no statement to leave undone.</summary>
    private void RefuseThrow(Value?[] before, IOperation at)
    {
        if (!Handed().SequenceEqual(before)) throw UnsupportedStatement(at, "A condition that throws to a catch", "compute it into a local first");
    }

    /// <summary>Whether something was thrown to a handler; null where nothing can have been.</summary>
    private Value? Thrown()
    {
        Value? thrown = null;
        foreach ((Variable flag, Value untaken) in Handlers())
            if (_state[flag] is { } taken && taken != untaken) thrown = thrown is null ? taken : _builder.Scalar(ScalarOp.Or, thrown, taken);
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
            var own = new HashSet<Variable>(Handlers().Select(static h => h.Flag));
            foreach (Variable variable in before.Variables.Union(_state.Variables).Where(v => !own.Contains(v)).ToList()) _state[variable] = before[variable];
            return null;
        }, static () => null);
    }

    private static bool HasWrites(Instruction instruction)
        => instruction is Store or FillBuffer or CopyBuffer || instruction.Regions.Any(static r => r.Body.Any(HasWrites));

    /// <summary>
    /// Whether memory is only touched as elements of arrays and spans, which throw nothing but <see cref="IndexOutOfRangeException"/>. Lists, ranges and what the framework does
    /// with memory throw exceptions about their arguments.
    /// </summary>
    private static bool HasOnlyElements(IOperation body) => body.Descendants().All(static o => o switch
    {
        IInvocationOperation { TargetMethod: { IsStatic: true, Name: not ("Clamp" or "Round" or "Sign") } called }
            => ScalarFunctions.IsLibrary(called.ContainingType) && TypeMap.Element(called.ReturnType)?.IsFloating() == true,
        IInvocationOperation => false,
        IPropertyReferenceOperation { Instance: { } instance } => TypeMap.Buffer(instance.Type) is not null,
        IObjectCreationOperation creation => creation.Parent is IThrowOperation or IConversionOperation { Parent: IThrowOperation },
        IBinaryOperation { OperatorMethod: not null } or IUnaryOperation { OperatorMethod: not null } or IConversionOperation { OperatorMethod: not null } => false,
        IRangeOperation or IForEachLoopOperation or ICollectionExpressionOperation => false,
        _ => true,
    });

    /// <summary>What may throw an exception that a handler takes though no throw is seen; null where nothing does.</summary>
    private string? Unseen(Instruction instruction, ITypeSymbol handler, bool isPlain)
    {
        string? own = instruction switch
        {
            Call call => $"the call of '{call.Callee.Method}', whose exceptions are not known,",
            Load or Store or SliceBuffer when isPlain => Takes("System.IndexOutOfRangeException") ? "an element, which may be out of range," : null,
            AllocateBuffer when isPlain => Takes("System.OverflowException") ? "an array, whose length may be negative," : null,
            Load or Store or SliceBuffer or CopyBuffer or AllocateBuffer
                when Takes("System.IndexOutOfRangeException") || Takes("System.ArgumentOutOfRangeException") || Takes("System.ArgumentException")
                    || Takes("System.OverflowException") => "an element, which may be out of range,",
            Apply { Operation: Elementwise { Op: ScalarOp.Divide or ScalarOp.Remainder }, Result.Type: ScalarType { Kind: var kind } }
                when kind.IsInteger() && Takes("System.DivideByZeroException") => "a division of integers",
            _ => null,
        };
        return own ?? instruction.Regions.SelectMany(static r => r.Body).Select(i => Unseen(i, handler, isPlain)).FirstOrDefault(static what => what is not null);

        bool Takes(string exception) => compilation.GetTypeByMetadataName(exception) is { } type && IsOrDerives(type, handler);
    }

    private static bool IsOrDerives(ITypeSymbol type, ITypeSymbol other)
    {
        for (ITypeSymbol? t = type; t is not null; t = t.BaseType)
            if (SymbolEqualityComparer.Default.Equals(t, other)) return true;
        return false;
    }
}
