namespace AutoDiff.Compiler.IR;

/// <summary>Which dimensions are the same size: equal polynomials, and the classes of those that constraints equate.</summary>
internal sealed class DimEquality
{
    private readonly Dictionary<Dim, Dim> _parents = [];

    public DimEquality(EquatableArray<DimConstraint> constraints)
    {
        foreach (DimConstraint constraint in constraints)
        {
            Dim left = Root(constraint.Left), right = Root(constraint.Right);
            if (left != right) _parents[left] = right;
        }
    }

    public bool AreEqual(Dim a, Dim b) => a == b || Root(a) == Root(b) || Canonical(a) == Canonical(b);

    /// <summary>The dimension over one name of each class.</summary>
    private Dim Canonical(Dim dim) => Root(dim.Substitute(symbol => Root(Dim.Symbol(symbol))));

    private Dim Root(Dim dim)
    {
        while (_parents.TryGetValue(dim, out Dim? parent)) dim = parent;
        return dim;
    }
}
