using System.Collections.Immutable;
using System.ComponentModel;
using System.Numerics;
using System.Numerics.Tensors;
using AutoDiff.Kernels;

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
    private readonly Dictionary<IModel<T>, GradientSet<T>?> _gradients = new(ReferenceEqualityComparer.Instance);

    /// <summary>Zeros, one for each element of <paramref name="parameters"/>.</summary>
    public GradientBuffer(ParameterSet<T> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ParameterSet<T>.State state = parameters.Refresh();
        Values = new(state.TotalLength);
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

    internal AlignedMemory<T> Values { get; }

    /// <summary>The gradients of a model in this buffer: the same object for a model that is reached by several ways.</summary>
    /// <returns>Null only for a model that is null.</returns>
    /// <exception cref="InvalidOperationException">The model contains itself.</exception>
    public TGradients Of<TGradients>(IModel<T>? model)
        where TGradients : GradientSet<T>
    {
        if (model is null)
            return null!;
        if (_gradients.TryGetValue(model, out GradientSet<T>? known))
        {
            return (TGradients)(known ?? throw new InvalidOperationException(
                $"A model of type {model.GetType().Name} contains itself. Mark the reference back to it [NoGradient]."));
        }

        _gradients.Add(model, null);
        GradientSet<T> created = model.CreateGradients(this);
        _gradients[model] = created;
        return (TGradients)created;
    }

    /// <summary>The gradients of a list of models.</summary>
    public IReadOnlyList<TGradients> OfList<TModel, TGradients>(IReadOnlyList<TModel>? models)
        where TModel : IModel<T>?
        where TGradients : GradientSet<T>
    {
        if (models is null)
            return [];
        var gradients = new TGradients[models.Count];
        for (int i = 0; i < gradients.Length; i++)
            gradients[i] = Of<TGradients>(models[i]);
        return gradients;
    }

    /// <inheritdoc cref="OfList{TModel, TGradients}(IReadOnlyList{TModel})"/>
    public IReadOnlyList<TGradients> OfList<TModel, TGradients>(ImmutableArray<TModel> models)
        where TModel : IModel<T>?
        where TGradients : GradientSet<T>
        => OfList<TModel, TGradients>(models.IsDefault ? null : (IReadOnlyList<TModel>)models);

    /// <summary>The gradients of those of the objects that are models, and null for the others.</summary>
    public IReadOnlyList<GradientSet<T>> OfAny(IReadOnlyList<object?>? models)
    {
        if (models is null)
            return [];
        var gradients = new GradientSet<T>[models.Count];
        for (int i = 0; i < gradients.Length; i++)
            gradients[i] = Of<GradientSet<T>>(models[i] as IModel<T>);
        return gradients;
    }

    /// <summary>The gradient of a parameter as a tensor of its shape.</summary>
    public Tensor<T> View(ParameterSlot<T> slot)
    {
        ArgumentNullException.ThrowIfNull(slot);
        return slot.CreateView(Values, StartOf(slot));
    }

    /// <summary>The elements that belong to <paramref name="slot"/>.</summary>
    internal Span<T> For(ParameterSlot<T> slot) => Values.Span.Slice(StartOf(slot), slot.Length);

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
