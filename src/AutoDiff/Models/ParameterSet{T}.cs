using System.Collections;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace AutoDiff;

/// <summary>All parameters of a model, sub-models included: named tensors in one contiguous buffer.</summary>
/// <remarks>
/// The parameters come in the order of declaration, depth first. One that is reached by several ways (weight tying) is listed once,
/// under the first of its names. The set of a model that is part of a bigger one is a range of the bigger one's buffer.
/// Reading is safe from several threads; changing the structure of a model (adding to a list of sub-models, say) is not, and an
/// optimizer made before such a change does not know of it.
/// </remarks>
/// <typeparam name="T">The type of an element.</typeparam>
public sealed partial class ParameterSet<T> : IReadOnlyList<ParameterSlot<T>>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private ParameterSet(IModel<T> model) => _model = model;

    /// <summary>Every element of every parameter, in the order of the parameters: what optimizers and checkpoints work on.</summary>
    /// <exception cref="InvalidOperationException">
    /// The model is part of a bigger one and shares a parameter with another part of it, so that its own do not lie side by side.
    /// </exception>
    public Span<T> Flat
    {
        get
        {
            State state = CurrentState;
            return state.Arena.Values.Span.Slice(state.RequireContiguous(), state.TotalLength);
        }
    }

    /// <summary>The number of parameters (tensors).</summary>
    public int Count => CurrentState.Slots.Length;

    /// <summary>The number of elements of all parameters.</summary>
    public int TotalLength => CurrentState.TotalLength;

    /// <summary>The names of the parameters seen from this model, in order.</summary>
    public IReadOnlyList<string> Names => CurrentState.Names;

    /// <summary>The parameter at a position.</summary>
    public ParameterSlot<T> this[int index] => CurrentState.Slots[index];

    /// <summary>The parameter with a name, as in <c>Blocks.0.Attention.Wq</c>, seen from this model.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public ParameterSlot<T> this[string name] => TryGet(name, out ParameterSlot<T>? slot)
        ? slot
        : throw new KeyNotFoundException($"There is no parameter '{name}'. There are: {string.Join(", ", Names)}.");

    /// <summary>The parameter with a name, if there is one.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out ParameterSlot<T>? slot)
    {
        State state = CurrentState;
        int index = Array.IndexOf(state.Names, name);
        slot = index < 0 ? null : state.Slots[index];
        return index >= 0;
    }

    /// <summary>Draws the first values of every parameter anew.</summary>
    /// <remarks>
    /// A value depends on the seed, the name of its parameter seen from this model and its index, and on nothing else: the generator is
    /// counter-based. A new model has the values of seed 0.
    /// </remarks>
    public void Initialize(ulong seed)
    {
        State state = CurrentState;
        for (int i = 0; i < state.Slots.Length; i++)
            ParameterInitializer.Fill(state.Slots[i].Span, state.Slots[i], seed, state.Names[i]);
    }

    /// <summary>Copies the values of a model with the same parameters.</summary>
    /// <exception cref="ArgumentException">
    /// A parameter is missing or superfluous, or has another shape; nothing has been copied.
    /// </exception>
    public void CopyFrom(ParameterSet<T> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        State from = other.CurrentState;
        State to = CurrentState;
        if (from.Slots.Length != to.Slots.Length)
            throw new ArgumentException($"Expected {to.Slots.Length} parameters, but there are {from.Slots.Length}.", nameof(other));
        for (int i = 0; i < to.Slots.Length; i++)
        {
            if (from.Names[i] != to.Names[i])
                throw new ArgumentException($"Parameter {i}: expected {to.Names[i]}, but it is {from.Names[i]}.", nameof(other));
            if (!from.Slots[i].Shape.SequenceEqual(to.Slots[i].Shape))
            {
                throw new ArgumentException(
                    $"{to.Names[i]}: expected shape [{to.Slots[i].ShapeText}], but it is [{from.Slots[i].ShapeText}].", nameof(other));
            }
        }

        for (int i = 0; i < to.Slots.Length; i++)
            from.Slots[i].Span.CopyTo(to.Slots[i].Span);
    }

    /// <summary>Enumerates the parameters in order.</summary>
    public IEnumerator<ParameterSlot<T>> GetEnumerator() => ((IEnumerable<ParameterSlot<T>>)CurrentState.Slots).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>A table of names, shapes and sizes.</summary>
    public override string ToString() => ParameterTable.Format(this);

    /// <summary>The set of a model, created on first use; for generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static ParameterSet<T> Of(ref ParameterSet<T>? set, IModel<T> model)
        => set ?? Interlocked.CompareExchange(ref set, new ParameterSet<T>(model), null) ?? set;
}
