using System.ComponentModel;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace AutoDiff.Generated;

/// <summary>What only the machine knows about vectors, for generated members that follow methods written with them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Vectors
{
    /// <summary>How many numbers a <see cref="Vector{T}"/> has.</summary>
    public static int Length<T>() => Vector<T>.Count;

    /// <summary>Whether vectors of that many bits run on hardware; 0 stands for <see cref="Vector{T}"/>.</summary>
    public static bool IsAccelerated(int bits) => bits switch
    {
        0 => Vector.IsHardwareAccelerated,
        64 => Vector64.IsHardwareAccelerated,
        128 => Vector128.IsHardwareAccelerated,
        256 => Vector256.IsHardwareAccelerated,
        _ => Vector512.IsHardwareAccelerated,
    };
}
