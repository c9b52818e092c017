using System.Buffers;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AutoDiff.Generated;

/// <summary>
/// The local buffers of one call of a generated member: cleared memory from the shared pool, which goes back all at once with <see cref="Dispose"/>.
/// <c>default</c> owns nothing. A mutable structure: keep it in a variable.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct ScratchBuffers : IDisposable
{
    // Vectors are fastest where they do not straddle two cache lines. The collector may move the memory later on; then it is only slower.
    private const int Alignment = 64;

    private byte[]?[]? _rented;
    private int _count;

    /// <summary>A buffer of zeros.</summary>
    /// <exception cref="OverflowException"><paramref name="length"/> is negative, as for a new array, or too large.</exception>
    public Span<T> Rent<T>(int length)
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
            throw new NotSupportedException($"{typeof(T)} is no number: it holds references.");
        if (length < 0)
            throw new OverflowException(FormattableString.Invariant($"A buffer of {length} elements."));
        int bytes = checked(length * Unsafe.SizeOf<T>());
        Span<T> buffer = MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref Take(bytes)), length);
        buffer.Clear();
        return buffer;
    }

    /// <summary>
    /// Memory for the iterations of a loop, which each take a view of it: not cleared, and none for a negative length, since the loop may not even run.
    /// </summary>
    public Span<T> RentEarly<T>(int length)
        where T : unmanaged
    {
        int bytes = checked(Math.Max(length, 0) * Unsafe.SizeOf<T>());
        return MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref Take(bytes)), Math.Max(length, 0));
    }

    /// <summary>Gives all memory back; the buffers must not be used any more.</summary>
    public void Dispose()
    {
        if (_rented is null)
            return;
        for (int i = 0; i < _count; i++)
        {
            ArrayPool<byte>.Shared.Return(_rented[i]!);
            _rented[i] = null;
        }

        ArrayPool<byte[]?>.Shared.Return(_rented);
        _rented = null;
        _count = 0;
    }

    private ref byte Take(int bytes)
    {
        byte[] memory = ArrayPool<byte>.Shared.Rent(checked(bytes + Alignment - 1));
        Keep(memory);
        ref byte first = ref MemoryMarshal.GetArrayDataReference(memory);
        return ref Unsafe.Add(ref first, (nint)(-Address(ref first) & (Alignment - 1)));
    }

    private static unsafe long Address(ref byte memory) => (long)Unsafe.AsPointer(ref memory);

    private void Keep(byte[] memory)
    {
        if (_rented is null || _count == _rented.Length)
        {
            byte[]?[] larger = ArrayPool<byte[]?>.Shared.Rent(Math.Max(16, _count * 2));
            _rented?.AsSpan(0, _count).CopyTo(larger);
            if (_rented is not null)
                ArrayPool<byte[]?>.Shared.Return(_rented, clearArray: true);
            _rented = larger;
        }

        _rented[_count++] = memory;
    }
}
