using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AutoDiff.Kernels;

/// <summary>Pinned, uninitialised memory in units of cache lines, the first of them aligned.</summary>
internal sealed unsafe class Chunk
{
    /// <summary>The size of a cache line, and of a 512-bit vector, in bytes.</summary>
    public const int LineSize = 64;

    private readonly Line[] _memory;
    private readonly int _shift;

    public Chunk(long lines)
    {
        // Pinned, so that the alignment lasts. One line more than asked for, to align within.
        _memory = GC.AllocateUninitializedArray<Line>(checked((int)(lines + 1)), pinned: true);
        _shift = (int)(-(nint)Unsafe.AsPointer(ref _memory[0]) & (LineSize - 1));
        Lines = lines;
    }

    public long Lines { get; }

    public Span<T> Span<T>(long line, int length)
        where T : unmanaged
    {
        ref byte start = ref Unsafe.AddByteOffset(ref Unsafe.As<Line, byte>(ref _memory[line]), _shift);
        return MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref start), length);
    }

    [InlineArray(LineSize)]
    private struct Line
    {
        private byte _first;
    }
}
