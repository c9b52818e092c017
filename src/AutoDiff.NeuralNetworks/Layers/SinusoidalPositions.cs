using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using static AutoDiff.Ops;

namespace AutoDiff.NeuralNetworks;

/// <summary>
/// Adds a fixed vector of waves for each position: sin(p/10000^(2i/width)) in channel 2i and the cosine in channel 2i + 1 (Vaswani et al. 2017, section 3.5). Nothing is
/// trained.
/// </summary>
/// <param name="context">The largest number of positions.</param>
/// <param name="width">The number of channels.</param>
[Differentiable]
public sealed partial class SinusoidalPositions(int context, int width)
{
    /// <summary>The largest number of positions.</summary>
    public int Context { get; } = context;

    /// <summary>The number of channels.</summary>
    public int Width { get; } = width;

    /// <summary>The vectors, one a row.</summary>
    [NoGradient, Shape("Context Width")]
    public Tensor<float> Table { get; } = Waves(context, width);

    /// <summary>x plus the vectors of positions 0, 1, 2, ….</summary>
    /// <param name="x">(batch, time, width) with time at most context.</param>
    /// <returns>(batch, time, width).</returns>
    /// <exception cref="ArgumentException">There are more positions than the context has.</exception>
    [Differentiable]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    [return: Shape("batch time width")]
    public Tensor<float> Forward([Shape("batch time width"), AtMost("time", "context")] Tensor<float> x)
    {
        int time = (int)x.Lengths[1];
        if (time > Context) throw new ArgumentException($"x: {time} positions, and the context has {Context}.", nameof(x));
        return x + Slice(Table, 0, 0, time);
    }

    private static Tensor<float> Waves(int context, int width)
    {
        var table = new float[checked(context * width)];
        for (int p = 0; p < context; p++)
        {
            for (int c = 0; c < width; c++)
            {
                double angle = p / Math.Pow(10000, (c - c % 2) / (double)width);
                table[p * width + c] = (float)(c % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle));
            }
        }

        return Tensor.Create(table, [context, width]);
    }
}
