using System.Text.RegularExpressions;

namespace AutoDiff.Conformance.RandomPrograms;

/// <summary>The same program over dual numbers.</summary>
internal static partial class DualText
{
    public static string Of(string program) => Number().Replace(program, static m => m.Value switch
    {
        "double" => "Dual",
        "float" => "DualF",
        "Math" => "DualMath",
        "new[]" => "new Dual[]",
        "Tensor<double>" => "DualTensor",
        "Ops" => "DualOps",
        _ => "DualMathF",
    });

    [GeneratedRegex(@"Tensor<double>|\b(double|float|Math|MathF|Ops)\b|\bnew\[\]")]
    private static partial Regex Number();
}
