using AutoDiff.Compiler.Analysis;
using AutoDiff.Compiler.Derivatives.Reverse;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Derivatives.Residuals;

/// <summary>What may be computed again in the backward part, and what that costs.</summary>
internal static class Recomputation
{
    /// <summary>Whether running the instruction again in the backward part defines the same values.</summary>
    public static bool IsPossible(Instruction instruction, BufferFacts buffers) => instruction switch
    {
        Constant => true,
        AllocateBuffer allocate => IsZeros(allocate, buffers),
        SliceBuffer slice => !buffers.IsChosen(slice.Buffer),
        BufferLength length => !buffers.IsChosen(length.Buffer),
        Load load => buffers.MayReload(load),
        Apply { Operation.ReadsState: true } when buffers.OutsideMayChange => false,
        Apply { Result.Type: TensorType, Operation: not (GetParameter or Reshape or Permute or SliceAxis or DropoutMask) } => false,
        Apply apply => apply.Inputs.All(static v => v.Type is not TensorType) || apply.Result.Type is TensorType,
        Call { IsPure: true } call => IsBitOperation(call),
        If branch => branch.Results.All(static r => r.Type is ScalarType)
            && branch.Then.Body.All(i => IsPossible(i, buffers)) && branch.Else.Body.All(i => IsPossible(i, buffers)),
        _ => false,
    };

    /// <summary>Whether running it again costs no more than a store and a load.</summary>
    public static bool IsCheap(Instruction instruction) => instruction switch
    {
        Constant or AllocateBuffer or SliceBuffer or BufferLength or Load => true,
        Apply { Operation: Elementwise elementwise, Result.Type: ScalarType } => elementwise.Op is ScalarOp.Add or ScalarOp.Subtract or ScalarOp.Multiply
            or ScalarOp.Negate or ScalarOp.Square or ScalarOp.FusedMultiplyAdd or ScalarOp.Abs or ScalarOp.Max or ScalarOp.Min or ScalarOp.Relu
            or ScalarOp.Select or ScalarOp.Convert or ScalarOp.Detach or ScalarOp.And or ScalarOp.Or or ScalarOp.Xor or ScalarOp.Not
            or ScalarOp.ShiftLeft or ScalarOp.ShiftRight || elementwise.Op.IsComparison(),
        Apply { Operation: Outside or OutsideElement or EnumNumber or EnumValue or GetMember or IsInstance or IsNull or AsInstance or ElementAt or ModelCount or GetParameter or DimensionValue or Reshape or Permute or SliceAxis } => true,
        Call call => IsBitOperation(call),
        If branch => branch.Then.Body.All(IsCheap) && branch.Else.Body.All(IsCheap),
        _ => false,
    };

    /// <summary>Counting bits takes one instruction of the processor.</summary>
    private static bool IsBitOperation(Call call) => call.Callee.ContainingType == "global::System.Numerics.BitOperations";

    /// <summary>Whether the instruction makes a span that nobody writes: it cannot be stored as an array can, but any other of its length is the same.</summary>
    public static bool IsZeros(Instruction instruction, BufferFacts buffers)
        => instruction is AllocateBuffer { Result: { Type: BufferType { Kind: not BufferKind.Array } } span } && buffers.IsZeros(span);

    /// <summary>Everything the instruction reads, inside its regions too.</summary>
    public static IEnumerable<Value> Reads(Instruction instruction)
        => instruction.Regions.IsEmpty ? instruction.Operands : instruction.Operands.Concat(FreeValues.Of([.. instruction.Regions]));

    /// <summary>Bytes of a stored value; a tensor counts as many.</summary>
    public static int Bytes(IrType type) => type switch
    {
        ScalarType { Kind: ElementKind.Bool or ElementKind.Byte or ElementKind.SByte } => 1,
        ScalarType { Kind: ElementKind.Half or ElementKind.Int16 or ElementKind.UInt16 } => 2,
        ScalarType { Kind: ElementKind.Double or ElementKind.Generic or ElementKind.Int64 or ElementKind.UInt64 } => 8,
        ScalarType => 4,
        _ => 4096,
    };
}
