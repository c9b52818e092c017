namespace AutoDiff.NeuralNetworks;

/// <summary>The normalisation before each part of a block.</summary>
public enum Normalization
{
    /// <summary>Mean 0 and variance 1, times a gain (Ba, Kiros and Hinton 2016); no bias.</summary>
    LayerNorm,

    /// <summary>Root mean square 1, times a gain (Zhang and Sennrich 2019).</summary>
    RmsNorm,
}
