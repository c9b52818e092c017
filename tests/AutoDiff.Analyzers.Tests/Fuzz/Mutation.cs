using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AutoDiff.Analyzers.Tests.Fuzz;

/// <summary>Turns a source into one that somebody is in the middle of writing, or that nobody would.</summary>
internal static class Mutation
{
    public static string Of(string text, Random random) => random.Next(6) switch
    {
        0 => text[..random.Next(text.Length / 3, text.Length)],
        1 => text.Remove(random.Next(text.Length), 1),
        2 or 3 => Rearranged(text, random),
        _ => Shuffled(text, random),
    };

    /// <summary>Whole members, statements and parameters doubled, left out, or put in the place of others of their kind.</summary>
    private static string Rearranged(string text, Random random)
    {
        SyntaxNode root = CSharpSyntaxTree.ParseText(text, TestCompilation.ParseOptions).GetRoot();
        SyntaxNode[] nodes = [.. root.DescendantNodes().Where(static n => n is MemberDeclarationSyntax and not BaseNamespaceDeclarationSyntax or StatementSyntax or ParameterSyntax)];
        if (nodes.Length == 0) return text;
        SyntaxNode at = nodes[random.Next(nodes.Length)];
        SyntaxNode[] alike = [.. nodes.Where(n => n.RawKind == at.RawKind)];
        string own = at.ToString(), separator = at is ParameterSyntax ? ", " : "\n", replacement = random.Next(3) switch
        {
            0 => own + separator + own,
            1 => "",
            _ => alike[random.Next(alike.Length)].ToString(),
        };
        return text.Remove(at.SpanStart, at.Span.Length).Insert(at.SpanStart, replacement);
    }

    /// <summary>Tokens of bodies left out, doubled, exchanged, or replaced by others of their kind.</summary>
    private static string Shuffled(string text, Random random)
    {
        SyntaxNode root = CSharpSyntaxTree.ParseText(text, TestCompilation.ParseOptions).GetRoot();
        SyntaxToken[] tokens = [.. root.DescendantNodes().OfType<BaseMethodDeclarationSyntax>().SelectMany(static m => m.DescendantTokens()).Where(static t => t.Span.Length > 0)];
        if (tokens.Length < 10) return text;
        var changes = new SortedDictionary<int, (int Length, string Text)>();
        for (int i = 1 + random.Next(4); i > 0; i--)
        {
            SyntaxToken at = tokens[random.Next(tokens.Length)], other = tokens[random.Next(tokens.Length)];
            SyntaxToken[] alike = [.. tokens.Where(t => t.IsKind(at.Kind()) && t.Text != at.Text)];
            string replacement = random.Next(8) switch
            {
                0 => "",
                1 => $"{at.Text} {at.Text}",
                2 => other.Text,
                3 when Operators.Contains(at.Text) => Operators[random.Next(Operators.Length)],
                _ when alike.Length > 0 => alike[random.Next(alike.Length)].Text,
                _ when Operators.Contains(at.Text) => Operators[random.Next(Operators.Length)],
                _ => at.Text,
            };
            changes[at.SpanStart] = (at.Span.Length, replacement);
        }

        var result = new StringBuilder(text);
        foreach ((int start, (int length, string replacement)) in changes.Reverse()) result.Remove(start, length).Insert(start, replacement);
        return result.ToString();
    }

    private static readonly string[] Operators = ["+", "-", "*", "/", "%", "<", ">", "<=", "==", "!=", "=", "+=", "*=", "&&", "||", "??", "++", "&", "<<"];
}
