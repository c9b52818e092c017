using System.Collections.Concurrent;
using AutoDiff.Compiler.Analysis.Shapes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Analyzers.Shapes;

/// <summary>The bound tree of a method and its control flow graph.</summary>
internal sealed record MethodBody(IOperation Operation, ControlFlowGraph Graph);

/// <summary>
/// What is found out about the symbols of one compilation, once. Lives as long as that compilation: nothing is kept from edit to edit.
/// </summary>
internal sealed class AnalysisScope
{
    /// <summary>How many types may be looked at under the assumptions of one another.</summary>
    private const int MaximumAssumptions = 3;

    private readonly ConcurrentDictionary<string, ShapeText?> _texts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<SyntaxTree, SemanticModel> _models = new();
    private readonly ConcurrentDictionary<ISymbol, MethodBody?> _bodies = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, IReadOnlyDictionary<ISymbol, ShapeValue>> _kept = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, ShapeValue> _assumed = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<SyntaxNode, IReadOnlyList<ISymbol>> _around = new();
    private readonly ConcurrentDictionary<ISymbol, bool> _leaks = new(SymbolEqualityComparer.Default);
    private readonly int _assumptions;

    public AnalysisScope(Compilation compilation) => Compilation = compilation;

    private AnalysisScope(AnalysisScope outer, Dictionary<ISymbol, ShapeValue> assumed)
    {
        (Compilation, Signatures) = (outer.Compilation, outer.Signatures);
        (_texts, _models, _bodies, _around, _leaks, _assumptions) = (outer._texts, outer._models, outer._bodies, outer._around, outer._leaks, outer._assumptions + 1);
        foreach (KeyValuePair<ISymbol, ShapeValue> member in outer._assumed.Concat(assumed))
            Members[member.Key] = _assumed[member.Key] = member.Value;
    }

    public Compilation Compilation { get; }

    public ConcurrentDictionary<ISymbol, ShapeValue> Members { get; } = new(SymbolEqualityComparer.Default);

    public ConcurrentDictionary<ISymbol, Signature> Signatures { get; } = new(SymbolEqualityComparer.Default);

    public ConcurrentDictionary<ISymbol, TypeNames> Names { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>A shape text, or null where there is none or it cannot be read (which has a diagnostic of its own).</summary>
    public ShapeText? Parse(string? text) => text is null ? null : _texts.GetOrAdd(text, static t => ShapeText.Parse(t, out _));

    /// <summary>The variables outside of a lambda or local function that it uses, or a function inside of it.</summary>
    public IReadOnlyList<ISymbol> VariablesAround(SyntaxNode function) => _around.GetOrAdd(function, syntax =>
    {
        var variables = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (IOperation operation in Model(syntax.SyntaxTree).GetOperation(syntax)?.Descendants() ?? [])
        {
            ISymbol? variable = operation switch
            {
                ILocalReferenceOperation local => local.Local,
                IParameterReferenceOperation parameter => parameter.Parameter,
                _ => null,
            };
            if (variable is not null && variable.DeclaringSyntaxReferences.All(d => d.SyntaxTree != syntax.SyntaxTree || !syntax.Span.Contains(d.Span))) variables.Add(variable);
        }

        return [.. variables];
    });

    /// <summary>What a method whose source is here does; null for the others.</summary>
    public MethodBody? Body(IMethodSymbol method) => _bodies.GetOrAdd(method, m => FindBody((IMethodSymbol)m));

    /// <summary>Whether the source of a type is here.</summary>
    public bool IsHere(INamedTypeSymbol type) => SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, Compilation.Assembly);

    /// <summary>Whether a method hands out its object, other than as its result.</summary>
    public bool LeaksThis(IMethodSymbol method, IOperation body) => _leaks.GetOrAdd(method, _ => body.DescendantsAndSelf().Any(static o => o is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } && IsHandedOut(o)));

    private static bool IsHandedOut(IOperation self)
    {
        IOperation? parent = self.Parent;
        for (IOperation? outer = parent; outer is not null; outer = outer.Parent)
            if (outer is IAnonymousFunctionOperation) return true;
        while (parent is IConversionOperation) parent = parent.Parent;
        return parent is not (IFieldReferenceOperation or IPropertyReferenceOperation or IReturnOperation)
            && !(parent is IInvocationOperation { Instance: { } instance } && (instance == self || instance is IConversionOperation));
    }

    /// <summary>The same with something taken for true of some members.</summary>
    public AnalysisScope Assuming(Dictionary<ISymbol, ShapeValue> members) => new(this, members);

    /// <summary>What holds of a tensor that only its own type writes.</summary>
    public ShapeValue Kept(ISymbol member)
        => _assumptions < MaximumAssumptions && member.ContainingType is { } type
            && _kept.GetOrAdd(type, t => KeptShapes.Of(this, (INamedTypeSymbol)t)).TryGetValue(member, out ShapeValue? value) ? value : ShapeValue.Unknown;

    /// <summary>Whether some file changes, in an object from outside, a collection of that name.</summary>
    public bool IsChangedFromOutside(string name) => Compilation.SyntaxTrees.Any(tree => WrittenNames.In(tree).OfOthers.Contains(name));

    private MethodBody? FindBody(IMethodSymbol method)
    {
        if (method.DeclaringSyntaxReferences is not [var reference] || !Compilation.ContainsSyntaxTree(reference.SyntaxTree)) return null;
        SyntaxNode syntax = reference.GetSyntax();
        return Model(syntax.SyntaxTree).GetOperation(syntax) switch
        {
            IMethodBodyOperation { Parent: null } body => new MethodBody(body, ControlFlowGraph.Create(body)),
            IConstructorBodyOperation { Parent: null } body => new MethodBody(body, ControlFlowGraph.Create(body)),
            IBlockOperation { Parent: null } body => new MethodBody(body, ControlFlowGraph.Create(body)),
            _ => null,
        };
    }

    /// <summary>The meaning of a file: the initialiser of a member may be in another one than the method that is looked at.</summary>
    public SemanticModel Model(SyntaxTree tree)
#pragma warning disable RS1030 // It is not asked for per node: once per file that holds a member which a method uses.
        => _models.GetOrAdd(tree, t => Compilation.GetSemanticModel(t));
#pragma warning restore RS1030
}
