namespace AutoDiff.Compiler.Derivatives;

/// <summary>How to differentiate.</summary>
/// <param name="UnitSeed">The cotangent of the returned scalar is the constant 1 (<c>FGradient</c>) and not a parameter (<c>FVjp</c>).</param>
/// <param name="UseActivity">Off, everything differentiable gets an adjoint. Gradients are bit-equal either way.</param>
/// <param name="StoreEverything">Every residual of a loop is stored, none recomputed. Gradients are bit-equal either way.</param>
/// <param name="JoinsLoops">Whether an iteration may be differentiated right behind itself: the two parts are one method then.</param>
public sealed record DerivativeOptions(
    bool UnitSeed = false, bool UseActivity = true, bool StoreEverything = false, bool JoinsLoops = false)
{
    /// <summary>
    /// Whether the backward part may run iterations of a loop again, from a checkpoint of the memory that they work on. Gradients are bit-equal either way.
    /// </summary>
    public bool Checkpoints { get; init; }
}
