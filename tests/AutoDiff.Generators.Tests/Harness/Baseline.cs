using System.Runtime.CompilerServices;
using System.Text;

namespace AutoDiff.Generators.Tests;

/// <summary>
/// Generated files as they are meant to look: <c>Baselines/{scenario}/{hint name}.txt</c> beside the test. With the environment variable
/// <c>AUTODIFF_UPDATE_BASELINES=1</c> the tests write them instead of comparing, for a person to read the difference.
/// </summary>
internal static class Baseline
{
    /// <summary>Compares all generated files of a run with those of a scenario: none missing, none superfluous.</summary>
    public static void Verify(GeneratorRun run, string scenario, [CallerFilePath] string testFile = "")
    {
        string folder = Path.Combine(Path.GetDirectoryName(testFile)!, "Baselines", scenario);
        if (Environment.GetEnvironmentVariable("AUTODIFF_UPDATE_BASELINES") == "1")
        {
            Directory.CreateDirectory(folder);
            foreach (string file in Directory.GetFiles(folder, "*.txt"))
                File.Delete(file);
            foreach ((string name, string text) in run.GeneratedSources)
                File.WriteAllText(Path.Combine(folder, name + ".txt"), text, new UTF8Encoding(false));
            return;
        }

        string[] expected = [.. Directory.GetFiles(folder, "*.txt").Select(static file => Path.GetFileName(file)[..^4]).Order(StringComparer.Ordinal)];
        Assert.Equal(expected, run.GeneratedSources.Keys.Order(StringComparer.Ordinal));
        foreach (string name in expected)
            Assert.Equal(File.ReadAllText(Path.Combine(folder, name + ".txt")).ReplaceLineEndings("\n"), run.GeneratedSources[name]);
    }
}
