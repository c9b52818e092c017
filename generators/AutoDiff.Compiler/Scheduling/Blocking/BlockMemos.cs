namespace AutoDiff.Compiler.Scheduling;

/// <summary>What the block loops of a forward part leave to those of its backward part where there is little of it.</summary>
/// <param name="Kept">The ids of the matrices.</param>
/// <param name="Recomputed">The ids of what the backward part computes again where they are not there, the matrices included.</param>
internal sealed record BlockMemos(IReadOnlyCollection<int> Kept, IReadOnlyCollection<int> Recomputed)
{
    public static readonly BlockMemos None = new([], []);
}
