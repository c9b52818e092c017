using static System.FormattableString;

namespace AutoDiff.NeuralNetworks;

/// <summary>What to do about gradients that are NaN or infinite.</summary>
public enum NonFiniteGradients
{
    /// <summary>Throw <see cref="NonFiniteGradientException"/>, before anything is changed.</summary>
    Throw,

    /// <summary>Change nothing and return the norm, which says so.</summary>
    Skip,
}

/// <summary>A gradient is NaN or infinite.</summary>
/// <param name="parameter">The first parameter that has one.</param>
/// <param name="index">Its first such element, row-major.</param>
/// <param name="value">That gradient.</param>
public sealed class NonFiniteGradientException(string parameter, int index, float value) : ArithmeticException(Invariant(
    $"The gradient of '{parameter}' is {value} at element {index}. Nothing was changed."))
{
    /// <summary>The first parameter that has one.</summary>
    public string Parameter { get; } = parameter;

    /// <summary>Its first such element, row-major.</summary>
    public int Index { get; } = index;
}
