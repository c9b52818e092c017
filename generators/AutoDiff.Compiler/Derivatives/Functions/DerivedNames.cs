namespace AutoDiff.Compiler.Derivatives.Functions;

/// <summary>How the values of derivative functions are called.</summary>
public static class DerivedNames
{
    /// <summary>ẋ is <c>xDot</c>.</summary>
    public const string TangentSuffix = "Dot";

    /// <summary>The tangent of a value; nothing for a temporary.</summary>
    public static string Tangent(string primal) => primal.Length == 0 ? "" : primal + TangentSuffix;

    /// <summary>The adjoint of a value as a parameter or result: <c>dw</c>, <c>dWeights</c>.</summary>
    public static string Adjoint(string primal) => primal.Length == 1 ? "d" + primal : "d" + CSharpNames.Pascal(primal);
}
