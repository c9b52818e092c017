using System.ComponentModel;
using System.Numerics;
using System.Numerics.Tensors;

namespace AutoDiff.Generated;

/// <summary>
/// The elements of a model's gradients, laid out as its parameters are. The gradients of its sub-models are ranges of the same buffer.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class GradientBuffer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ParameterArena<T> _arena;
    private readonly int _origin;
    private readonly int _end;
    private readonly Dictionary<ParameterSlot<T>, int> _starts;

    /// <summary>Zeros, one for each element of <paramref name="parameters"/>.</summary>
    public GradientBuffer(ParameterSet<T> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ParameterSet<T>.State state = parameters.Refresh();
        Values = new T[state.TotalLength];
        _arena = state.Arena;
        _origin = Math.Max(state.Start, 0);
        _end = state.Start < 0 ? 0 : state.Start + state.TotalLength;
        _starts = new(state.Slots.Length);
        int start = 0;
        foreach (ParameterSlot<T> slot in state.Slots)
        {
            _starts.Add(slot, start);
            start += slot.Length;
        }
    }

    internal T[] Values { get; }

    /// <summary>The elements that belong to <paramref name="slot"/>.</summary>
    internal Span<T> For(ParameterSlot<T> slot) => Values.AsSpan(StartOf(slot), slot.Length);

    internal Tensor<T> View(ParameterSlot<T> slot) => slot.CreateView(Values, StartOf(slot));

    internal int StartOf(ParameterSlot<T> slot)
    {
        // The usual case: both buffers have the same layout, but for where they begin.
        int offset = slot.BoundOffset;
        if (ReferenceEquals(slot.ArenaOrNull, _arena) && offset >= _origin && offset < _end)
            return offset - _origin;

        // The parameters have moved to a bigger buffer since, or are shared and do not lie side by side.
        return _starts.TryGetValue(slot, out int start)
            ? start
            : throw new ArgumentException($"{slot.Name} is not a parameter of the model that these gradients were made for.", nameof(slot));
    }
}
