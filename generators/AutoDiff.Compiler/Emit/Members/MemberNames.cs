namespace AutoDiff.Compiler.Emit.Members;

/// <summary>Names of adjoints: <c>dw</c> and <c>dWeights</c> for variables and parameters, <c>DW</c> and <c>DWeights</c> in tuples.</summary>
internal static class MemberNames
{
    public static string Adjoint(string primal)
        => primal.Length == 1 || char.IsUpper(primal[1]) ? "d" + primal : "d" + CSharpNames.Pascal(primal);

    /// <summary>The destination of the gradient with respect to what a written span holds at entry.</summary>
    public static string AdjointAtEntry(string primal) => Adjoint(primal) + "AtEntry";

    /// <summary>One word for a leaf: <c>p.Position.X</c> is <c>pPositionX</c>, and the number of a <c>T?</c> is called as that.</summary>
    public static string Leaf(string path)
    {
        string[] names = path.Replace(".GetValueOrDefault()", "").Split('.');
        return names[0] + string.Join("", names.Skip(1).Select(static name => CSharpNames.Pascal(CSharpNames.ToIdentifier(name))));
    }

    public static string TupleElement(string primal) => "D" + CSharpNames.Pascal(primal);
}
