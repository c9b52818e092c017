using AutoDiff.Compiler;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace AutoDiff.Analyzers.Shapes;

/// <summary>What a function makes of the values that one call gives it.</summary>
/// <param name="Written">What its parameters hold at the end.</param>
/// <param name="Problem">What goes wrong inside for these values, and not for every value.</param>
internal sealed record CalleeOutcome(ShapeValue Result, EquatableArray<ShapeValue> Written, Finding? Problem);

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
        return _known[key] = Interpret(method, body.Graph, inner, receiver, new FlowState(), arguments, () => OwnProblems(method, body));
    }

    /// <summary>A local function or lambda, called while the variables around it hold what they hold.</summary>
    public CalleeOutcome? Run(ShapeEvaluator caller, IMethodSymbol function, ControlFlowGraph graph, EquatableArray<ShapeValue> arguments)
    {
        if (!IsFollowed(function) || graph.Blocks.Length > MaximumBlocks || _depth >= MaximumDepth || _runs >= MaximumRuns) return null;
        HashSet<Location> Own()
        {
            var lasting = new FlowState();
            caller.State.CopyTo(lasting, variable => !names.Reassigned.Contains(variable));
            return Places(Problems(function, graph, caller.Names, caller.Receiver, lasting,
                function.Parameters.Select(static _ => ShapeValue.Unknown).ToEquatable(), out _, out _));
        }

        return Interpret(function, graph, caller.Names, caller.Receiver, caller.State.Copy(), arguments, Own);
    }

    private static bool IsFollowed(IMethodSymbol method)
        => method is { IsExtern: false, IsVararg: false } && !IsIterator(method) && !method.ReturnsByRef && !method.ReturnsByRefReadonly;

    private static bool IsIterator(IMethodSymbol method)
        => method.ReturnType.Name is "IEnumerable" or "IEnumerator" or "IAsyncEnumerable" or "IAsyncEnumerator";

    private CalleeOutcome Interpret(
        IMethodSymbol method, ControlFlowGraph graph, MethodNames own, ShapeValue? receiver, FlowState entry,
        EquatableArray<ShapeValue> arguments, Func<HashSet<Location>> isAnyway)
    {
        List<Finding> problems = Problems(method, graph, own, receiver, entry, arguments, out ShapeValue result, out ShapeValue[] written);
        Finding? problem = null;
        if (problems.Count > 0)
        {
            HashSet<Location> anyway = isAnyway();
            problem = problems.FirstOrDefault(p => !anyway.Contains(p.At));
        }

        var known = new HashSet<string>(arguments.SelectMany(Substitution.Names), StringComparer.Ordinal);
        return new CalleeOutcome(
            Substitution.Lasting(result, known), written.Select(w => Substitution.Lasting(w, known)).ToEquatable(), problem);
    }

    private List<Finding> Problems(
        IMethodSymbol method, ControlFlowGraph graph, MethodNames own, ShapeValue? receiver, FlowState entry,
        EquatableArray<ShapeValue> arguments, out ShapeValue result, out ShapeValue[] written)
    {
        var problems = new List<Finding>();
        var findings = new Findings(problems);
        var evaluator = new ShapeEvaluator(scope, method.ContainingType, own, findings, this)
        {
            Graph = graph,
            Receiver = receiver,
        };
        for (int i = 0; i < method.Parameters.Length && i < arguments.Length; i++) entry[method.Parameters[i]] = arguments[i];
        ShapeValue? returned = null;
        ShapeValue[]? after = null;
        _depth++;
        _runs++;
        try
        {
            new FlowAnalysis(graph, evaluator, cancellation, isCall: true).Run(entry, isFinal => findings.IsOpen = isFinal, block =>
            {
                if (block.FallThroughSuccessor?.Semantics == ControlFlowBranchSemantics.Return && block.BranchValue is { } value)
                    returned = returned is null ? evaluator.Evaluate(value) : Joins.Of(returned, evaluator.Evaluate(value));
                if (block.FallThroughSuccessor?.Destination?.Kind != BasicBlockKind.Exit) return;
                ShapeValue[] here = method.Parameters.Select(p => evaluator.State[p]).ToArray();
                after = after is null ? here : after.Zip(here, Joins.Of).ToArray();
            });
        }
        finally
        {
            _depth--;
        }

        result = returned ?? ShapeValue.Unknown;
        written = after is null ? [] : after.Select((value, i) => own.Reassigned.Contains(method.Parameters[i])
            && method.Parameters[i].RefKind == RefKind.None ? ShapeValue.Unknown : value).ToArray();
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
