namespace AutoDiff.NeuralNetworks;

/// <summary>The numbers of one step of gradient descent that are the same for all elements.</summary>
internal readonly struct SgdCoefficients
{
    /// <param name="options">μ, τ, Nesterov.</param>
    /// <param name="learningRate">η.</param>
    /// <param name="weightDecay">λ, 0 for parameters that do not decay.</param>
    /// <param name="step">1 for the first step, whose velocity is the gradient itself.</param>
    /// <param name="gradientScale">What gradients are multiplied by before anything else.</param>
    public SgdCoefficients(SgdOptions options, double learningRate, double weightDecay, long step, float gradientScale)
    {
        (GradientScale, WeightDecay, LearningRate) = (gradientScale, (float)weightDecay, (float)learningRate);
        Keep = (float)options.Momentum;
        Take = step == 1 ? 1 : (float)(1 - options.Dampening);
        // The direction is direct · g + ahead · b: (0, 1) along the velocity, (1, μ) with Nesterov's look ahead.
        (Direct, Ahead) = options.Nesterov ? (1, Keep) : (0, 1);
    }

    public readonly float GradientScale, WeightDecay, LearningRate, Keep, Take, Direct, Ahead;
}
