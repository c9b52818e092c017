using System.Reflection;
using System.Text;

namespace TinyLM.Cli;

/// <summary>The text that is learned by default: the C# and Markdown of this repository, embedded when the program was built.</summary>
internal static class RepositoryText
{
    private const string Prefix = "text/";

    /// <summary>All files, in ordinal order of their paths, with the characters of a plain keyboard.</summary>
    public static TextSource Read()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var text = new StringBuilder();
        var names = assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal));
        foreach (string name in names.Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
            AppendPlain(text, reader.ReadToEnd());
            text.Append('\n');
        }
        return new TextSource("the source of this program", text.ToString());
    }

    /// <summary>
    /// Printable ASCII and new lines stay; what has a plain counterpart becomes it; the rest goes. A small model learns some 96
    /// characters well, and would spend a share of its few parameters on each rare symbol.
    /// </summary>
    internal static void AppendPlain(StringBuilder destination, ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (c is '\n' or (>= ' ' and <= '~')) destination.Append(c);
            else destination.Append(Plain(c));
        }
    }

    private static string Plain(char c) => c switch
    {
        '\t' => "    ",
        '\u00A0' => " ",
        '‘' or '’' => "'",
        '“' or '”' => "\"",
        '–' or '—' or '−' => "-",
        '…' => "...",
        '×' or '·' => "*",
        '→' => "->",
        '≤' => "<=",
        '≥' => ">=",
        _ => "",
    };
}
