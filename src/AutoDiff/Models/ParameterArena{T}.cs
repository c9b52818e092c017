using System.Numerics;
using AutoDiff.Kernels;

namespace AutoDiff;

/// <summary>The one buffer in which all parameters of a root model live, one slot behind the other.</summary>
internal sealed class ParameterArena<T>(int length)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public AlignedMemory<T> Values { get; } = new(length);

    /// <summary>True once a slot has moved to another arena: whoever looks at this one must look again where its slots are.</summary>
    public bool IsSuperseded { get; set; }
}
