using System.ComponentModel;
using System.Numerics;

namespace AutoDiff.Generated;

/// <summary>A row of scratch memory of each thread, which kernels use for what one column loop leaves to the next.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RowScratch<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [ThreadStatic]
    private static T[]? t_row;

    /// <summary>At least <paramref name="length"/> elements. A kernel does not run inside another one of its thread, so that one row does for all.</summary>
    public static Span<T> Get(int length)
    {
        T[]? row = t_row;
        if (row is null || row.Length < length)
            t_row = row = GC.AllocateUninitializedArray<T>(Math.Max(length, 1024), pinned: true);
        return row;
    }
}
