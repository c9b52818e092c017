using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Analysis.Shapes;

/// <summary>
/// Who asks a shape rule decides what follows from it: the compiler takes sizes that may be the same to be so and has that checked at run
/// time, an analyzer stays silent about them, the verifier refuses what is certainly wrong.
/// </summary>
public interface ISizes
{
    /// <summary>Two sizes that have to be the same: the one to go on with, or null where they are certainly not.</summary>
    Dim? Same(Dim a, Dim b);

    /// <summary>Two sizes of which either may be 1, none of them being the number 1: the size of both together, or null.</summary>
    Dim? Stretch(Dim a, Dim b);

    /// <summary>Whether leading axes <c>...</c> count as one axis, as in the flat loops of the compiler.</summary>
    bool RestIsOneAxis { get; }

    /// <summary>Reports a problem. The result, where it returns, is the shape to go on with.</summary>
    Shape? Fail(ShapeProblem problem);
}
