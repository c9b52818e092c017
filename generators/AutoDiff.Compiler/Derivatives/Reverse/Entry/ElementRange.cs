using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Scheduling.Loops;

namespace AutoDiff.Compiler.Derivatives.Reverse;

/// <summary>The elements from <paramref name="First"/> up to, without, <paramref name="End"/>.</summary>
/// <param name="First">The first index.</param>
/// <param name="End">The index behind the last.</param>
/// <param name="Path">The leaf of elements that are structs; null for all of it.</param>
internal sealed record ElementRange(IndexPolynomial First, IndexPolynomial End, string? Path)
{
    public static ElementRange Of(IndexPolynomial index, string path) => new(index, index + IndexPolynomial.Constant(1), path.Length == 0 ? null : path);

    /// <summary>Whether every element of the other one is proved to be in this one.</summary>
    public bool Covers(ElementRange other, IndexFacts facts)
        => HasPathOf(other) && facts.IsNonNegative(other.First - First) && facts.IsNonNegative(End - other.End);

    /// <summary>Both as one, where one begins at the end of the other; else null.</summary>
    public ElementRange? Join(ElementRange next)
    {
        if (Path != next.Path) return null;
        return End.IsSame(next.First) ? this with { End = next.End } : next.End.IsSame(First) ? next with { End = End } : null;
    }

    /// <summary>
    /// The ranges of all numbers of a loop's counter as one, where that of a number ends at the beginning of that of the next one; else null. Where a loop runs at all, the range of each of
    /// its iterations is inside.
    /// </summary>
    public ElementRange? Swept(For loop, IndexFacts facts)
    {
        IndexPolynomial stride = IndexPolynomial.Constant(loop.Stride);
        return loop.Stride > 0 && First.Split(IndexFacts.AtomOf(loop.Counter)) is var (step, rest) && IndexPolynomial.Multiply(step, stride) is { } distance
            && (End - First).IsSame(distance) && IndexPolynomial.Multiply(step, facts.Of(loop.Start)) is { } first
            && IndexPolynomial.Multiply(step, facts.Of(loop.End)) is { } last
            ? this with { First = rest + first, End = rest + last }
            : null;
    }

    public bool Mentions(Func<int, bool> atom) => First.Mentions(atom) || End.Mentions(atom);

    private bool HasPathOf(ElementRange other) => Path is null || Path == other.Path;
}
