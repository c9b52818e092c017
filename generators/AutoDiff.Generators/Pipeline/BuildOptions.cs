using AutoDiff.Compiler.Emit;
using AutoDiff.Compiler.Pipeline;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AutoDiff.Generators.Pipeline;

/// <summary>
/// The MSBuild properties that the generator reads. <c>AutoDiffActivity=off</c> and <c>AutoDiffStore=everything</c> switch analyses off, for those who want to
/// compare: results are the same to the bit.
/// </summary>
/// <param name="Explain"><c>AutoDiffExplain</c>: none, brief or full.</param>
/// <param name="UsesActivity">Whether what carries no derivative gets no adjoint.</param>
/// <param name="StoresEverything">Whether every residual is stored and none recomputed, as under <c>[Keep]</c>.</param>
internal sealed record BuildOptions(Explain Explain, bool UsesActivity, bool StoresEverything)
{
    public static BuildOptions Of(AnalyzerConfigOptions options) => new(
        Read(options, "AutoDiffExplain") switch
        {
            "none" => Explain.None,
            "brief" => Explain.Brief,
            _ => Explain.Full,
        },
        Read(options, "AutoDiffActivity") != "off",
        Read(options, "AutoDiffStore") == "everything");

    public MethodModel Apply(MethodModel model)
        => model with { UsesActivity = UsesActivity, StoresEverything = model.StoresEverything || StoresEverything };

    private static string Read(AnalyzerConfigOptions options, string property)
        => options.TryGetValue("build_property." + property, out string? text) ? text.Trim().ToLowerInvariant() : "";
}
