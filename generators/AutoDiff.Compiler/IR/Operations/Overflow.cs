namespace AutoDiff.Compiler.IR;

/// <summary>What happens where a whole number does not fit into its type.</summary>
public enum Overflow
{
    /// <summary>What the project is compiled with.</summary>
    Default,

    /// <summary>The low bits are kept: <c>unchecked</c>.</summary>
    Wraps,

    /// <summary>It throws: <c>checked</c>.</summary>
    Throws,
}
