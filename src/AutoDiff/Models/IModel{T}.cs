using System.ComponentModel;
using System.Numerics;
using AutoDiff.Generated;

namespace AutoDiff;

/// <summary>A type with trainable parameters, its own and those of its sub-models. Implemented by generated code.</summary>
/// <remarks>
/// The parameters of a model and of everything below it lie in one contiguous buffer, in the order of declaration, depth first. A model
/// that is constructed on its own has a buffer of its own until a bigger model, of which it is a part, is asked for its parameters; then
/// its values move there, bit for bit, and its <see cref="Parameters"/> become a range of the bigger buffer.
/// </remarks>
/// <typeparam name="T">The type of an element of a parameter.</typeparam>
public interface IModel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>All parameters of this model, sub-models included.</summary>
    ParameterSet<T> Parameters { get; }

    /// <summary>The set that <see cref="Parameters"/> returns, as it is: without collecting the parameters first.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    ParameterSet<T> ParameterSet { get; }

    /// <summary>Shows <paramref name="walk"/> the model's own parameters, then its sub-models, in the order of declaration.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    void VisitParameters(ParameterWalk<T> walk);

    /// <summary>The gradients of this model as a part of <paramref name="buffer"/>.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    GradientSet<T> CreateGradients(GradientBuffer<T> buffer);
}
