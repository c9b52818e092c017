using System.Globalization;
using Microsoft.CodeAnalysis.Text;

namespace AutoDiff.Analyzers.Tests;

/// <summary>One program of the corpus: wrong at the marked place, or right.</summary>
/// <param name="Id">The diagnostic that is expected; null for a right program.</param>
/// <param name="Source">The whole file, without the marks.</param>
/// <param name="Marked">The span between <c>[|</c> and <c>|]</c>.</param>
internal sealed record CorpusCase(string Name, string? Id, string Source, TextSpan Marked)
{
    private const string Head = "### ";

    /// <summary>The cases of a folder of the corpus, in files of cases that begin with <c>### [id] name</c>.</summary>
    public static IReadOnlyList<CorpusCase> Load(string folder)
    {
        var cases = new List<CorpusCase>();
        foreach (string resource in typeof(CorpusCase).Assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            if (!resource.Replace('\\', '/').StartsWith("Corpus/" + folder, StringComparison.Ordinal)
                && !resource.Replace('\\', '/').StartsWith(folder + "/", StringComparison.Ordinal)) continue;
            using var reader = new StreamReader(typeof(CorpusCase).Assembly.GetManifestResourceStream(resource)!);
            string[] parts = ("\n" + reader.ReadToEnd().ReplaceLineEndings("\n")).Split("\n" + Head);
            cases.AddRange(parts.Skip(1).Select(Read));
        }

        return cases;
    }

    private static CorpusCase Read(string text)
    {
        int end = text.IndexOf('\n', StringComparison.Ordinal);
        string title = text[..end].Trim(), body = text[(end + 1)..];
        string? id = title.StartsWith("DIFF", StringComparison.Ordinal) ? title[..8] : null;
        bool isFile = body.Contains("class ", StringComparison.Ordinal);
        string unique = "Case" + string.Concat(title.Where(char.IsAsciiLetterOrDigit))
            + title.Length.ToString(CultureInfo.InvariantCulture);
        string source = isFile
            ? $"namespace {unique};\n{body}"
            : $"namespace {unique};\npublic static class Program\n{{\n    public static void Run(string[] args)\n    {{\n{body}\n    }}\n}}\n";
        int start = source.IndexOf("[|", StringComparison.Ordinal);
        if (start < 0) return new CorpusCase(title, id, source, default);
        int close = source.IndexOf("|]", StringComparison.Ordinal) - 2;
        return new CorpusCase(title, id, source.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal),
            TextSpan.FromBounds(start, close));
    }
}
