using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Scheduling.Loops;

namespace AutoDiff.Compiler.Derivatives.Reverse;

/// <summary>Elements of one buffer that every path to a point has written.</summary>
internal sealed class WrittenRanges(IndexFacts facts)
{
    private List<ElementRange> _ranges = [];
    private bool _isUnreachable;

    public WrittenRanges Copy() => new(facts) { _ranges = [.. _ranges], _isUnreachable = _isUnreachable };

    /// <summary>For a point that is never reached.</summary>
    public void AddEverything() => _isUnreachable = true;

    public bool Covers(ElementRange range) => _isUnreachable || _ranges.Any(r => r.Covers(range, facts));

    public void Add(ElementRange range)
    {
        for (int k = 0; k < _ranges.Count; k++)
        {
            if (_ranges[k].Covers(range, facts)) return;
            if (_ranges[k].Join(range) is not { } joined) continue;
            _ranges.RemoveAt(k);
            Add(joined);
            return;
        }

        _ranges.Add(range);
    }

    /// <summary>What both arms of a branch have written.</summary>
    public void AddBoth(WrittenRanges then, WrittenRanges otherwise)
    {
        foreach (ElementRange range in then._ranges)
            if (otherwise.Covers(range)) Add(range);
        foreach (ElementRange range in otherwise._ranges)
            if (then.Covers(range)) Add(range);
        _isUnreachable = then._isUnreachable && otherwise._isUnreachable;
    }

    /// <summary>
    /// What all iterations of a loop have written, of what one writes: where the piece of an iteration ends at the beginning of the next one, all from the first to the
    /// last.
    /// </summary>
    public void AddSwept(WrittenRanges body, For loop, HashSet<int> inside)
    {
        foreach (ElementRange range in body._ranges)
            if (range.Swept(loop, facts) is { } all && !all.Mentions(inside.Contains)) Add(all);
    }
}
