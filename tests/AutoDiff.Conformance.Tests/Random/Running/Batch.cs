using System.Collections.Immutable;
using AutoDiff.Generators.Tests;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AutoDiff.Conformance.RandomPrograms;

/// <summary>Compiles and runs programs, many in one compilation: over numbers with derivatives, with analyses switched off, and over dual numbers.</summary>
internal static class Batch
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(20);

    private static readonly Dictionary<string, Dictionary<string, string>> Properties = new()
    {
        ["without activity analysis"] = new() { ["AutoDiffActivity"] = "off", ["AutoDiffExplain"] = "none" },
        ["with every residual stored"] = new() { ["AutoDiffStore"] = "everything", ["AutoDiffExplain"] = "none" },
    };

    /// <summary>The analyses that can be switched off, in words.</summary>
    public static IReadOnlyList<string> Variants { get; } = [.. Properties.Keys];

    /// <param name="texts">The programs.</param>
    /// <param name="variants">Which analyses to switch off, each once.</param>
    public static Outcome[] Run(IReadOnlyList<string> texts, params IReadOnlyList<string> variants)
    {
        var outcomes = new Outcome?[texts.Count];
        (int, string)[] Left() => [.. texts.Select(static (text, i) => (i, text)).Where(p => outcomes[p.i] is null)];

        // The programs themselves, over duals: what does not compile is the grammar's fault.
        CSharpCompilation duals = Compiler.Compile(Left(), overDuals: true);
        LoadedAssembly oracle = Compiler.Load(duals, (number, errors) => outcomes[number] = new Outcome(Verdict.Invalid, "C#", Lines(errors)));

        LoadedAssembly tested = Differentiate([]);
        var others = variants.Select(v => (Name: v, Assembly: Differentiate(Properties[v]))).ToArray();
        for (int i = 0; i < texts.Count; i++)
        {
            string name = $"N{i}.Case";
            outcomes[i] ??= Limited(() => Comparison.Of(
                texts[i], oracle.Type(name), tested.Type(name), others.ToDictionary(static v => v.Name, v => v.Assembly.Type(name))));
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
            return Compiler.Load(output, (number, errors) =>
            {
                string lines = string.Join("\n", errors.Take(4).Select(static d => d.Location.SourceTree!.GetText().Lines[d.Location.GetLineSpan().StartLinePosition.Line]));
                outcomes[number] ??= Outcome.Failed("does not compile: " + errors[0].Id, $"{Lines(errors)}\n{lines}");
            });
        }
    }

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
