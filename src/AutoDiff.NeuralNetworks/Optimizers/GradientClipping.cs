using System.Numerics.Tensors;
using static System.FormattableString;

namespace AutoDiff.NeuralNetworks;

/// <summary>Scales gradients down where their norm is too large (Pascanu, Mikolov and Bengio 2013).</summary>
public static class GradientClipping
{
    private const double Guard = 1e-6; // PyTorch's clip_grad_norm_ divides by norm + 1e-6

    /// <summary>The Euclidean norm of all gradients together, accumulated in double in a fixed order.</summary>
    public static double Norm(GradientSet<float> gradients)
    {
        ArgumentNullException.ThrowIfNull(gradients);
        return Math.Sqrt(SumOfSquares.Of(gradients.Flat));
    }

    /// <summary>min(1, <paramref name="maxNorm"/> / (norm + 1e-6)).</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxNorm"/> is not positive, or the norm is NaN.</exception>
    public static float Scale(double norm, double maxNorm)
    {
        if (!(maxNorm > 0)) throw new ArgumentOutOfRangeException(nameof(maxNorm), maxNorm, "maxNorm: expected a number > 0.");
        if (!(norm >= 0)) throw new ArgumentOutOfRangeException(nameof(norm), norm, "norm: expected a number >= 0.");
        return double.IsPositiveInfinity(maxNorm) ? 1 : (float)Math.Min(1, maxNorm / (norm + Guard));
    }

    /// <summary>Multiplies all gradients by <see cref="Scale"/> of their norm.</summary>
    /// <returns>The norm before scaling.</returns>
    /// <exception cref="NonFiniteGradientException">A gradient is NaN or infinite, and the policy is to throw.</exception>
    public static double ByNorm(GradientSet<float> gradients, double maxNorm, NonFiniteGradients policy = NonFiniteGradients.Throw)
    {
        double norm = Norm(gradients);
        if (Proceed(gradients, gradients.Parameters, norm, policy) && Scale(norm, maxNorm) is var scale && scale < 1)
            TensorPrimitives.Multiply(gradients.Flat, scale, gradients.Flat);
        return norm;
    }

    /// <summary>Whether to go on with gradients of this norm.</summary>
    internal static bool Proceed(GradientSet<float> gradients, ParameterSet<float> parameters, double norm, NonFiniteGradients policy)
    {
        if (double.IsFinite(norm)) return true;
        if (policy == NonFiniteGradients.Skip) return false;
        foreach (var slot in parameters)
            if (FirstNonFinite(gradients.For(slot)) is var index and >= 0)
                throw new NonFiniteGradientException(slot.Name, index, gradients.For(slot)[index]);
        throw new ArithmeticException(Invariant($"The norm of the gradients is {norm}, though every gradient is finite."));
    }

    private static int FirstNonFinite(ReadOnlySpan<float> values)
    {
        for (int i = 0; i < values.Length; i++)
            if (!float.IsFinite(values[i])) return i;
        return -1;
    }

    /// <summary>The flat gradients, which must be those of the parameters.</summary>
    internal static Span<float> Flat(GradientSet<float> gradients, ParameterSet<float> parameters)
    {
        ArgumentNullException.ThrowIfNull(gradients);
        if (gradients.Flat.Length != parameters.TotalLength)
            throw new ArgumentException(Invariant(
                $"gradients: expected those of parameters of {parameters.TotalLength} numbers in all, got {gradients.Flat.Length}."), nameof(gradients));
        if (!ReferenceEquals(gradients.Parameters, parameters)) RequireShapes(gradients.Parameters, parameters, nameof(gradients));
        return gradients.Flat;
    }

    /// <summary>Gradients of a replica are as good as the model's own; those of as many numbers in other shapes are not.</summary>
    private static void RequireShapes(ParameterSet<float> given, ParameterSet<float> expected, string argument)
    {
        for (int i = 0; i < Math.Max(given.Count, expected.Count); i++)
            if (i >= given.Count || i >= expected.Count || !given[i].Shape.SequenceEqual(expected[i].Shape))
                throw new ArgumentException(
                    $"{argument}: expected those of {(i < expected.Count ? expected[i] : "nothing more")}, got those of {(i < given.Count ? given[i] : "nothing more")}.",
                    argument);
    }
}
