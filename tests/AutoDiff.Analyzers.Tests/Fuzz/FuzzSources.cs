using System.Runtime.CompilerServices;

namespace AutoDiff.Analyzers.Tests.Fuzz;

/// <summary>Real C#: every file of this repository.</summary>
internal static class FuzzSources
{
    /// <summary>The files, in an order that does not depend on the machine.</summary>
    public static IReadOnlyList<(string Path, string Text)> All { get; } = Load();

    private static (string, string)[] Load([CallerFilePath] string path = "")
    {
        string root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "../../.."));
        return
        [
            .. Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
                .Where(static file => !file.Split('/').Any(static part => part is "bin" or "obj" || part.StartsWith('.')))
                .Order(StringComparer.Ordinal)
                .Select(file => (file, File.ReadAllText(Path.Combine(root, file)))),
        ];
    }
}
