using System.Reflection;
using System.Text.RegularExpressions;
using AutoDiff.Generators.Tests;

namespace AutoDiff.Conformance;

/// <summary>The rows, compiled again with forward mode asked for wherever it is given: where the generator says that it is not, a row stays as it is.</summary>
internal static partial class ForwardVariant
{
    private static readonly Lazy<Assembly> Compiled = new(static () =>
    {
        string[] sources = [.. Variants.Sources];
        // A method may be refused only since another one was.
        HashSet<string> refused = [];
        while (true)
        {
            GeneratorRun run = GeneratorHarness.Run([.. sources.Select(s => WithForward(s, refused))]);
            int before = refused.Count;
            refused.UnionWith(run.Diagnostics.Where(static d => d.Id == "DIFF0005").Select(static d => Refused().Match(d.GetMessage(null)).Groups[1].Value));
            if (refused.Count == before) return run.Load().Assembly;
        }
    });

    public static Assembly Assembly => Compiled.Value;

    public static bool Has(string type, string method)
        => Assembly.GetType(type)?.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static).Count(m => m.Name == method + "Jvp") == 1;

    private static string WithForward(string source, HashSet<string> refused) => Attribute().Replace(
        source, match => refused.Contains(match.Groups[2].Value) ? match.Value : "[Differentiable(Derivatives.Gradient | Derivatives.Jvp)]" + match.Groups[1].Value);

    // The attribute, and the name before the next opening parenthesis that is not that of an attribute.
    [GeneratedRegex(@"\[Differentiable\]((?:\s*\[[^\]]*\]|\s*//[^\n]*)*\s*[\w\s.,<>?\[\]]*?(\w+)(?:<[^>(]*>)?\()")]
    private static partial Regex Attribute();

    [GeneratedRegex("of '(\\w+)' is not generated")]
    private static partial Regex Refused();
}
