using System.Reflection;
using AutoDiff.Generators.Tests;

namespace AutoDiff.Conformance;

/// <summary>The rows, compiled again with analyses switched off: what they save must not change a bit of a result.</summary>
internal static class Variants
{
    private static readonly Lazy<IReadOnlyDictionary<string, Assembly>> Compiled = new(static () => new Dictionary<string, Assembly>
    {
        ["without activity analysis"] = Compile(("AutoDiffActivity", "off")),
        ["with every residual stored"] = Compile(("AutoDiffStore", "everything")),
        ["without activity analysis, with every residual stored"] = Compile(("AutoDiffActivity", "off"), ("AutoDiffStore", "everything")),
    });

    public static IReadOnlyDictionary<string, Assembly> All => Compiled.Value;

    private static Assembly Compile(params (string Name, string Value)[] properties)
        => GeneratorHarness.Run([.. Sources], options: properties.ToDictionary(static p => p.Name, static p => p.Value)).Load().Assembly;

    /// <summary>The files of the rows.</summary>
    public static IEnumerable<string> Sources
    {
        get
        {
            Assembly own = typeof(Variants).Assembly;
            return own.GetManifestResourceNames().Where(static name => name.StartsWith("Rows/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
                .Select(name =>
                {
                    using var reader = new StreamReader(own.GetManifestResourceStream(name)!);
                    return reader.ReadToEnd();
                });
        }
    }
}
