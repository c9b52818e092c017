namespace AutoDiff.Compiler.Emit;

/// <summary>The names of the members through which methods with tensors or models call each other.</summary>
internal static class PairNames
{
    /// <summary>Computes the result alone. The overload that takes a workspace is called by generated code.</summary>
    public const string Forward = "Forward";

    /// <summary>Computes the result and leaves residuals in the workspace.</summary>
    public const string Record = "Record";

    /// <summary>Takes the residuals back and computes the gradients.</summary>
    public const string Pullback = "Pullback";

    public static string Of(string method, string kind) => CSharpNames.Escape(method + kind);
}
