using System.Numerics;

namespace AutoDiff;

public static partial class GradientCheck
{
    /// <summary>Compares the gradients of a model with central differences, parameter by parameter.</summary>
    /// <example><code>
    /// Mlp.Gradients gradients = model.CreateGradients();
    /// model.LossGradient(x, labels, gradients);
    /// GradientCheck.Verify(gradients, () => model.Loss(x, labels)).ThrowIfFailed();
    /// </code></example>
    /// <param name="gradients">∂loss/∂parameter at the parameters as they are.</param>
    /// <param name="loss">The loss at the parameters as they are when it is called: the same number for the same parameters, so dropout takes a fixed seed.</param>
    /// <param name="options">Step and tolerances; where null, those for the number type of the model.</param>
    /// <param name="entriesPerParameter">So many elements of each parameter are compared, evenly spread; 0 for all of them.</param>
    /// <returns>The report; <see cref="GradientCheckReport.WorstName"/> says which element of which parameter disagrees most.</returns>
    /// <remarks>Parameters are changed while it runs and have their values, to the bit, afterwards, also where <paramref name="loss"/> throws.</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="entriesPerParameter"/> is negative.</exception>
    public static GradientCheckReport Verify<T>(GradientSet<T> gradients, Func<T> loss, GradientCheckOptions? options = null, int entriesPerParameter = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(gradients);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentOutOfRangeException.ThrowIfNegative(entriesPerParameter);
        options ??= typeof(T) == typeof(double) ? GradientCheckOptions.Default : GradientCheckOptions.Single;
        var given = new List<double>();
        var numeric = new List<double>();
        var places = new List<(int Parameter, int Index)>();
        for (int p = 0; p < gradients.Parameters.Count; p++)
        {
            ParameterSlot<T> slot = gradients.Parameters[p];
            int count = entriesPerParameter == 0 ? slot.Length : Math.Min(entriesPerParameter, slot.Length);
            for (int k = 0; k < count; k++)
            {
                int index = (int)((long)k * slot.Length / count);
                places.Add((p, index));
                given.Add(double.CreateChecked(gradients.For(slot)[index]));
                numeric.Add(Slope(slot, index, loss, options.Step));
            }
        }

        GradientCheckReport report = Compare(given.ToArray(), numeric.ToArray(), options);
        if (report.WorstIndex < 0)
            return report;
        (int worst, int at) = places[report.WorstIndex];
        return report with { WorstName = $"{gradients.Parameters.Names[worst]}[{Coordinates(gradients.Parameters[worst], at)}]" };
    }

    private static double Slope<T>(ParameterSlot<T> slot, int index, Func<T> loss, double step)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T value = slot.Span[index];
        T h = T.CreateChecked(step) * T.Max(T.One, T.Abs(value));
        T above = value + h, below = value - h;
        try
        {
            slot.Span[index] = above;
            double high = double.CreateChecked(loss());
            slot.Span[index] = below;
            double low = double.CreateChecked(loss());
            return (high - low) / double.CreateChecked(above - below);
        }
        finally
        {
            slot.Span[index] = value;
        }
    }

    /// <summary>The row-major index as one index for each axis.</summary>
    private static string Coordinates<T>(ParameterSlot<T> slot, int index)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var coordinates = new Stack<string>();
        for (int axis = slot.Shape.Length - 1; axis >= 0; axis--)
        {
            int length = (int)slot.Shape[axis];
            coordinates.Push((index % length).ToString(System.Globalization.CultureInfo.InvariantCulture));
            index /= length;
        }

        return string.Join(", ", coordinates);
    }
}
