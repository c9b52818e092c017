using System.Globalization;
using System.Numerics;
using Xunit.Abstractions;

namespace AutoDiff.Analyzers.Tests.Fuzz;

/// <summary>
/// Arbitrary C#: no exception, no endless loop, and what is generated compiles. Without settings the sources are the same in each run: <c>AUTODIFF_FUZZ_SEED</c> gives others,
/// <c>AUTODIFF_FUZZ_COUNT</c> more or fewer of them.
/// </summary>
public class FuzzTests(ITestOutputHelper output)
{
    private const int Failures = 5;

    [Fact]
    public void Sources_with_attributes_sprinkled_over_them() => Run(2, static (text, random) => Sprinkling.On(text, random));

    [Fact]
    public void Mutated_sources() => Run(1, static (text, random) => Mutation.Of(random.Next(3) == 0 ? Sprinkling.On(text, random) : text, random));

    private void Run(int share, Func<string, Random, string> change)
    {
        int seed = Setting("AUTODIFF_FUZZ_SEED", 5), count = Setting("AUTODIFF_FUZZ_COUNT", 60);
        output.WriteLine($"AUTODIFF_FUZZ_SEED={seed} AUTODIFF_FUZZ_COUNT={count}");
        (string Path, string Text)[] sources = [.. FuzzSources.All.Where(s => share == 2 || s.Text.Contains("[Differentiable", StringComparison.Ordinal) || s.Path.Contains("/Random/", StringComparison.Ordinal))];
        var failures = new List<string>();
        for (int i = 0; i < count && failures.Count < Failures; i++)
        {
            var random = new Random(unchecked(seed * 1_000_003 + i));
            (string path, string text) = Drawn(sources, unchecked(seed * 1_000_003 + i));
            string changed = change(text, random);
            if (FuzzRun.Of(path, changed) is not { } failure) continue;
            failures.Add($"{i}: {path}\n{failure}\n{Excerpt(changed)}");
            if (Environment.GetEnvironmentVariable("AUTODIFF_FUZZ_LOG") is { Length: > 0 } log) File.AppendAllText(log, $"==== {i} of seed {seed}: {path}\n{failure}\n---- source\n{changed}\n");
        }

        Assert.True(failures.Count == 0, $"seed {seed}:\n{string.Join("\n\n", failures)}");
    }

    /// <summary>The file whose name goes first with this number: a file that is added or taken away leaves most draws as they were.</summary>
    private static (string Path, string Text) Drawn((string Path, string Text)[] sources, int number)
        => sources.MinBy(source => source.Path.Aggregate(unchecked((uint)number * 2_654_435_761), static (hash, c) => unchecked((BitOperations.RotateLeft(hash, 5) ^ c) * 0x9E37_79B1)));

    private static string Excerpt(string text) => text.Length < 6000 ? text : text[..6000] + " …";

    private static int Setting(string name, int otherwise)
        => Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
