using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AutoDiff.Generated;

/// <summary>Sequences as generated members see them: their elements, one behind the other.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Sequences
{
    /// <summary>The elements of a sequence: where they are, if they lie in one piece, else a copy.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="sequence"/> is null.</exception>
    public static ReadOnlySpan<T> Elements<T>(IEnumerable<T> sequence, [CallerArgumentExpression(nameof(sequence))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(sequence, name);
        return sequence switch
        {
            T[] array => array,
            List<T> list => CollectionsMarshal.AsSpan(list),
            _ => sequence.ToArray(),
        };
    }
}
