using System.ComponentModel;

namespace AutoDiff.Kernels;

/// <summary>
/// A piece of a <see cref="Workspace"/> that can be stored in residual frames: <see cref="Workspace.Span{T}"/> gives its memory.
/// </summary>
/// <typeparam name="T">The element type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Block<T>
    where T : unmanaged
{
    internal Block(int chunk, long offset, int length)
    {
        Chunk = chunk;
        Offset = offset;
        Length = length;
    }

    /// <summary>The number of elements.</summary>
    public int Length { get; }

    internal int Chunk { get; }

    internal long Offset { get; }
}
