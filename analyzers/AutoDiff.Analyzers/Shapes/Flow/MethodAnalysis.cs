using System.Collections.Immutable;
using AutoDiff.Analyzers.Declarations;
using AutoDiff.Compiler.Analysis.Shapes;
using AutoDiff.Compiler.IR;
using AutoDiff.Generators.FrontEnd;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Analyzers.Shapes;

/// <summary>The shapes of one method (or initialiser) and of the functions inside of it.</summary>
internal sealed class MethodAnalysis
{
    private readonly AnalysisScope _scope;
    private readonly ISymbol _owner;
    private readonly Findings _findings;
    private readonly CancellationToken _cancellation;
    private readonly int _depth;
    private readonly MethodNames _names;
    private readonly Callees _callees;
    private readonly Action<ISymbol, ShapeValue>? _sharedWritten;
    private string? _returned;

    /// <param name="depth">How many calls deep the method is looked at.</param>
    public MethodAnalysis(AnalysisScope scope, ISymbol owner, Findings findings, CancellationToken cancellation, int depth = 0)
    {
        _scope = scope;
        _owner = owner;
        _findings = findings;
        _cancellation = cancellation;
        _depth = depth;
        _names = new() { IsDifferentiable = owner.IsDifferentiable() };
        _callees = new Callees(scope, _names, cancellation, depth);
    }

    /// <summary>The same method once more, with nothing reported.</summary>
    private MethodAnalysis(MethodAnalysis reported, Action<ISymbol, ShapeValue> sharedWritten)
        : this(reported._scope, reported._owner, new Findings([]), reported._cancellation, reported._depth)
        => (_names, _callees, _sharedWritten) = (reported._names, new Callees(_scope, reported._names, _cancellation, _depth), sharedWritten);

    /// <summary>Told what is put into a member, and where.</summary>
    public Action<ISymbol, IOperation, ShapeValue>? MemberWritten { get; init; }

    public void Run(IOperation block, ControlFlowGraph graph)
    {
        WrittenVariables.Find(block, _owner, _names);
        if (_owner.ContainingType is { } type && !_owner.IsStatic)
        {
            _names.Declare(TypeNames.Of(_scope, type).Rigid);
            _names.DeclareOpen(TypeNames.Of(_scope, type).Open);
        }

        KeptVariables.Find(_names, written => new MethodAnalysis(this, written).Analyze(graph, _owner as IMethodSymbol, new FlowState()));
        Analyze(graph, _owner as IMethodSymbol, new FlowState());
        if (_names.IsDifferentiable && _owner is IMethodSymbol method) ReportMissing(method);
    }

    /// <summary>Tensors of a differentiable method without a shape text, with the text that was inferred.</summary>
    private void ReportMissing(IMethodSymbol method)
    {
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            if (TypeMap.Tensor(parameter.Type) is not null && parameter.ShapeText() is null)
                ReportMissing(method, parameter, _names.Wanted.TryGetValue(parameter, out string? wanted) ? wanted
                    : ShapeText.Rest, parameter.Name);
        }

        if (TypeMap.Tensor(method.ReturnType) is not null && method.ReturnShapeText() is null && _returned is { } text)
            ReportMissing(method, method, text, "The result");
    }

    private void ReportMissing(IMethodSymbol method, ISymbol at, string text, string name)
    {
        if (at.Locations is not [{ IsInSource: true } location, ..]) return;
        _findings.Report(Diagnostic.Create(
            DeclarationDescriptors.MissingShape, location, ImmutableDictionary<string, string?>.Empty.Add("text", text), name,
                method.Name));
    }

    private void Analyze(ControlFlowGraph graph, IMethodSymbol? method, FlowState outer)
    {
        var evaluator = new ShapeEvaluator(_scope, _owner.ContainingType, _names, _findings, _callees)
        {
            Graph = graph,
            MemberWritten = MemberWritten,
            SharedWritten = _sharedWritten,
        };
        FlowState entry = outer;
        ShapeText? declared = null;
        if (method is not null)
        {
            Signature signature = Signature.Of(_scope, method);
            declared = signature.Result
                ?? (method is { MethodKind: MethodKind.PropertyGet, AssociatedSymbol: { } property } ? _scope.Parse(property.ShapeText())
                    : null);
            foreach (IParameterSymbol parameter in method.Parameters) entry[parameter] = Incoming(parameter, signature);
        }

        var captured = new FlowState();
        var analysis = new FlowAnalysis(graph, evaluator, _findings, _cancellation);
        analysis.Run(entry, block =>
        {
            if (declared is not null && method is not null && block.FallThroughSuccessor?.Semantics == ControlFlowBranchSemantics.Return
                && block.BranchValue is { } returned)
                evaluator.CheckReturned(returned, declared, method.AssociatedSymbol?.Name ?? method.Name, name => Own(method, name));
            if (method is not null && SymbolEqualityComparer.Default.Equals(method, _owner) && block.BranchValue is { } result
                && block.FallThroughSuccessor?.Semantics == ControlFlowBranchSemantics.Return) _returned = evaluator.TextOf(result);
            if (analysis.IsFinal) evaluator.State.CopyTo(captured, variable => !_names.Reassigned.Contains(variable));
        });
        foreach (IMethodSymbol local in graph.LocalFunctions)
            Analyze(graph.GetLocalFunctionControlFlowGraph(local, _cancellation), local, captured.Copy());
        foreach (IFlowAnonymousFunctionOperation lambda in Lambdas(graph).Where(f => _sharedWritten is not null || !IsExpectedToThrow(f.Syntax)))
            Analyze(graph.GetAnonymousFunctionControlFlowGraph(lambda, _cancellation), lambda.Symbol, captured.Copy());
    }

    private static IEnumerable<IFlowAnonymousFunctionOperation> Lambdas(ControlFlowGraph graph)
        => graph.Blocks.SelectMany(static b => b.BranchValue is { } value ? b.Operations.Add(value) : b.Operations)
            .SelectMany(static o => o.DescendantsAndSelf()).OfType<IFlowAnonymousFunctionOperation>();

    /// <summary>What a test hands to <c>Assert.Throws</c> is wrong on purpose.</summary>
    private static bool IsExpectedToThrow(SyntaxNode lambda)
        => lambda.Parent?.Parent?.Parent is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } }
            && name.StartsWith("Throws", StringComparison.Ordinal);

    private ShapeValue Incoming(IParameterSymbol parameter, Signature signature)
    {
        if (parameter.ContainingSymbol is IMethodSymbol method && signature.Text(parameter) is { } text)
        {
            Shape shape = text.ToShape(parameter.Name, name => OfType(method, name));
            _names.Declare(text.Items.Where(static i => i.Size is not null)
                .SelectMany(i => i.Size!.Substitute(name => OfType(method, name)).Symbols));
            _names.DeclareFree(text.Names.Where(name => OfType(method, name) is null && !method.Parameters.Any(p => p.Name == name)));
            return MemberValues.Shaped(parameter.Type, shape, new Origin(parameter, null));
        }

        if (parameter.Type.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_IntPtr)
            return parameter.RefKind == RefKind.Out ? ShapeValue.Unknown : new NumberValue(Dim.Symbol(parameter.Name));
        return parameter.Type is INamedTypeSymbol { TypeKind: TypeKind.Class } type && type.IsDifferentiable()
            ? new ModelValue(type.OriginalDefinition, []) : ShapeValue.Unknown;
    }

    /// <summary>A name that the type binds, for this object; constants only where there is none.</summary>
    private Dim? OfType(IMethodSymbol method, string name)
        => method.ContainingType is { } type && Signature.Of(_scope, method).Owner is { } owner && TypeNames.Of(_scope, owner).Resolve(name) is { } size
            && (!method.IsStatic || size.Literal is not null)
            ? Inheritance.In(_scope, type, owner, size) : null;

    /// <summary>A name that means something before the result is there.</summary>
    private Dim? Own(IMethodSymbol method, string name)
    {
        if (OfType(method, name) is { } size) return size;
        Signature signature = Signature.Of(_scope, method);
        return method.Parameters.Any(p => p.Name == name || signature.Text(p)?.Names.Contains(name) == true) ? Dim.Symbol(name) : null;
    }
}
