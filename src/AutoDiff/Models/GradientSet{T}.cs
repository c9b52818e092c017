using System.ComponentModel;
using System.Numerics;
using System.Numerics.Tensors;
using AutoDiff.Generated;

namespace AutoDiff;

/// <summary>
/// The gradients of a model: the same names, shapes and layout as its parameters. Base of the generated <c>Gradients</c>.
/// </summary>
/// <typeparam name="T">The type of an element.</typeparam>
public class GradientSet<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly GradientBuffer<T> _buffer;
    private readonly int _start;
    private readonly int _length;

    /// <summary>The gradients of <paramref name="parameters"/>, all zero, in a buffer of their own.</summary>
    public GradientSet(ParameterSet<T> parameters)
        : this(parameters, new GradientBuffer<T>(parameters))
    {
    }

    /// <summary>The gradients of <paramref name="parameters"/> as a part of <paramref name="buffer"/>; for generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public GradientSet(ParameterSet<T> parameters, GradientBuffer<T> buffer)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(buffer);
        Parameters = parameters;
        _buffer = buffer;
        _start = 0;
        if (parameters.Count == 0)
            return;

        _start = buffer.StartOf(parameters[0]);
        foreach (ParameterSlot<T> slot in parameters)
        {
            // Shared with a part that came earlier: this part has no range of its own.
            if (_start >= 0 && buffer.StartOf(slot) != _start + _length)
                _start = -1;
            _length += slot.Length;
        }
    }

    /// <summary>The parameters that these are the gradients of.</summary>
    public ParameterSet<T> Parameters { get; }

    /// <summary>Every element of every gradient, in the order of <see cref="Parameters"/>.</summary>
    /// <exception cref="InvalidOperationException">
    /// The model is part of a bigger one and shares a parameter with another part of it, so that its own do not lie side by side.
    /// </exception>
    public Span<T> Flat => _start >= 0
        ? _buffer.Values.Span.Slice(_start, _length)
        : throw new InvalidOperationException(
            "This model is part of a bigger one and shares parameters with another part of it, so its gradients do not lie side by side "
            + "in the buffer. Use the gradients of the whole model, or For(slot).");

    /// <summary>Sets every gradient to zero.</summary>
    public void Clear()
    {
        if (_start >= 0)
        {
            Flat.Clear();
            return;
        }
        for (int i = 0; i < Parameters.Count; i++)
            For(Parameters[i]).Clear();
    }

    /// <summary>The gradient of one parameter, row-major. Does not allocate.</summary>
    /// <exception cref="ArgumentException"><paramref name="slot"/> is not a parameter of the model.</exception>
    public Span<T> For(ParameterSlot<T> slot)
    {
        ArgumentNullException.ThrowIfNull(slot);
        return _buffer.For(slot);
    }

    /// <summary>The gradient of one parameter as a tensor of its shape: a view, not a copy.</summary>
    /// <exception cref="ArgumentException"><paramref name="slot"/> is not a parameter of the model.</exception>
    public Tensor<T> View(ParameterSlot<T> slot) => _buffer.View(slot);
}
