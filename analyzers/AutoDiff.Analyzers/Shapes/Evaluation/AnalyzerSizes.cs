using AutoDiff.Compiler.Analysis.Shapes;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Analyzers.Shapes;

/// <summary>What the analyzers make of the rules: wrong is what cannot be right, everything else is silent.</summary>
internal sealed class AnalyzerSizes(MethodNames names) : ISizes
{
    /// <summary>The problem of the operation that was asked last.</summary>
    public ShapeProblem? Problem { get; private set; }

    /// <summary>Two sizes that have to be the same, and that nothing shows to be so.</summary>
    public (Dim Left, Dim Right)? Unproven { get; private set; }

    public bool RestIsOneAxis => false;

    public void Reset() => (Problem, Unproven) = (null, null);

    public Shape? Fail(ShapeProblem problem)
    {
        Problem ??= problem;
        return null;
    }

    public Dim? Same(Dim a, Dim b)
    {
        switch (Compare(a, b))
        {
            case SizeRelation.Different:
                return null;
            case SizeRelation.Equal:
                return a;
        }

        if (a.IsUnknown()) return b;
        if (b.IsUnknown()) return a;
        Note(a, b);
        return a.Literal is null ? b.Literal is null ? a : b : a;
    }

    public Dim? Stretch(Dim a, Dim b)
    {
        switch (Compare(a, b))
        {
            case SizeRelation.Different:
                // A name that is not declared to be any size may be 1.
                return a.Literal is not null && b.Literal is not null || IsRigid(a) && IsRigid(b) || (a - b).Literal is not null ? null
                    : SizeComparison.Unknown;
            case SizeRelation.Equal:
                return a;
        }

        if (a.Literal is not null) return a;
        if (b.Literal is not null) return b;
        if (a.IsUnknown()) return IsRigid(b) ? b : SizeComparison.Unknown;
        if (b.IsUnknown()) return IsRigid(a) ? a : SizeComparison.Unknown;
        Note(a, b);
        return SizeComparison.Unknown;
    }

    private void Note(Dim a, Dim b)
    {
        if (!a.HasRest() && !b.HasRest()) Unproven ??= (a, b);
    }

    private SizeRelation Compare(Dim a, Dim b)
    {
        SizeRelation relation = SizeComparison.Compare(a, b, a.Name is { } x && (b.Name is not null || names.IsFree(x)) || b.Name is { } y && names.IsFree(y)
            ? names.IsOpen : names.IsRigid);
        return relation == SizeRelation.Unknown && (IsMore(a, b) || IsMore(b, a)) ? SizeRelation.Different : relation;
    }

    /// <summary>n + m and n: the same only where m is 0.</summary>
    private bool IsMore(Dim a, Dim b)
    {
        if (a.IsUnknown() || b.IsUnknown()) return false;
        Dim difference = a - b;
        return difference.Literal is null && !difference.HasRest() && difference.Terms.All(static t => t.Numerator > 0) && difference.Symbols.All(names.IsOpen);
    }

    private bool IsRigid(Dim size) => size.Symbols.All(names.IsOpen);
}
