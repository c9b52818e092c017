using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit;

/// <summary>Functions of the same operand of which the vector library computes two at once, for little more than one: a value and its slope.</summary>
internal static class PairedFunctions
{
    /// <summary>The value and the slope, where <paramref name="apply"/> is one of them and the other one is computed beside it.</summary>
    public static (Apply Value, Apply Slope)? Of(Apply apply, IEnumerable<Apply> beside)
    {
        ScalarOp? partner = apply.Operation is Elementwise { Op: var op } ? op switch
        {
            ScalarOp.Gelu => ScalarOp.GeluSlope,
            ScalarOp.GeluSlope => ScalarOp.Gelu,
            _ => null,
        }
        : null;
        if (partner is null) return null;
        Apply? other = beside.FirstOrDefault(a => a.Operation is Elementwise { Op: var function } && function == partner && a.Inputs[0].Equals(apply.Inputs[0]));
        return other is null ? null : partner == ScalarOp.GeluSlope ? (apply, other) : (other, apply);
    }

    /// <summary>The declaration of both.</summary>
    public static string Declaration(string value, string slope, string operand, string element, InlineBudget? inlined)
        => $"V {value} = {(inlined?.Takes(ScalarOp.Gelu) == true ? "V.Gelu" : $"{VectorText.Helpers}.Gelu<V, {element}>")}({operand}, out V {slope});";
}
