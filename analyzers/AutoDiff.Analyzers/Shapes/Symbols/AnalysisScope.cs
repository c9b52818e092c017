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
internal sealed class AnalysisScope(Compilation compilation)
{
    private readonly ConcurrentDictionary<string, ShapeText?> _texts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<SyntaxTree, SemanticModel> _models = new();
    private readonly ConcurrentDictionary<ISymbol, MethodBody?> _bodies = new(SymbolEqualityComparer.Default);

    public Compilation Compilation { get; } = compilation;

    public ConcurrentDictionary<ISymbol, ShapeValue> Members { get; } = new(SymbolEqualityComparer.Default);

    public ConcurrentDictionary<ISymbol, Signature> Signatures { get; } = new(SymbolEqualityComparer.Default);

    public ConcurrentDictionary<ISymbol, TypeNames> Names { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>A shape text, or null where there is none or it cannot be read (which has a diagnostic of its own).</summary>
    public ShapeText? Parse(string? text) => text is null ? null : _texts.GetOrAdd(text, static t => ShapeText.Parse(t, out _));

    /// <summary>What a method whose source is here does; null for the others.</summary>
    public MethodBody? Body(IMethodSymbol method) => _bodies.GetOrAdd(method, m => FindBody((IMethodSymbol)m));

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
            _ => null,
        };
    }

    /// <summary>The meaning of a file: the initialiser of a member may be in another one than the method that is looked at.</summary>
    public SemanticModel Model(SyntaxTree tree)
#pragma warning disable RS1030 // It is not asked for per node: once per file that holds a member which a method uses.
        => _models.GetOrAdd(tree, t => Compilation.GetSemanticModel(t));
#pragma warning restore RS1030
}
