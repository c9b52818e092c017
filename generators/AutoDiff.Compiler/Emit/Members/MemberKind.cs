namespace AutoDiff.Compiler.Emit.Members;

/// <summary>The reverse-mode members of a method of scalars and spans.</summary>
internal enum MemberKind
{
    /// <summary><c>FGradient</c>: the cotangent of the result is 1.</summary>
    Gradient,

    /// <summary><c>FVjp</c>: cotangents are parameters.</summary>
    Vjp,
}
