using System.Globalization;
using Xunit.Abstractions;

namespace AutoDiff.Conformance.RandomPrograms;

/// <summary>
/// Random methods: value, gradient and tangent are those of dual numbers, whichever analyses are on. Without settings they are the same in each run: <c>AUTODIFF_RANDOM_SEED</c>
/// gives others, <c>AUTODIFF_RANDOM_COUNT</c> more or fewer of them, <c>AUTODIFF_RANDOM_LOG</c> is a file that tells how far a long run has come.
/// </summary>
public class RandomMethodTests(ITestOutputHelper output)
{
    private const int BatchSize = 200;
    private const int Failures = 5;

    [Fact]
    public void Derivatives_are_those_of_dual_numbers()
    {
        int seed = Setting("AUTODIFF_RANDOM_SEED", 7866508), count = Setting("AUTODIFF_RANDOM_COUNT", 2000);
        output.WriteLine($"AUTODIFF_RANDOM_SEED={seed} AUTODIFF_RANDOM_COUNT={count}");
        var tally = new Tally();
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount };
        System.Threading.Tasks.Parallel.For(0, (count + BatchSize - 1) / BatchSize, options, (number, loop) =>
        {
            int first = number * BatchSize;
            Node[] programs = [.. Enumerable.Range(first, Math.Min(BatchSize, count - first)).Select(n => Grammar.Program(seed, n))];
            Outcome[] outcomes = Batch.Run([.. programs.Select(static p => Layout.Indent(p.ToString()))], Batch.Variants[number % 2]);
            lock (tally)
            {
                for (int i = 0; i < programs.Length; i++) tally.Add(first + i, programs[i], outcomes[i]);
                if (Environment.GetEnvironmentVariable("AUTODIFF_RANDOM_LOG") is { Length: > 0 } log) File.WriteAllText(log, $"seed {seed}: {tally}\n");
                if (tally.Failures.Count >= Failures) loop.Stop();
            }
        });

        output.WriteLine(tally.ToString());
        string report = string.Join("\n\n", tally.Failures.Take(Failures).Select(static f => f.Report()));
        Assert.True(tally.Failures.Count == 0, $"seed {seed}: {tally}\n{report}");
        Assert.True(tally.Fine > 0.8 * tally.Count, $"seed {seed}: {tally}");
    }

    private static int Setting(string name, int otherwise)
        => Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
