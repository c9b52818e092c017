using AutoDiff.Compiler;
using AutoDiff.Compiler.Analysis.Shapes;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Analyzers.Shapes;

// Functions whose body is here: what comes out for what goes in, and what goes wrong inside only for that.
internal sealed partial class ShapeEvaluator
{
    /// <summary>A call of a method or local function whose source is here.</summary>
    private ShapeValue? Followed(IInvocationOperation call, ShapeValue receiver, ShapeValue[] values)
    {
        IMethodSymbol target = Dispatched(call.TargetMethod, receiver).OriginalDefinition;
        EquatableArray<ShapeValue> arguments = ByParameter(call, target, values);
        CalleeOutcome? outcome;
        if (target.MethodKind == MethodKind.LocalFunction)
        {
            outcome = LocalGraph(Graph, target) is { } graph ? _callees.Run(this, target, graph, arguments) : null;
        }
        else
        {
            bool isKnown = target.IsStatic || IsExtension(target) || receiver is ModelValue { Type: var type } model && (model.IsExact && Declares(type, target) || !IsDispatched(target));
            outcome = isKnown ? _callees.Run(target, target.IsStatic ? null : Receiving(call, receiver), arguments) : null;
        }

        if (outcome is null) Expose(call);
        ShapeValue result = After(call, receiver, outcome, outcome is null ? ShapeValue.Unknown : Taken(call, target, outcome));
        return outcome is null ? null : result;
    }

    /// <summary>An operator that the project declares.</summary>
    private ShapeValue Overloaded(IOperation at, IMethodSymbol method, ShapeValue[] values)
    {
        if (_callees.Run(method.OriginalDefinition, null, values.ToEquatable()) is not { } outcome) return ShapeValue.Unknown;
        ReportInside(at, method.Name, outcome);
        return outcome.Result;
    }

    /// <summary>A call of a lambda, or of a method by way of a delegate.</summary>
    private ShapeValue Applied(IInvocationOperation call, FunctionValue function, ShapeValue[] values)
        => Run(function, values.ToEquatable()) is { } outcome ? Taken(call, function.Method, outcome) : ShapeValue.Unknown;

    private CalleeOutcome? Run(FunctionValue function, EquatableArray<ShapeValue> arguments) => function switch
    {
        { Body: IFlowAnonymousFunctionOperation lambda, Graph: { } graph }
            => _callees.Run(this, function.Method, graph.GetAnonymousFunctionControlFlowGraph(lambda), arguments, function.Captured),
        { Body: null, Method.MethodKind: MethodKind.Ordinary } => RunMethod(function, arguments),
        { Body: null, Method: { MethodKind: MethodKind.LocalFunction } local }
            when LocalGraph(function.Graph ?? Graph, local.OriginalDefinition) is { } graph
            => _callees.Run(this, local.OriginalDefinition, graph, arguments, function.Captured),
        { Body: IAnonymousFunctionOperation { Body.Operations: [IReturnOperation { ReturnedValue: { } result }] } lambda } => Run(lambda.Symbol, arguments, result),
        _ => null,
    };

    /// <summary>A lambda that is not part of a graph, as that of an initialiser.</summary>
    private CalleeOutcome Run(IMethodSymbol lambda, EquatableArray<ShapeValue> arguments, IOperation result)
    {
        ShapeValue value = ShapeValue.Unknown;
        List<Finding> problems = _findings?.Apart(() => value = With(lambda, arguments, result)) ?? [];
        if (_findings is null) value = With(lambda, arguments, result);
        if (problems.Count == 0) return new CalleeOutcome(value, [], null);
        var anyway = new HashSet<Location>(_findings!.Apart(() => With(lambda, arguments.Select(static _ => ShapeValue.Unknown).ToEquatable(), result)).Select(static p => p.At));
        return new CalleeOutcome(value, [], problems.FirstOrDefault(p => !anyway.Contains(p.At)));
    }

    /// <summary>
    /// What a lambda or local function takes with it of the variables around it: of those that are written once, what they hold; of others, nothing where each round of a loop has its own.
    /// </summary>
    private EquatableArray<CapturedVariable> Captured(SyntaxNode function)
    {
        var captured = new List<CapturedVariable>();
        foreach (ISymbol variable in _scope.VariablesAround(function))
        {
            if (!_names.Reassigned.Contains(variable)) captured.Add(new(variable, State[variable]));
            else if (!_names.Kept.ContainsKey(variable) && IsOfALoop(variable)) captured.Add(new(variable, ShapeValue.Unknown));
        }

        return captured.ToEquatable();
    }

    private static bool IsOfALoop(ISymbol variable)
        => variable is ILocalSymbol && (variable.DeclaringSyntaxReferences is not [var declaration] || declaration.GetSyntax().AncestorsAndSelf()
            .TakeWhile(static n => n is not (MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            .Any(static n => n is ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax));

    /// <summary>The graph of a local function that can be seen from here; null for one of another method.</summary>
    private static ControlFlowGraph? LocalGraph(ControlFlowGraph? from, IMethodSymbol function)
    {
        for (ControlFlowGraph? graph = from; graph is not null; graph = graph.Parent)
            if (graph.LocalFunctions.Contains(function)) return graph.GetLocalFunctionControlFlowGraph(function);
        return null;
    }

    /// <summary>The result of a lambda that is not part of a graph.</summary>
    private ShapeValue With(IMethodSymbol lambda, EquatableArray<ShapeValue> arguments, IOperation result)
    {
        FlowState before = State;
        State = before.Copy();
        for (int i = 0; i < lambda.Parameters.Length && i < arguments.Length; i++) State[lambda.Parameters[i]] = arguments[i];
        ShapeValue value = Evaluate(result);
        State = before;
        return value;
    }

    private ShapeValue Taken(IInvocationOperation call, IMethodSymbol target, CalleeOutcome outcome)
    {
        ReportInside(call, target.Name.Length == 0 ? SourceText.Of(call.Instance?.Syntax) : target.Name, outcome);
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Parameter is not { } parameter || parameter.Ordinal >= outcome.Written.Length) continue;
            ShapeValue after = outcome.Written[parameter.Ordinal];
            if (parameter.RefKind is RefKind.Ref or RefKind.Out) Store(argument.Value, after, null);
            else if (after is SequenceValue or MapValue && Evaluate(argument.Value) is var before and (SequenceValue or MapValue)
                && !after.Equals(before)) Mutate(argument.Value, before, after);
        }

        ShapeValue result = Chosen(call, outcome);
        return result is TensorValue tensor ? tensor with { Origin = new Origin(null, call.Syntax) } : result;
    }

    private ShapeValue Chosen(IInvocationOperation call, CalleeOutcome outcome)
    {
        if (outcome.Alternatives.IsEmpty) return outcome.Result;
        MeetsChoices = true;
        return Choices is null ? outcome.Result : outcome.Alternatives[Choices.Take(call.Syntax, outcome.Alternatives.Length)];
    }

    private void ReportInside(IOperation at, string name, CalleeOutcome outcome)
    {
        if (outcome.Problem is { } problem)
            _findings?.Add(problem.Descriptor, Place(at.Syntax), $"in '{name}', for what is given to it here: {problem.Message}",
                [problem.At], []);
    }

    private static EquatableArray<ShapeValue> ByParameter(IInvocationOperation call, IMethodSymbol target, ShapeValue[] values)
    {
        var arguments = new ShapeValue[target.Parameters.Length];
        for (int i = 0; i < arguments.Length; i++) arguments[i] = ShapeValue.Unknown;
        for (int i = 0; i < values.Length; i++)
            if (call.Arguments[i].Parameter is { RefKind: not RefKind.Out, Ordinal: var ordinal } && ordinal < arguments.Length)
                arguments[ordinal] = values[i] is ModelValue { IsTracked: true } model ? model with { IsTracked = false } : values[i];
        return new(arguments);
    }

    private SequenceValue Selected(SequenceValue source, ShapeValue function)
    {
        if (function is not FunctionValue selector) return new SequenceValue(source.Length, null, ShapeValue.Unknown);
        if (source.Items is { } items && !source.IsEmpty)
        {
            EquatableArray<ShapeValue> made = items.Select(item => Inner(selector, item)).ToEquatable();
            return new SequenceValue(source.Length, made, made.Aggregate(Joins.Of));
        }

        return new SequenceValue(source.Length, null, Inner(selector, source.Element));
    }

    /// <summary>Two sequences element by element: pairs, or what a function makes of them.</summary>
    private SequenceValue Zipped(SequenceValue left, SequenceValue right, ShapeValue? function)
    {
        ShapeValue Pair(ShapeValue a, ShapeValue b) => function switch
        {
            null => new TupleValue([a, b]),
            FunctionValue selector => Inner(selector, a, b),
            _ => ShapeValue.Unknown,
        };

        if (left.Items is not { } first || right.Items is not { } second)
            return new SequenceValue(left.Length == right.Length ? left.Length : SizeComparison.Unknown, null, Pair(left.Element, right.Element));
        EquatableArray<ShapeValue> made = first.Zip(second, Pair).ToEquatable();
        return new SequenceValue(Dim.Constant(made.Length), made, made.IsEmpty ? ShapeValue.Unknown : made.Aggregate(Joins.Of));
    }

    private ShapeValue Folded(SequenceValue source, ShapeValue seed, FunctionValue fold)
    {
        if (source.Items is not { } items) return ShapeValue.Unknown;
        foreach (ShapeValue item in items) seed = Inner(fold, seed, item);
        return seed;
    }

    /// <summary>A lambda that is handed to an operation on sequences: what goes wrong in it is said where it is written.</summary>
    private ShapeValue Inner(FunctionValue function, params ShapeValue[] arguments)
    {
        if (Run(function, arguments.ToEquatable()) is not { } outcome) return ShapeValue.Unknown;
        if (outcome.Problem is { } problem) _findings?.Add(problem.Descriptor, problem.At, problem.Message, [], []);
        return outcome.Result;
    }
}
