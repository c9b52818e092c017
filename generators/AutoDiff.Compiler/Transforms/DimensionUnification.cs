using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Transforms;

/// <summary>
/// Writes sizes that the method takes to be equal (checked at its entry) in one way, so that shapes which are the same look the same: fusion and views compare
/// symbols.
/// </summary>
internal static class DimensionUnification
{
    public static Function Run(Function function)
    {
        var map = new Dictionary<string, Dim>(StringComparer.Ordinal);
        Dim? Lookup(string symbol) => map.TryGetValue(symbol, out Dim? dim) ? dim : null;
        foreach (DimConstraint constraint in function.Constraints)
        {
            Dim left = constraint.Left.Substitute(Lookup), right = constraint.Right.Substitute(Lookup);
            if (left == right) continue;
            (string? symbol, Dim value) = Eliminate(left, right);
            if (symbol is null) continue;
            foreach (string known in map.Keys.ToArray()) map[known] = map[known].Substitute(s => s == symbol ? value : null);
            map[symbol] = value;
        }

        return map.Count == 0 ? function : DimensionSubstitution.Run(function, Lookup);
    }

    /// <summary>Which of two equal sizes gives way: a number of a member to a name of the method, a long name to a short one.</summary>
    private static (string? Symbol, Dim Value) Eliminate(Dim left, Dim right)
    {
        bool leftGoes = left.Name is { } l && !right.Symbols.Contains(l), rightGoes = right.Name is { } r && !left.Symbols.Contains(r);
        if (leftGoes && rightGoes) leftGoes = left.Name!.Length > right.Name!.Length;
        return leftGoes ? (left.Name, right) : rightGoes ? (right.Name, left) : (null, left);
    }
}
