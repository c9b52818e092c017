namespace AutoDiff;

/// <summary>
/// How the first values of a parameter are drawn. All but the constants are multiplied by <see cref="ParameterAttribute.Scale"/>.
/// </summary>
/// <remarks>
/// <c>fanIn</c> is the length of the last dimension but one and <c>fanOut</c> that of the last, as in <c>MatMul(x, w)</c> with
/// <c>w</c> of shape <c>"in out"</c>.
/// </remarks>
public enum Initial
{
    /// <summary>By the rank: <see cref="KaimingUniform"/> for two dimensions or more, <see cref="Zeros"/> for less.</summary>
    Auto,

    /// <summary>0.</summary>
    Zeros,

    /// <summary>1.</summary>
    Ones,

    /// <summary>The normal distribution of mean 0 and standard deviation 1.</summary>
    Normal,

    /// <summary>The uniform distribution on [−1, 1).</summary>
    Uniform,

    /// <summary>Uniform on ±√(6 / fanIn): keeps the variance through rectifiers (He et al. 2015, arXiv:1502.01852).</summary>
    KaimingUniform,

    /// <summary>Uniform on ±√(6 / (fanIn + fanOut)): keeps the variance both ways (Glorot and Bengio 2010).</summary>
    XavierUniform,
}
