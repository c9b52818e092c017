using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace AutoDiff.Generated;

public static unsafe partial class Lanes
{
    private const int LineSize = 64;

    /// <summary>Asks for the lines of memory of some elements that are going to be read or written; nothing where the hardware has no such instruction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch<T>(ref readonly T source, nint index, nint count)
        where T : unmanaged
    {
        if (!Sse.IsSupported)
            return;

        // An address that the GC moves meanwhile costs a useless read ahead, no more.
        T* first = (T*)Unsafe.AsPointer(ref Unsafe.AsRef(in source)) + index;
        for (nint i = 0; i < count; i += LineSize / sizeof(T))
            Sse.Prefetch0(first + i);
    }
}
