using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AutoDiff.Generated;

/// <summary>A row of scratch memory of each thread, which kernels use for what one column loop leaves to the next.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RowScratch<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Whole vectors never cross a line.
    private const int LineSize = 64;

    [ThreadStatic]
    private static T[]? t_row;

    /// <summary>At least <paramref name="length"/> elements. A kernel does not run inside another one of its thread, so that one row does for all.</summary>
    public static unsafe Span<T> Get(int length)
    {
        int line = LineSize / sizeof(T);
        T[]? row = t_row;
        if (row is null || row.Length < length + line)
            t_row = row = GC.AllocateUninitializedArray<T>(Math.Max(length, 1024) + line, pinned: true);
        int first = (int)(-(nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(row)) & (LineSize - 1)) / sizeof(T);
        return row.AsSpan(first);
    }
}
