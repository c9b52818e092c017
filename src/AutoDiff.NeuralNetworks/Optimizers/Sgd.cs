using AutoDiff.Kernels;
using static System.FormattableString;

namespace AutoDiff.NeuralNetworks;

/// <summary>Stochastic gradient descent with momentum (Polyak 1964), also Nesterov's, and coupled weight decay.</summary>
/// <remarks>Step by step that of PyTorch.</remarks>
public sealed class Sgd : Optimizer
{
    private readonly AlignedMemory<float>? _velocities;

    /// <summary>Gradient descent with the given constants.</summary>
    /// <exception cref="ArgumentException">Nesterov without a momentum, or with dampening.</exception>
    public Sgd(ParameterSet<float> parameters, SgdOptions options)
        : base(parameters, Checked(options).LearningRate, options.Decays ?? (static _ => true))
    {
        Options = options;
        if (options.Momentum > 0) _velocities = new(parameters.TotalLength);
    }

    /// <summary>Gradient descent with the given constants.</summary>
    /// <exception cref="ArgumentException">A constant is outside of its range; see <see cref="SgdOptions"/>.</exception>
    public Sgd(ParameterSet<float> parameters, double learningRate = 1e-3, double momentum = 0,
               double weightDecay = 0, bool nesterov = false)
        : this(parameters, new SgdOptions
        {
            LearningRate = learningRate, Momentum = momentum, WeightDecay = weightDecay, Nesterov = nesterov,
        })
    {
    }

    /// <summary>The constants.</summary>
    public SgdOptions Options { get; }

    private protected override string Kind => nameof(Sgd);

    private protected override (string Name, Memory<float> Values)[] Buffers => _velocities is null ? [] : [("velocity", _velocities.Memory)];

    private protected override void Update(ReadOnlySpan<OptimizerChunk> chunks, ReadOnlySpan<float> gradients, float gradientScale)
    {
        var decaying = new SgdCoefficients(Options, LearningRate, Options.WeightDecay, StepCount, gradientScale);
        var plain = new SgdCoefficients(Options, LearningRate, weightDecay: 0, StepCount, gradientScale);
        if (_velocities is null)
            new SgdPass
            {
                Chunks = chunks, Parameters = Parameters.Flat, Gradients = gradients, Decaying = decaying, Plain = plain,
            }.Run();
        else
            new MomentumPass
            {
                Chunks = chunks, Parameters = Parameters.Flat, Gradients = gradients, Velocities = _velocities.Span,
                Decaying = decaying, Plain = plain,
            }.Run();
    }

    private static SgdOptions Checked(SgdOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Nesterov && (options.Momentum == 0 || options.Dampening != 0))
            throw new ArgumentException(Invariant(
                $"options: Nesterov needs a momentum > 0 and no dampening, got {options.Momentum} and {options.Dampening}."),
                nameof(options));
        return options;
    }
}
