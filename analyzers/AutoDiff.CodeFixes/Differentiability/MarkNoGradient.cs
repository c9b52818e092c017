using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace AutoDiff.CodeFixes.Differentiability;

/// <summary>Marks the parameter whose derivative is lost, or never used, as one that takes no gradient.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class MarkNoGradient : DocumentFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["DIFF1101", "DIFF2201"];

    private protected override string? Title(SyntaxNode node, SemanticModel model, Diagnostic diagnostic)
        => Parameter(node, model) is { Identifier.ValueText: var name } ? $"Mark '{name}' [NoGradient]" : null;

    private protected override void Fix(SyntaxNode node, SemanticModel model, Diagnostic diagnostic, SyntaxEditor editor,
        HashSet<SyntaxNode> edited)
    {
        if (Parameter(node, model) is not { } parameter || !edited.Add(parameter)) return;
        editor.ReplaceNode(parameter, static (current, _) =>
        {
            var declared = (ParameterSyntax)current;
            AttributeListSyntax list = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(
                SyntaxFactory.Attribute(SyntaxFactory.ParseName("NoGradient")))).WithTrailingTrivia(SyntaxFactory.Space);
            SyntaxTriviaList leading = declared.GetLeadingTrivia();
            return declared.WithLeadingTrivia().WithAttributeLists(declared.WithLeadingTrivia().AttributeLists.Insert(0,
                list)).WithLeadingTrivia(leading);
        });
    }

    /// <summary>The parameter itself, or the one that is converted.</summary>
    private static ParameterSyntax? Parameter(SyntaxNode node, SemanticModel model)
    {
        if (node is ParameterSyntax declared) return declared;
        SyntaxNode operand = node is CastExpressionSyntax cast ? cast.Expression : node;
        while (operand is ParenthesizedExpressionSyntax parenthesized) operand = parenthesized.Expression;
        return model.GetSymbolInfo(operand).Symbol is IParameterSymbol { DeclaringSyntaxReferences: [var reference] }
            && reference.GetSyntax() is ParameterSyntax parameter && parameter.SyntaxTree == node.SyntaxTree ? parameter : null;
    }
}
