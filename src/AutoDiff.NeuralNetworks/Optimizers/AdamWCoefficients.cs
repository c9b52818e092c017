namespace AutoDiff.NeuralNetworks;

/// <summary>The numbers of one AdamW step that are the same for all elements: computed in double, rounded once, as PyTorch does.</summary>
internal readonly struct AdamWCoefficients
{
    /// <param name="options">β₁, β₂, ε.</param>
    /// <param name="learningRate">η.</param>
    /// <param name="weightDecay">λ, 0 for parameters that do not decay.</param>
    /// <param name="step">t, 1 for the first step.</param>
    /// <param name="gradientScale">What gradients are multiplied by before anything else.</param>
    public AdamWCoefficients(AdamWOptions options, double learningRate, double weightDecay, long step, float gradientScale)
    {
        GradientScale = gradientScale;
        Keep = (float)(1 - learningRate * weightDecay);
        (Beta1, Beta2) = ((float)options.Beta1, (float)options.Beta2);
        (Take1, Take2) = ((float)(1 - options.Beta1), (float)(1 - options.Beta2));
        StepSize = (float)(learningRate / (1 - Math.Pow(options.Beta1, step)));
        RootCorrection2 = (float)Math.Sqrt(1 - Math.Pow(options.Beta2, step));
        Epsilon = (float)options.Epsilon;
    }

    public readonly float GradientScale, Keep, Beta1, Beta2, Take1, Take2, StepSize, RootCorrection2, Epsilon;
}
