namespace AutoDiff.Compiler.Emit;

/// <summary>One adjoint equation of a tensor operation.</summary>
/// <param name="Text">For instance <c>dX = dProduct · wᵀ</c>.</param>
/// <param name="Shape">The shape of what is on its left side, in the user's names; empty for numbers, and where several stand there.</param>
internal sealed record AdjointEquation(string Text, string Shape)
{
    /// <summary>The adjoint that it computes; the last one where a call computes several.</summary>
    public string Target => Text.IndexOf(" = ", StringComparison.Ordinal) is >= 0 and int end ? Text.Substring(0, end).Split([", "], StringSplitOptions.None).Last() : "";
}
