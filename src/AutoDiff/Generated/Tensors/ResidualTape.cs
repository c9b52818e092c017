using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AutoDiff.Kernels;

namespace AutoDiff.Generated;

/// <summary>
/// The values that a loop keeps for its backward pass, last in first out, in memory of the workspace. Unmanaged, so that a residual frame can hold it.
/// </summary>
/// <remarks>Each value lies behind a handle on the one before. <c>default</c> is empty. A mutable structure: keep it in a variable.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct ResidualTape<T>
    where T : unmanaged
{
    private Block<byte> _top;

    /// <summary>Saves a value.</summary>
    public void Push(Workspace workspace, T value)
    {
        int link = Unsafe.SizeOf<Block<byte>>();
        Block<byte> block = workspace.AllocateBlock<byte>(link + Unsafe.SizeOf<T>());
        Span<byte> memory = workspace.Span(block);
        MemoryMarshal.Write(memory, in _top);
        MemoryMarshal.Write(memory[link..], in value);
        _top = block;
    }

    /// <summary>Takes back the value that was saved last.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public T Pop(Workspace workspace)
    {
        if (_top.Length == 0)
            throw new InvalidOperationException("The tape is empty: more was taken back than saved.");
        Span<byte> memory = workspace.Span(_top);
        T value = MemoryMarshal.Read<T>(memory[Unsafe.SizeOf<Block<byte>>()..]);
        _top = MemoryMarshal.Read<Block<byte>>(memory);
        return value;
    }
}
