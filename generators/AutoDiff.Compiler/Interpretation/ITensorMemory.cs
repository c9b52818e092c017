using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Interpretation;

/// <summary>Where tensors lie while scheduled code runs: a value that is read is what its storage holds by then.</summary>
internal interface ITensorMemory
{
    void Write(Value value, InterpretedTensor tensor, DimensionScope dimensions);

    /// <summary>What the storage of a value holds; null for a value without one.</summary>
    InterpretedTensor? Read(Value value, DimensionScope dimensions);
}
