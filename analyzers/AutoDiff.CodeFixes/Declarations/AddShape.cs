using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace AutoDiff.CodeFixes.Declarations;

/// <summary>Adds the shape text that was inferred for a parameter or a result.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AddShape : DocumentFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["DIFF2102"];

    private protected override string? Title(SyntaxNode node, SemanticModel model, Diagnostic diagnostic)
    {
        if (!diagnostic.Properties.TryGetValue("text", out string? text)) return null;
        return node is ParameterSyntax ? $"Add [Shape(\"{text}\")]" : node is MethodDeclarationSyntax ? $"Add [return: Shape(\"{text}\")]"
            : null;
    }

    private protected override void Fix(SyntaxNode node, SemanticModel model, Diagnostic diagnostic, SyntaxEditor editor,
        HashSet<SyntaxNode> edited)
    {
        if (!edited.Add(node)) return;
        AttributeSyntax attribute = SyntaxFactory.Attribute(SyntaxFactory.ParseName("Shape")).AddArgumentListArguments(
            SyntaxFactory.AttributeArgument(SyntaxFactory.LiteralExpression(
                SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(diagnostic.Properties["text"]!))));
        AttributeListSyntax list = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(attribute));
        if (node is ParameterSyntax parameter)
        {
            editor.ReplaceNode(parameter, (current, _) => With((ParameterSyntax)current, list));
        }
        else if (node is MethodDeclarationSyntax method)
        {
            SyntaxTrivia indent = method.GetLeadingTrivia().LastOrDefault(static t => t.IsKind(SyntaxKind.WhitespaceTrivia));
            list = list.WithTarget(SyntaxFactory.AttributeTargetSpecifier(SyntaxFactory.Token(SyntaxKind.ReturnKeyword)).WithTrailingTrivia(SyntaxFactory.Space));
            editor.ReplaceNode(method, (current, _) => With((MethodDeclarationSyntax)current, list, indent));
        }
    }

    private static ParameterSyntax With(ParameterSyntax parameter, AttributeListSyntax list)
    {
        SyntaxTriviaList leading = parameter.GetLeadingTrivia();
        return parameter.WithLeadingTrivia().WithAttributeLists(
            parameter.AttributeLists.Insert(0, list.WithTrailingTrivia(SyntaxFactory.Space))).WithLeadingTrivia(leading);
    }

    /// <summary>On a line of its own, after the attributes that are there.</summary>
    private static MethodDeclarationSyntax With(MethodDeclarationSyntax method, AttributeListSyntax list, SyntaxTrivia indent)
    {
        SyntaxTriviaList leading = method.GetLeadingTrivia();
        if (method.AttributeLists.Count > 0)
            return method.AddAttributeLists(list.WithLeadingTrivia(indent).WithTrailingTrivia(SyntaxFactory.LineFeed));
        return method.WithLeadingTrivia(indent).AddAttributeLists(list.WithTrailingTrivia(SyntaxFactory.LineFeed)).WithLeadingTrivia(leading);
    }
}
