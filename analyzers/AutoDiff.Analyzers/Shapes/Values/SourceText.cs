using System.Text;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Analyzers.Shapes;

/// <summary>Source as it stands in a message: one line, not too long.</summary>
internal static class SourceText
{
    private const int MaximumLength = 60;

    /// <summary>Whether a name is that of a variable, made unique, and so means nothing outside.</summary>
    public static bool HasMark(string name) => name.IndexOf('#') >= 0;

    public static string Of(SyntaxNode? node)
    {
        if (node is null) return "";
        var text = new StringBuilder();
        foreach (char c in node.ToString())
        {
            if (!char.IsWhiteSpace(c)) text.Append(c);
            else if (text.Length > 0 && text[text.Length - 1] != ' ') text.Append(' ');
            if (text.Length > MaximumLength) return text.Append('…').ToString();
        }

        return text.ToString().TrimEnd();
    }
}
