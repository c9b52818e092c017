using AutoDiff.Kernels;

namespace AutoDiff.NeuralNetworks;

/// <summary>Adam with decoupled weight decay (Kingma and Ba 2015; Loshchilov and Hutter 2019), with bias correction.</summary>
/// <remarks>Step by step that of PyTorch. By default parameters of rank 2 and above decay, others do not.</remarks>
public sealed class AdamW : Optimizer
{
    private readonly AlignedMemory<float> _first, _second;

    /// <summary>AdamW with the given constants.</summary>
    public AdamW(ParameterSet<float> parameters, AdamWOptions options)
        : base(parameters, Checked(options).LearningRate, options.Decays ?? (static slot => slot.Shape.Length >= 2))
    {
        Options = options;
        _first = new(parameters.TotalLength);
        _second = new(parameters.TotalLength);
    }

    /// <summary>AdamW with the given constants.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A constant is outside of its range; see <see cref="AdamWOptions"/>.</exception>
    public AdamW(ParameterSet<float> parameters, double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999,
                 double epsilon = 1e-8, double weightDecay = 0.01, Func<ParameterSlot<float>, bool>? decays = null)
        : this(parameters, new AdamWOptions
        {
            LearningRate = learningRate, Beta1 = beta1, Beta2 = beta2, Epsilon = epsilon, WeightDecay = weightDecay, Decays = decays,
        })
    {
    }

    /// <summary>The constants.</summary>
    public AdamWOptions Options { get; }

    private protected override string Kind => nameof(AdamW);

    private protected override (string Name, Memory<float> Values)[] Buffers => [("first_moment", _first.Memory), ("second_moment", _second.Memory)];

    private protected override void Update(ReadOnlySpan<OptimizerChunk> chunks, ReadOnlySpan<float> gradients, float gradientScale)
    {
        new AdamWPass
        {
            Chunks = chunks, Parameters = Parameters.Flat, Gradients = gradients, First = _first.Span, Second = _second.Span,
            Decaying = new AdamWCoefficients(Options, LearningRate, Options.WeightDecay, StepCount, gradientScale),
            Plain = new AdamWCoefficients(Options, LearningRate, weightDecay: 0, StepCount, gradientScale),
        }.Run();
    }

    private static AdamWOptions Checked(AdamWOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options;
    }
}
