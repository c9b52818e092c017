using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace AutoDiff.CodeFixes.Shapes;

/// <summary>Takes the transpose of an operand in a matrix product, by the product's own argument.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class TransposeOperand : DocumentFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["DIFF2001"];

    private protected override string? Title(SyntaxNode node, SemanticModel model, Diagnostic diagnostic)
        => diagnostic.Properties.TryGetValue("fix", out string? fix) && Product(node) is not null ? $"Write '{fix}'" : null;

    private protected override void Fix(SyntaxNode node, SemanticModel model, Diagnostic diagnostic, SyntaxEditor editor,
        HashSet<SyntaxNode> edited)
    {
        if (Product(node) is not { } product || !edited.Add(product)) return;
        string[] parts = diagnostic.Properties["fix"]!.Split(':');
        string name = parts[0].Trim();
        bool transposes = parts[1].Trim() == "true";
        editor.ReplaceNode(product, (current, _) => With((InvocationExpressionSyntax)current, name, transposes));
    }

    private static InvocationExpressionSyntax? Product(SyntaxNode node)
        => node.AncestorsAndSelf().OfType<InvocationExpressionSyntax>().FirstOrDefault(static call => call.Expression switch
        {
            IdentifierNameSyntax name => name.Identifier.ValueText == "MatMul",
            MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText == "MatMul",
            _ => false,
        });

    private static InvocationExpressionSyntax With(InvocationExpressionSyntax product, string name, bool transposes)
    {
        SeparatedSyntaxList<ArgumentSyntax> arguments = product.ArgumentList.Arguments;
        int position = name == "transposeA" ? 2 : 3;
        ArgumentSyntax? given = arguments.FirstOrDefault(a => a.NameColon?.Name.Identifier.ValueText == name)
            ?? (position < arguments.Count && arguments[position].NameColon is null ? arguments[position] : null);
        if (given is not null && !transposes) return product.WithArgumentList(product.ArgumentList.WithArguments(arguments.Remove(given)));
        ExpressionSyntax value = SyntaxFactory.LiteralExpression(transposes ? SyntaxKind.TrueLiteralExpression
            : SyntaxKind.FalseLiteralExpression);
        if (given is not null)
            return product.WithArgumentList(product.ArgumentList.WithArguments(arguments.Replace(given, given.WithExpression(value))));
        ArgumentSyntax added = SyntaxFactory.Argument(
            SyntaxFactory.NameColon(SyntaxFactory.IdentifierName(name),
                SyntaxFactory.Token(SyntaxKind.ColonToken).WithTrailingTrivia(SyntaxFactory.Space)),
            default, value);
        return product.WithArgumentList(product.ArgumentList.WithArguments(
            SyntaxFactory.SeparatedList(arguments.Add(added), Separators(arguments))));
    }

    private static IEnumerable<SyntaxToken> Separators(SeparatedSyntaxList<ArgumentSyntax> arguments)
        => arguments.GetSeparators().Append(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space));
}
