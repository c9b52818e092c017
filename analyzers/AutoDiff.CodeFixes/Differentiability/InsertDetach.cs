using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;

namespace AutoDiff.CodeFixes.Differentiability;

/// <summary>Says that a derivative is meant to be lost: <c>(int)x</c> as <c>(int)Ad.Detach(x)</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class InsertDetach : DocumentFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["DIFF1101"];

    private protected override string? Title(SyntaxNode node, SemanticModel model, Diagnostic diagnostic)
        => Operand(node) is null ? null : "Insert Ad.Detach";

    private protected override void Fix(SyntaxNode node, SemanticModel model, Diagnostic diagnostic, SyntaxEditor editor,
        HashSet<SyntaxNode> edited)
    {
        if (Operand(node) is not { } operand || !edited.Add(operand)) return;
        editor.ReplaceNode(operand, static (current, _) => SyntaxFactory.InvocationExpression(
                SyntaxFactory.ParseExpression("global::AutoDiff.Ad.Detach").WithAdditionalAnnotations(Simplifier.Annotation),
                SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(Bare((ExpressionSyntax)current)))))
            .WithTriviaFrom(current));
    }

    /// <summary>What is converted, or the first argument of a call that has no derivative.</summary>
    private static ExpressionSyntax? Operand(SyntaxNode node)
        => node.AncestorsAndSelf().OfType<ExpressionSyntax>().FirstOrDefault() switch
        {
            CastExpressionSyntax cast => cast.Expression,
            InvocationExpressionSyntax { ArgumentList.Arguments: [{ Expression: var argument }, ..] } => argument,
            IdentifierNameSyntax or MemberAccessExpressionSyntax or ElementAccessExpressionSyntax => (ExpressionSyntax)node,
            _ => null,
        };

    private static ExpressionSyntax Bare(ExpressionSyntax operand)
        => (operand is ParenthesizedExpressionSyntax parenthesized ? parenthesized.Expression : operand).WithoutTrivia();
}
