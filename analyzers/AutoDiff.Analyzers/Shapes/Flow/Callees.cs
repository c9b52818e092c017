using AutoDiff.Compiler;
using AutoDiff.Compiler.Analysis.Shapes;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace AutoDiff.Analyzers.Shapes;

/// <summary>What a function makes of the values that one call gives it.</summary>
/// <param name="Written">What its parameters hold at the end.</param>
/// <param name="Problem">What goes wrong inside for these values, and not for every value.</param>
internal sealed record CalleeOutcome(ShapeValue Result, EquatableArray<ShapeValue> Written, Finding? Problem)
{
    /// <summary>What the members of the object hold at the end.</summary>
    public EquatableArray<ModelArgument> Members { get; init; } = EquatableArray<ModelArgument>.Empty;

    /// <summary>Whether something else may have got hold of the object.</summary>
    public bool Leaks { get; init; }

    /// <summary>The results that it has on different ways through it, where they are few and all known; else none.</summary>
    public EquatableArray<ShapeValue> Alternatives { get; init; } = EquatableArray<ShapeValue>.Empty;
}

/// <summary>What a function leaves behind, over all its ends.</summary>
internal sealed class CalleeEnds
{
    private const int MaximumAlternatives = 4;

    private readonly List<ShapeValue> _alternatives = [];

    public ShapeValue? Result { get; set; }

    public ShapeValue[]? Written { get; set; }

    public FlowState? State { get; set; }

    public bool Leaks { get; set; }

    public IReadOnlyList<ShapeValue> Alternatives
        => _alternatives.Count is > 1 and <= MaximumAlternatives && !_alternatives.Any(static v => v is UnknownValue) ? _alternatives : [];

    public void Return(ShapeValue value)
    {
        Result = Result is null ? value : Joins.Of(Result, value);
        if (_alternatives.Count <= MaximumAlternatives && !_alternatives.Contains(value)) _alternatives.Add(value);
    }

    /// <summary>One more element of what an iterator hands out, in no order.</summary>
    public void Yield(ShapeValue value)
        => Result = new SequenceValue(SizeComparison.Unknown, null, Result is SequenceValue { Element: var before } ? Joins.Of(before, value) : value);

    public void Exit(ShapeValue[] written, FlowState state)
    {
        Written = Written is null ? written : Written.Zip(written, Joins.Of).ToArray();
        if (State is null) State = state.Copy();
        else State.Join(state);
    }
}

/// <summary>
/// Calls of functions whose source is here, for one method: the body is interpreted with the values of the call (a context-sensitive
/// analysis in the sense of Sharir and Pnueli 1981, by call values), so that helpers need no shape texts. Bounded in depth and number.
/// </summary>
internal sealed class Callees(AnalysisScope scope, MethodNames names, CancellationToken cancellation, int depth = 0)
{
    private const int MaximumDepth = 5, MaximumRuns = 200, MaximumBlocks = 150;

    private readonly Dictionary<(IMethodSymbol, ShapeValue?, EquatableArray<ShapeValue>), CalleeOutcome?> _known = [];
    private readonly Dictionary<ISymbol, HashSet<Location>> _ownProblems = new(SymbolEqualityComparer.Default);
    private int _depth = depth, _runs;

    /// <summary>A method, on an object or on none.</summary>
    public CalleeOutcome? Run(IMethodSymbol method, ShapeValue? receiver, EquatableArray<ShapeValue> arguments)
    {
        if (!IsFollowed(method) || scope.Body(method) is not { } body || body.Graph.Blocks.Length > MaximumBlocks) return null;
        var key = (method, receiver, arguments);
        if (_known.TryGetValue(key, out CalleeOutcome? known)) return known;
        if (_depth >= MaximumDepth || _runs >= MaximumRuns) return null;
        _known[key] = null;
        MethodNames inner = names.ForCallee();
        WrittenVariables.Find(body.Operation, method, inner);
        FlowState entry = method.MethodKind == MethodKind.Constructor && receiver is ModelValue made ? MemberValues.Initial(scope, made) : new();
        bool leaks = !method.IsStatic && scope.LeaksThis(method, body.Operation), isAlone = !leaks && (method.MethodKind == MethodKind.Constructor || receiver is ModelValue { IsTracked: true });
        if (receiver is ModelValue { IsTracked: true } tracked)
        {
            if (method.MethodKind != MethodKind.Constructor) entry.Remember(tracked.Type, tracked.Members);
            receiver = tracked with { IsTracked = false };
        }

        CalleeOutcome outcome = Interpret(method, body.Graph, inner, receiver, entry, arguments, () => OwnProblems(method, body), isAlone);
        return _known[key] = outcome with { Leaks = outcome.Leaks || leaks };
    }

    /// <summary>A local function or lambda, called while the variables around it hold what they hold.</summary>
    /// <param name="captured">What variables around it hold for it, whatever they hold for others.</param>
    public CalleeOutcome? Run(
        ShapeEvaluator caller, IMethodSymbol function, ControlFlowGraph graph, EquatableArray<ShapeValue> arguments, EquatableArray<CapturedVariable> captured = default)
    {
        if (!IsFollowed(function) || graph.Blocks.Length > MaximumBlocks || _depth >= MaximumDepth || _runs >= MaximumRuns) return null;
        HashSet<Location> Own()
        {
            var lasting = new FlowState();
            caller.State.CopyTo(lasting, variable => !names.Reassigned.Contains(variable));
            return Places(Problems(function, graph, caller.Names, caller.Receiver, lasting,
                function.Parameters.Select(static _ => ShapeValue.Unknown).ToEquatable(), out _));
        }

        FlowState entry = caller.State.Copy();
        foreach (CapturedVariable variable in captured) entry[variable.Variable] = variable.Value;
        return Interpret(function, graph, caller.Names, caller.Receiver, entry, arguments, Own);
    }

    private static bool IsFollowed(IMethodSymbol method)
        => method is { IsExtern: false, IsVararg: false } && method.ReturnType.Name is not ("IEnumerator" or "IAsyncEnumerable" or "IAsyncEnumerator")
            && !method.ReturnsByRef && !method.ReturnsByRefReadonly;

    private CalleeOutcome Interpret(
        IMethodSymbol method, ControlFlowGraph graph, MethodNames own, ShapeValue? receiver, FlowState entry,
        EquatableArray<ShapeValue> arguments, Func<HashSet<Location>> isAnyway, bool isAlone = false)
    {
        List<Finding> problems = Problems(method, graph, own, receiver, entry, arguments, out CalleeEnds ends, isAlone);
        Finding? problem = null;
        if (problems.Count > 0)
        {
            HashSet<Location> anyway = isAnyway();
            problem = problems.FirstOrDefault(p => !anyway.Contains(p.At));
        }

        var known = new HashSet<string>(arguments.SelectMany(Substitution.Names), StringComparer.Ordinal);
        ShapeValue[] written = [.. (ends.Written ?? []).Select((value, i) => own.Reassigned.Contains(method.Parameters[i])
            && method.Parameters[i].RefKind == RefKind.None ? ShapeValue.Unknown : value)];
        var outcome = new CalleeOutcome(
            Substitution.Lasting(ends.Result ?? ShapeValue.Unknown, known), written.Select(w => Substitution.Lasting(w, known)).ToEquatable(), problem)
        {
            Alternatives = ends.Alternatives.Select(a => Substitution.Lasting(a, known)).ToEquatable(),
            Leaks = ends.Leaks,
        };
        return method.MethodKind != MethodKind.Constructor && !isAlone || ends.State is null ? outcome : outcome with
        {
            Members = ends.State.Members.OrderBy(static m => m.Name, StringComparer.Ordinal)
                .Select(m => new ModelArgument(m.Name, Substitution.Lasting(m.Value, known))).ToEquatable(),
        };
    }

    private List<Finding> Problems(
        IMethodSymbol method, ControlFlowGraph graph, MethodNames own, ShapeValue? receiver, FlowState entry,
        EquatableArray<ShapeValue> arguments, out CalleeEnds ends, bool isAlone = false)
    {
        var problems = new List<Finding>();
        var findings = new Findings(problems);
        CalleeEnds rounds = new(), ways = new(), all = new();
        Func<CalleeEnds> here = () => all;
        var evaluator = new ShapeEvaluator(scope, method.ContainingType, own, findings, this)
        {
            Graph = graph,
            Receiver = receiver,
            IsAlone = isAlone,
            Yielded = value => here().Yield(value),
        };
        for (int i = 0; i < method.Parameters.Length && i < arguments.Length; i++) entry[method.Parameters[i]] = arguments[i];
        var analysis = new FlowAnalysis(graph, evaluator, findings, cancellation, isCall: true);
        here = () => analysis.IsRound ? rounds : analysis.IsFinal ? all : ways;
        _depth++;
        _runs++;
        try
        {
            analysis.Run(entry, block =>
            {
                if (block.FallThroughSuccessor?.Semantics == ControlFlowBranchSemantics.Return && block.BranchValue is { } value) here().Return(evaluator.Evaluate(value));
                if (block.Kind == BasicBlockKind.Exit) here().Exit(method.Parameters.Select(p => evaluator.State[p]).ToArray(), evaluator.State);
            });
        }
        finally
        {
            _depth--;
        }

        // What holds after any number of rounds says less than the rounds themselves, where it is known how many there are.
        ends = analysis.RoundsAreAll && rounds.Written is not null ? rounds : analysis.WaysAreAll && ways.Written is not null ? ways : all;
        ends.Leaks = evaluator.Leaks;
        return problems;
    }

    /// <summary>What is said of a method by itself, whoever calls it.</summary>
    private HashSet<Location> OwnProblems(IMethodSymbol method, MethodBody body)
    {
        if (_ownProblems.TryGetValue(method, out HashSet<Location>? known)) return known;
        _ownProblems[method] = [];
        if (_depth >= MaximumDepth) return [];
        var problems = new List<Finding>();
        new MethodAnalysis(scope, method, new Findings(problems), cancellation, _depth + 1).Run(body.Operation, body.Graph);
        return _ownProblems[method] = Places(problems);
    }

    private static HashSet<Location> Places(List<Finding> problems) => [.. problems.Select(static p => p.At)];
}
