using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit;

/// <summary>
/// What the JIT still inlines into one method in lanes. Operations of vectors are methods, and it inlines them only as long as the method has fewer than 512 locals; then nothing is inlined any
/// more, the additions neither. A function that does not fit is called, which costs as much as a short function itself.
/// </summary>
/// <param name="others">The locals of everything else in the method.</param>
internal sealed class InlineBudget(int others)
{
    /// <summary>Counted in <see cref="LocalsOf"/>, with some room for what a method does beside.</summary>
    private const int Most = 330;

    private int _left = Most - others;

    /// <summary>Whether a function that may be called is inlined here, which takes from what is left.</summary>
    public bool Takes(ScalarOp function, int times = 1)
    {
        int locals = times * LocalsOf(function);
        if (locals > _left) return false;
        _left -= locals;
        return true;
    }

    /// <summary>Whether a function may be called instead of being inlined. The others are short, or always called, or so frequent that they are always inlined.</summary>
    public static bool IsOptional(ScalarOp op) => op is ScalarOp.ExpM1 or ScalarOp.LogP1 or ScalarOp.Sin or ScalarOp.Cos or ScalarOp.Tan or ScalarOp.Asin or ScalarOp.Acos or ScalarOp.Atan
        or ScalarOp.Sinh or ScalarOp.Cosh or ScalarOp.Tanh or ScalarOp.Erf or ScalarOp.NormalCdf or ScalarOp.Sigmoid or ScalarOp.Softplus or ScalarOp.Gelu or ScalarOp.GeluSlope
        or ScalarOp.GeluTanh or ScalarOp.Silu;

    /// <summary>Locals that an operation leaves behind where it is inlined, as counted on double in the JIT's disassembly, where an addition leaves two.</summary>
    public static int LocalsOf(ScalarOp op) => op switch
    {
        ScalarOp.Exp or ScalarOp.Log or ScalarOp.Cosh => 60,
        ScalarOp.ExpM1 or ScalarOp.Atan or ScalarOp.Sigmoid => 72,
        ScalarOp.LogP1 or ScalarOp.Asin or ScalarOp.GeluTanh => 84,
        ScalarOp.Sin or ScalarOp.Cos or ScalarOp.Acos or ScalarOp.Sinh or ScalarOp.Tanh or ScalarOp.Silu => 96,
        ScalarOp.Tan => 108,
        ScalarOp.NormalCdf or ScalarOp.Gelu or ScalarOp.GeluSlope => 140,
        ScalarOp.Softplus => 144,
        ScalarOp.Erf => 180,
        _ => 2,
    };
}
