using System.ComponentModel;
using System.Numerics;
using AutoDiff.Simd;

namespace AutoDiff.Parallel;

/// <summary>A loop over rows, written once for every vector width.</summary>
/// <typeparam name="T">The element type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IRowLoop<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// Runs the rows from <paramref name="start"/> up to, not including, <paramref name="end"/>, with vectors <typeparamref name="V"/>.
    /// </summary>
    void Rows<V>(int start, int end)
        where V : struct, IVector<V, T>;
}
