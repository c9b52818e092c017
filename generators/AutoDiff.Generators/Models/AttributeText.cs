using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AutoDiff.Generators.Models;

/// <summary>Where a piece of an attribute's text stands in the source.</summary>
internal static class AttributeText
{
    /// <summary>The location of a piece of the first argument, or all of it where it is not a literal that can be mapped.</summary>
    public static Location Locate(AttributeData attribute, int position, int length)
    {
        if (attribute.ApplicationSyntaxReference?.GetSyntax() is not AttributeSyntax syntax)
            return Location.None;
        if (syntax.ArgumentList?.Arguments is not [{ Expression: { } expression }, ..])
            return syntax.GetLocation();
        if (expression is not LiteralExpressionSyntax { Token: var token } || !token.IsKind(SyntaxKind.StringLiteralToken))
            return expression.GetLocation();
        // "text" and @"text" without an escape: the characters of the source are those of the value.
        int quote = token.Text.IndexOf('"') + 1;
        if (token.Text.Length - quote - 1 != token.ValueText.Length)
            return expression.GetLocation();
        return Location.Create(syntax.SyntaxTree, new TextSpan(token.SpanStart + quote + position, Math.Max(length, 1)));
    }
}
