using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AutoDiff.Analyzers.Tests;

/// <summary>The same options for every file, as an .editorconfig gives them.</summary>
internal sealed class ConfigOptions(IReadOnlyDictionary<string, string> options) : AnalyzerConfigOptionsProvider
{
    public override AnalyzerConfigOptions GlobalOptions => GetOptions(default(SyntaxTree)!);

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => new Options(options);

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Options(options);

    private sealed class Options(IReadOnlyDictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }
}
