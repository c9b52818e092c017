using System.ComponentModel;

namespace AutoDiff.Kernels;

/// <summary>A position in a <see cref="Workspace"/>; what is allocated after it goes when the mark is released.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct WorkspaceMark
{
    internal WorkspaceMark(int chunk, long offset)
    {
        Chunk = chunk;
        Offset = offset;
    }

    internal int Chunk { get; }

    internal long Offset { get; }
}
