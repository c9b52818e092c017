namespace AutoDiff.Compiler.Emit;

/// <summary>One line of the card of a tensor method: an operation, its shape, and the adjoint equation that is its transpose.</summary>
/// <param name="Step">The number of the user's statement.</param>
/// <param name="Left">The statement itself, or an operation inside of it: <c>product = x · w</c>.</param>
/// <param name="IsInner">Whether it is an operation inside of a statement.</param>
/// <param name="Shape">The shape of the result in the user's names; empty for numbers.</param>
/// <param name="Adjoints">For instance <c>dX = dProduct · wᵀ</c>; none where nothing active goes in.</param>
internal sealed record TensorStep(int Step, string Left, bool IsInner, string Shape, EquatableArray<AdjointEquation> Adjoints)
{
    /// <summary>The equations in one line.</summary>
    public string Adjoint => string.Join(", ", Adjoints.Select(static e => e.Text));
}
