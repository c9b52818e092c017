using System.Text;

namespace AutoDiff.Conformance.RandomPrograms;

/// <summary>Lines with the indentation that their braces tell.</summary>
internal static class Layout
{
    public static string Indent(string text)
    {
        var result = new StringBuilder();
        int depth = 0;
        foreach (string line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int opened = line.Count(static c => c == '{') - line.Count(static c => c == '}');
            int own = depth - (line[0] == '}' ? 1 : 0);
            result.Append(' ', 4 * Math.Max(0, own)).Append(line).Append('\n');
            depth += opened;
        }

        return result.ToString();
    }
}
