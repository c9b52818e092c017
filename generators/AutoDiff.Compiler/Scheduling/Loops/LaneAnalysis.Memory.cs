using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Scheduling.Loops;

internal sealed partial class LaneAnalysis
{
    private void CheckMemory()
    {
        foreach (Access access in _accesses)
        {
            if (_facts.RootOf(access.Buffer) is null)
            {
                Refuse($"{NameOf(access.Buffer)} is one buffer or another");
                return;
            }

            CheckRange(access);
        }

        foreach (Access write in _accesses.Where(static a => a.IsWrite))
            foreach (Access other in _accesses)
                if (!ReferenceEquals(write, other) && Meet(write, other)) return;
        foreach (Access write in _accesses.Where(static a => a is { IsWrite: true, IsInner: true }))
        {
            // In a loop inside, the place of a lane must not move, unless all that happens there is that something is added.
            if (!IsOnlyAddedTo(_facts.RootOf(write.Buffer)!) && _facts.Of(write.Index).Mentions(atom => IsInside(atom) && atom != IndexFacts.AtomOf(_loop.Counter)) && KindOf(write.Index) == LaneKind.Affine)
                Refuse($"iterations may write the same elements of {NameOf(write.Buffer)}");
        }
    }

    private bool Meet(Access write, Access other)
    {
        Value root = _facts.RootOf(write.Buffer)!, otherRoot = _facts.RootOf(other.Buffer)!;
        if (root.Id != otherRoot.Id || IsOnlyAddedTo(root)) return false;
        if (KindOf(write.Index) != LaneKind.Affine && other.Instruction is Accumulate && KindOf(other.Index) == LaneKind.Uniform) return false;
        if (write.Buffer.Id != other.Buffer.Id && _facts.AreApart(write.Buffer, other.Buffer)) return false;
        IndexPolynomial distance = _facts.StartOf(write.Buffer) + _facts.Of(write.Index) - _facts.StartOf(other.Buffer) - _facts.Of(other.Index);
        if (KindOf(write.Index) == LaneKind.Affine && KindOf(other.Index) == LaneKind.Affine && distance.Split(IndexFacts.AtomOf(_loop.Counter)) is var (growth, _) && growth.AsConstant is 0)
        {
            // The same element in each iteration, or elements that the loop does not come to.
            IndexPolynomial trips = _loop.Stride > 0 ? _facts.Of(_loop.End) - _facts.Of(_loop.Start) : _facts.Of(_loop.Start) - _facts.Of(_loop.End);
            if (distance.AsConstant is 0 || _facts.IsNonNegative(distance - trips) || _facts.IsNonNegative(IndexPolynomial.Constant(0) - distance - trips)) return false;
        }

        Refuse(other.IsWrite ? $"iterations may write the same elements of {NameOf(root)}" : $"{NameOf(root)} is read where another iteration may write it");
        return true;
    }

    /// <summary>
    /// Whether the loop does no more to this memory than add to it: then it does not matter which iteration comes first to an element, as long as the lanes of one vector
    /// add to different ones.
    /// </summary>
    private bool IsOnlyAddedTo(Value root)
        => _accesses.All(a => a.Instruction is Accumulate || _facts.RootOf(a.Buffer)!.Id != root.Id);

    /// <summary>Whole vectors have no bounds check of their own: an index is proved to be inside, or checked once before the loop.</summary>
    private void CheckRange(Access access)
    {
        if (KindOf(access.Index) == LaneKind.Uniform)
        {
            // Read and written as in scalar code, with its check, unless a mask would have left it out.
            if (access.IsMasked && !IsProved(access) && !IsDoneAnyway(access)) Refuse($"{NameOf(access.Buffer)} is accessed under a condition");
            return;
        }

        if (IsProved(access)) return;
        bool isEarly = !_facts.Of(access.Index).Mentions(atom => IsInside(atom) && atom != IndexFacts.AtomOf(_loop.Counter)) && !_inside.Contains(access.Buffer.Id);
        if (access.IsMasked ? !IsDoneAnyway(access) : !isEarly)
        {
            Refuse(access.IsMasked ? $"{NameOf(access.Buffer)} is accessed under a condition" : $"an index of {NameOf(access.Buffer)} is not known before the loop");
            return;
        }

        if (!_lanes.Checks.Any(c => c.Buffer.Id == access.Buffer.Id && _facts.Of(c.Index).IsSame(_facts.Of(access.Index))))
            _lanes.Checks.Add(new LaneCheck(access.Buffer, access.Index));
    }

    private bool IsProved(Access access)
    {
        IndexPolynomial one = IndexPolynomial.Constant(1);
        (IndexPolynomial first, IndexPolynomial end) = _loop.Stride > 0
            ? (_facts.Of(_loop.Start), _facts.Of(_loop.End))
            : (_facts.Of(_loop.End) + one, _facts.Of(_loop.Start) + one);
        return _facts.IsInside(_facts.Of(access.Index), _loop.Counter, first, end, access.Buffer);
    }

    private bool IsDoneAnyway(Access access)
        => _accesses.Any(a => !a.IsMasked && !a.IsInner && a.Buffer.Id == access.Buffer.Id && _facts.Of(a.Index).IsSame(_facts.Of(access.Index)));
}
