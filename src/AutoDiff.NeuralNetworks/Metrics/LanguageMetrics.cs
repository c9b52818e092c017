namespace AutoDiff.NeuralNetworks;

/// <summary>Other ways to say a cross-entropy.</summary>
public static class LanguageMetrics
{
    /// <summary>e^loss: the number of equally likely tokens that the model hesitates between.</summary>
    public static double Perplexity(double loss) => Math.Exp(loss);

    /// <summary>The loss in bits per token.</summary>
    public static double BitsPerToken(double loss) => loss / Math.Log(2);
}
