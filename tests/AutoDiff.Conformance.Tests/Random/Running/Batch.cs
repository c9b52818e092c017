using System.Collections.Immutable;
using AutoDiff.Generators.Tests;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AutoDiff.Conformance.RandomPrograms;

/// <summary>Compiles and runs programs, many in one compilation: over numbers with derivatives, with analyses switched off, and over dual numbers.</summary>
internal static class Batch
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(20);

    private const string WithoutActivity = "without activity analysis", WithEverything = "with every residual stored";

    private static readonly (string Name, Dictionary<string, string> Properties)[] Variants =
    [
        (WithoutActivity, new() { ["AutoDiffActivity"] = "off" }),
        (WithEverything, new() { ["AutoDiffStore"] = "everything" }),
    ];

    /// <param name="texts">The programs.</param>
    /// <param name="withVariants">Whether to run them with analyses switched off, too.</param>
    public static Outcome[] Run(IReadOnlyList<string> texts, bool withVariants = true)
    {
        var outcomes = new Outcome?[texts.Count];
        (int, string)[] Left() => [.. texts.Select(static (text, i) => (i, text)).Where(p => outcomes[p.i] is null)];

        // The programs themselves, over duals: what does not compile is the grammar's fault.
        CSharpCompilation duals = Compiler.Compile(Left(), overDuals: true);
        foreach (IGrouping<int, Diagnostic> errors in Compiler.Problems(duals).Where(static g => g.Any(static d => d.Severity == DiagnosticSeverity.Error)))
            outcomes[errors.Key] = new Outcome(Verdict.Invalid, "C#", Lines(errors));
        LoadedAssembly oracle = Compiler.Load(Compiler.Without(duals, n => outcomes[n] is not null));

        LoadedAssembly tested = Differentiate([]);
        var variants = Variants.Where(_ => withVariants).Select(v => (v.Name, Assembly: Differentiate(v.Properties))).ToArray();
        for (int i = 0; i < texts.Count; i++)
        {
            string name = $"N{i}.Case";
            outcomes[i] ??= Limited(() => Comparison.Of(
                texts[i], oracle.Type(name), tested.Type(name), variants.ToDictionary(static v => v.Name, v => v.Assembly.Type(name))));
        }

        return outcomes!;

        LoadedAssembly Differentiate(Dictionary<string, string> properties)
        {
            CSharpCompilation input = Compiler.Compile(Left(), overDuals: false);
            (CSharpCompilation output, ImmutableArray<Diagnostic> diagnostics) = Compiler.Generate(input, properties);
            foreach (IGrouping<int, Diagnostic> found in diagnostics.Where(static d => d.Severity == DiagnosticSeverity.Error).GroupBy(static d => Compiler.NumberOf(d.Location.SourceTree!.FilePath)))
            {
                Diagnostic first = found.OrderByDescending(static d => d.Id == "DIFF9999").First();
                string message = Lines(found) + "\n" + string.Join("\n", found.Select(static d => d.Location.SourceTree!.GetText().ToString(d.Location.SourceSpan)));
                outcomes[found.Key] ??= first.Id == "DIFF9999" ? Outcome.Failed(Masked(first), message) : new Outcome(Verdict.Refused, Masked(first), message);
            }

            output = Compiler.Without(output, n => outcomes[n] is not null);
            foreach (IGrouping<int, Diagnostic> errors in Compiler.Problems(output))
            {
                string text = string.Join("\n", output.SyntaxTrees.Where(t => Compiler.NumberOf(t.FilePath) == errors.Key && !Compiler.IsSource(t.FilePath)));
                outcomes[errors.Key] ??= Outcome.Failed("does not compile: " + errors.First().Id, Lines(errors) + "\n" + text);
            }

            return Compiler.Load(Compiler.Without(output, n => outcomes[n] is not null));
        }
    }

    /// <summary>Whether only a variant can tell that a program fails for this reason.</summary>
    public static bool IsOfVariant(string reason) => reason is WithoutActivity or WithEverything;

    private static Outcome Limited(Func<Outcome> run)
    {
        Task<Outcome> task = Task.Run(run);
        return task.Wait(TimeLimit) ? task.Result : Outcome.Failed("hangs", $"does not end within {TimeLimit.TotalSeconds} s");
    }

    private static string Lines(IEnumerable<Diagnostic> diagnostics) => string.Join("\n", diagnostics.Take(8));

    /// <summary>The message without names and numbers: what failures have in common.</summary>
    private static string Masked(Diagnostic diagnostic)
    {
        string message = diagnostic.GetMessage(null);
        return diagnostic.Id + " " + System.Text.RegularExpressions.Regex.Replace(message, @"'[^']*'|\d+|%\w+", "_");
    }
}
