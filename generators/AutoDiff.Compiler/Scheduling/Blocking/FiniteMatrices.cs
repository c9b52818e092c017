using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Scheduling;

/// <summary>
/// Whether a block loop may take its products for 0 above the diagonal, where nothing that they lead to is read: all that is done to them there has to give a finite
/// number for finite ones, so that it is still 0 after a multiplication by what is masked. A quotient or a logarithm of 0 would not be.
/// </summary>
internal static class FiniteMatrices
{
    public static bool In(BlockLoop loop) => loop.IsCausal && loop.Steps.SelectMany(Operations)
        .All(apply => !IsMatrix(apply.Result, loop) || apply.Operation is not Elementwise { Op: var op } || IsFinite(op));

    private static IEnumerable<Apply> Operations(Instruction step) => step switch
    {
        ProductKernel product => product.Epilogue,
        RowKernel rows => rows.Body,
        Apply apply => [apply],
        _ => [],
    };

    private static bool IsMatrix(Value value, BlockLoop loop) => value.Type is TensorType { Shape: { Rank: > 0 } shape } && shape[-1] == loop.Reach;

    private static bool IsFinite(ScalarOp op) => op.IsComparison() || op is ScalarOp.Add or ScalarOp.Subtract or ScalarOp.Multiply or ScalarOp.Negate
        or ScalarOp.FusedMultiplyAdd or ScalarOp.Square or ScalarOp.StrongProduct or ScalarOp.Abs or ScalarOp.Sign or ScalarOp.CopySign or ScalarOp.Max or ScalarOp.Min
        or ScalarOp.Clamp or ScalarOp.Exp or ScalarOp.Sin or ScalarOp.Cos or ScalarOp.Atan or ScalarOp.Tanh or ScalarOp.Erf or ScalarOp.Sigmoid or ScalarOp.Softplus
        or ScalarOp.Relu or ScalarOp.Gelu or ScalarOp.GeluTanh or ScalarOp.GeluSlope or ScalarOp.Silu or ScalarOp.And or ScalarOp.Or or ScalarOp.Xor or ScalarOp.Not
        or ScalarOp.Select or ScalarOp.Convert or ScalarOp.Detach;
}
