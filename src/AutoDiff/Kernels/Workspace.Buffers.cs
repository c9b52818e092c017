namespace AutoDiff.Kernels;

// Local arrays of a method: zeros, as a new array has.
public sealed partial class Workspace
{
    /// <summary>A buffer of zeros.</summary>
    /// <exception cref="OverflowException">A negative length, as for a new array.</exception>
    public Span<T> Rent<T>(int length)
        where T : unmanaged
    {
        if (length < 0)
            throw new OverflowException(FormattableString.Invariant($"A buffer of {length} elements."));
        Span<T> buffer = Allocate<T>(length);
        buffer.Clear();
        return buffer;
    }

    /// <summary>Memory for the iterations of a loop, which each take a view of it: not cleared, and none for a negative length, since the loop may not even run.</summary>
    public Span<T> RentEarly<T>(int length)
        where T : unmanaged
        => Allocate<T>(Math.Max(length, 0));
}
