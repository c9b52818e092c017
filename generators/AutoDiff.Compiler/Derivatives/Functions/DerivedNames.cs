namespace AutoDiff.Compiler.Derivatives.Functions;

/// <summary>How the values of derivative functions are called.</summary>
public static class DerivedNames
{
    /// <summary>ẋ is <c>xDot</c>.</summary>
    public const string TangentSuffix = "Dot";

    /// <summary>The tangent of a value; nothing for a temporary.</summary>
    public static string Tangent(string primal) => primal.Length == 0 ? "" : primal + TangentSuffix;

    /// <summary>The value whose tangent has a name.</summary>
    public static string PrimalOfTangent(string tangent)
        => tangent.EndsWith(TangentSuffix, StringComparison.Ordinal) ? tangent.Substring(0, tangent.Length - TangentSuffix.Length) : tangent;

    /// <summary>The adjoint of a value as a parameter or result: <c>dw</c>, <c>dWeights</c>.</summary>
    public static string Adjoint(string primal) => primal.Length == 1 ? "d" + primal : "d" + CSharpNames.Pascal(primal);
}
