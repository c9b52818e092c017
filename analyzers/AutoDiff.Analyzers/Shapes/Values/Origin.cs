using Microsoft.CodeAnalysis;

namespace AutoDiff.Analyzers.Shapes;

/// <summary>What gave a tensor its shape: a declaration with a shape text, or an expression.</summary>
internal sealed class Origin(ISymbol? declaration, SyntaxNode? expression)
{
    public SyntaxNode? Expression => expression;

    public Location? Location => expression?.GetLocation() ?? declaration?.Locations.FirstOrDefault(static l => l.IsInSource);

    public override string ToString() => declaration switch
    {
        IParameterSymbol { Name: var name } => $"the [Shape] of parameter '{name}'",
        not null when declaration.ContainingType is { Name: var type } => $"the declaration of '{type}.{declaration.Name}'",
        _ => $"'{SourceText.Of(expression)}'",
    };
}
