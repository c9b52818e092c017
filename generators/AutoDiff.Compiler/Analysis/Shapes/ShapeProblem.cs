namespace AutoDiff.Compiler.Analysis.Shapes;

/// <summary>The kinds of mistakes with shapes; each has a diagnostic of its own.</summary>
public enum ShapeProblemKind
{
    /// <summary>The inner sizes of a matrix product.</summary>
    InnerSizes,

    /// <summary>The leading axes of a matrix product.</summary>
    Batch,

    /// <summary>Axes that neither are the same size nor 1.</summary>
    Broadcast,

    /// <summary>An axis that is not there, or given twice.</summary>
    Axis,

    /// <summary>A tensor with too few axes, or too many.</summary>
    Rank,

    /// <summary>Another number of elements.</summary>
    Count,

    /// <summary>Tensors that cannot be joined.</summary>
    Concat,

    /// <summary>A slice or an index that is not inside.</summary>
    Slice,

    /// <summary>Targets that are not one for each row.</summary>
    Targets,

    /// <summary>Two tensors that have to be of one shape.</summary>
    SameShape,

    /// <summary>A weight or bias that is not as long as the last axis.</summary>
    Features,
}

/// <summary>What is wrong with the shapes of an operation.</summary>
/// <param name="Reason">In the names and sizes of the shapes.</param>
/// <param name="Operand">Which operand is to blame, where one is.</param>
/// <param name="Fix">What to write instead, where that is known.</param>
public sealed record ShapeProblem(ShapeProblemKind Kind, string Reason, int Operand = 1, string? Fix = null);
