using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Analysis.Shapes;

/// <summary>Shapes that cannot be: the message names both, and where it can what would fix it.</summary>
public sealed class ShapeException(string message) : Exception(message);

/// <summary>Sizes that differ in name are taken to be equal, since they may be; only what is certainly wrong throws.</summary>
internal sealed class ProvableSizes : ISizes
{
    public static ProvableSizes Instance { get; } = new();

    public bool RestIsOneAxis => true;

    public Dim? Same(Dim a, Dim b) => SizeComparison.Compare(a, b, static _ => false) == SizeRelation.Different ? null
        : a.Literal is null && b.Literal is not null ? b : a;

    public Dim? Stretch(Dim a, Dim b) => Same(a, b);

    public Shape? Fail(ShapeProblem problem) => throw new ShapeException(problem.Reason);
}
