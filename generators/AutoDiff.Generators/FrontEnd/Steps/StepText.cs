using System.Text;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.FrontEnd;

/// <summary>
/// The user's source as one line: comments dropped, runs of white space collapsed, line breaks inside brackets and before dots closed.
/// </summary>
internal static class StepText
{
    public static string Of(params SyntaxNodeOrToken[] parts)
    {
        var text = new StringBuilder();
        foreach (SyntaxNodeOrToken part in parts)
        {
            bool first = true;
            foreach (SyntaxToken token in part.AsNode()?.DescendantTokens() ?? [part.AsToken()])
            {
                if (token.Text.Length == 0) continue;
                bool spaced = first ? text.Length > 0 && (token.HasLeadingTrivia || HasSpaceBefore(token)) : HasSpaceBefore(token);
                if (spaced && text.Length > 0 && !Closed(text[text.Length - 1], token)) text.Append(' ');
                text.Append(token.Text);
                first = false;
            }
        }

        return text.ToString();
    }

    private static bool HasSpaceBefore(SyntaxToken token) => token.HasLeadingTrivia || token.GetPreviousToken().HasTrailingTrivia;

    private static bool Closed(char last, SyntaxToken next) => last is '(' or '[' or '.' || next.Text is ")" or "]" or "." or "," or ";";
}
