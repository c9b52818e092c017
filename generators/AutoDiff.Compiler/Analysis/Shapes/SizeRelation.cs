using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Analysis.Shapes;

/// <summary>What can be said about two sizes.</summary>
public enum SizeRelation
{
    /// <summary>The same for every binding of the names.</summary>
    Equal,

    /// <summary>Not the same, or not for every size that the declarations allow.</summary>
    Different,

    /// <summary>The same for some bindings, perhaps for all that occur.</summary>
    Unknown,
}

/// <summary>Compares sizes. Numbers are compared as they are; names only where they were declared to stand for any size.</summary>
public static class SizeComparison
{
    /// <summary>The symbol of a size of which nothing is known. Unlike a name it is not even the same as itself.</summary>
    public const string UnknownSymbol = "?";

    /// <summary>Any number of leading axes of which nothing is known.</summary>
    public const string UnknownRest = ShapeText.Rest + UnknownSymbol;

    public static readonly Dim Unknown = Dim.Symbol(UnknownSymbol);

    /// <summary>Whether nothing can be said about a size.</summary>
    public static bool IsUnknown(this Dim size)
    {
        foreach (DimTerm term in size.Terms)
            foreach (DimPower power in term.Powers)
                if (power.Symbol is UnknownSymbol or UnknownRest) return true;
        return false;
    }

    /// <summary>The relation of two sizes.</summary>
    /// <param name="isRigid">
    /// Whether a name was declared, by a shape text, to be any size independently of the others. Two polynomials over such names that
    /// are not equal do not agree for every size that the declaration allows.
    /// </param>
    public static SizeRelation Compare(Dim a, Dim b, Func<string, bool> isRigid)
    {
        if (a.IsUnknown() || b.IsUnknown()) return SizeRelation.Unknown;
        if (a == b) return SizeRelation.Equal;
        if ((a - b).Literal is not null || AreMultiples(a, b)) return SizeRelation.Different;
        (a, b) = WithoutRest(a, b);
        if (a.Literal is not null || b.Literal is not null)
            return a.Literal is not null && b.Literal is not null ? SizeRelation.Different : SizeRelation.Unknown;
        return a.Symbols.Concat(b.Symbols).All(s => !IsRest(s) && isRigid(s)) ? SizeRelation.Different : SizeRelation.Unknown;
    }

    /// <summary>Whether a size is said in leading axes.</summary>
    public static bool HasRest(this Dim size)
    {
        foreach (DimTerm term in size.Terms)
            foreach (DimPower power in term.Powers)
                if (IsRest(power.Symbol)) return true;
        return false;
    }

    internal static bool IsRest(string symbol) => symbol.StartsWith(ShapeText.Rest, StringComparison.Ordinal);

    /// <summary>4·n and 5·n: the same only where n is 0.</summary>
    private static bool AreMultiples(Dim a, Dim b)
        => a.Terms.Length == 1 && b.Terms.Length == 1 && a.Terms[0].Powers == b.Terms[0].Powers;

    /// <summary>The leading axes that are a factor of both.</summary>
    private static (Dim A, Dim B) WithoutRest(Dim a, Dim b)
    {
        string? rest = a.HasRest() ? a.Symbols.First(IsRest) : null;
        if (rest is null || Dim.Divide(a, Dim.Symbol(rest)) is not { } x || Dim.Divide(b, Dim.Symbol(rest)) is not { } y) return (a, b);
        return x.HasRest() || y.HasRest() ? (a, b) : (x, y);
    }
}
