using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.FrontEnd;

/// <summary>
/// Which method is which scalar function: the one table of names, for <c>Math</c>, <c>MathF</c>, the number types, <c>Ops</c> and
/// <c>Ad.Special</c>.
/// </summary>
internal static class ScalarFunctions
{
    private static readonly Dictionary<string, ScalarOp> One = new(StringComparer.Ordinal)
    {
        ["Abs"] = ScalarOp.Abs, ["Sign"] = ScalarOp.Sign,
        ["Floor"] = ScalarOp.Floor, ["Ceiling"] = ScalarOp.Ceiling, ["Round"] = ScalarOp.Round, ["Truncate"] = ScalarOp.Truncate,
        ["BitIncrement"] = ScalarOp.BitIncrement, ["BitDecrement"] = ScalarOp.BitDecrement,
        ["ReciprocalEstimate"] = ScalarOp.ReciprocalEstimate, ["ReciprocalSqrtEstimate"] = ScalarOp.ReciprocalSqrtEstimate,
        ["Sqrt"] = ScalarOp.Sqrt, ["Cbrt"] = ScalarOp.Cbrt,
        ["Exp"] = ScalarOp.Exp, ["Exp2"] = ScalarOp.Exp2, ["ExpM1"] = ScalarOp.ExpM1, ["ExpMinusOne"] = ScalarOp.ExpM1,
        ["Exp10"] = ScalarOp.Exp10, ["Exp2M1"] = ScalarOp.Exp2M1, ["Exp10M1"] = ScalarOp.Exp10M1, ["Log2P1"] = ScalarOp.Log2P1, ["Log10P1"] = ScalarOp.Log10P1,
        ["Log"] = ScalarOp.Log, ["Log2"] = ScalarOp.Log2, ["Log10"] = ScalarOp.Log10, ["LogP1"] = ScalarOp.LogP1,
            ["LogOnePlus"] = ScalarOp.LogP1,
        ["Sin"] = ScalarOp.Sin, ["Cos"] = ScalarOp.Cos, ["Tan"] = ScalarOp.Tan, ["Asin"] = ScalarOp.Asin, ["Acos"] = ScalarOp.Acos,
            ["Atan"] = ScalarOp.Atan,
        ["Sinh"] = ScalarOp.Sinh, ["Cosh"] = ScalarOp.Cosh, ["Tanh"] = ScalarOp.Tanh,
        ["Asinh"] = ScalarOp.Asinh, ["Acosh"] = ScalarOp.Acosh, ["Atanh"] = ScalarOp.Atanh,
        ["SinPi"] = ScalarOp.SinPi, ["CosPi"] = ScalarOp.CosPi, ["TanPi"] = ScalarOp.TanPi, ["AsinPi"] = ScalarOp.AsinPi, ["AcosPi"] = ScalarOp.AcosPi,
            ["AtanPi"] = ScalarOp.AtanPi,
        ["Erf"] = ScalarOp.Erf, ["Erfc"] = ScalarOp.Erfc, ["Gamma"] = ScalarOp.Gamma, ["LogGamma"] = ScalarOp.LogGamma, ["Digamma"] = ScalarOp.Digamma,
            ["NormalCdf"] = ScalarOp.NormalCdf, ["NormalQuantile"] = ScalarOp.NormalQuantile,
        ["Sigmoid"] = ScalarOp.Sigmoid, ["Softplus"] = ScalarOp.Softplus, ["Relu"] = ScalarOp.Relu, ["Gelu"] = ScalarOp.Gelu,
            ["GeluTanh"] = ScalarOp.GeluTanh,
        ["Silu"] = ScalarOp.Silu, ["Square"] = ScalarOp.Square,
        ["IsNaN"] = ScalarOp.IsNaN, ["IsInfinity"] = ScalarOp.IsInfinity, ["IsFinite"] = ScalarOp.IsFinite,
        ["Negate"] = ScalarOp.Negate,
    };

    private static readonly Dictionary<string, ScalarOp> Two = new(StringComparer.Ordinal)
    {
        ["Max"] = ScalarOp.Max, ["Min"] = ScalarOp.Min, ["Pow"] = ScalarOp.Pow, ["Atan2"] = ScalarOp.Atan2, ["Hypot"] = ScalarOp.Hypot,
        ["CopySign"] = ScalarOp.CopySign, ["Atan2Pi"] = ScalarOp.Atan2Pi, ["MaxNative"] = ScalarOp.Max, ["MinNative"] = ScalarOp.Min,
        ["IEEERemainder"] = ScalarOp.Ieee754Remainder, ["Ieee754Remainder"] = ScalarOp.Ieee754Remainder,
        ["Beta"] = ScalarOp.Beta, ["LogBeta"] = ScalarOp.LogBeta,
        ["Add"] = ScalarOp.Add, ["Subtract"] = ScalarOp.Subtract, ["Multiply"] = ScalarOp.Multiply, ["Divide"] = ScalarOp.Divide,
    };

    private static readonly Dictionary<string, ScalarOp> Three = new(StringComparer.Ordinal)
    {
        ["FusedMultiplyAdd"] = ScalarOp.FusedMultiplyAdd, ["Clamp"] = ScalarOp.Clamp, ["ClampNative"] = ScalarOp.Clamp,
        ["MultiplyAddEstimate"] = ScalarOp.FusedMultiplyAdd,
    };

    /// <summary>The function of that name and number of operands, or null.</summary>
    public static ScalarOp? Find(string name, int arity)
    {
        Dictionary<string, ScalarOp>? table = arity switch { 1 => One, 2 => Two, 3 => Three, _ => null };
        return table is not null && table.TryGetValue(name, out ScalarOp op) ? op : null;
    }

    /// <summary>Whether the static methods of a type are functions of the table.</summary>
    public static bool IsLibrary(INamedTypeSymbol type) => type.Name switch
    {
        "Math" or "MathF" => type.IsIn("System"),
        "Ops" => type.IsIn(KnownAttributes.Namespace),
        "Special" => type.ContainingType is { Name: "Ad" } ad && ad.IsIn(KnownAttributes.Namespace),
        _ => TypeMap.NumberOf(type) is not null,
    };
}
