using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Derivatives.Residuals;

/// <summary>
/// A region and its backward part while their pairs of loops and branches are settled, first to last in the backward part. What stands before the pair in the backward
/// part may move in front of it in the forward part, where nothing of it depends on what comes later.
/// </summary>
/// <param name="forward">The region.</param>
/// <param name="backward">Its backward part.</param>
/// <param name="outer">Where the region itself belongs to a branch: the seam at which that branch stands.</param>
internal sealed class Seam(Region forward, Region backward, Seam? outer)
{
    private readonly List<Instruction> _primal = [.. forward.Body], _adjoint = [.. backward.Body];
    private int _at = -1, _index = -1;

    public Instruction Primal
    {
        get => _primal[_at];
        set => _primal[_at] = value;
    }

    public Instruction Adjoint
    {
        get => _adjoint[_index];
        set => _adjoint[_index] = value;
    }

    public Region Forward => forward with { Body = _primal.ToEquatable() };

    public Region Backward => backward with { Body = _adjoint.ToEquatable() };

    /// <summary>Goes on to the next pair.</summary>
    public bool Next()
    {
        while (++_index < _adjoint.Count)
        {
            if (PairOf(_adjoint[_index]) is not (var pair and not 0)) continue;
            _at = _primal.FindIndex(p => PairOf(p) == pair);
            return true;
        }

        return false;
    }

    /// <summary>Puts instructions in the place of the adjoint.</summary>
    public void ReplaceAdjoint(IReadOnlyList<Instruction> instructions)
    {
        _adjoint.RemoveAt(_index);
        _adjoint.InsertRange(_index, instructions);
        _index += instructions.Count - 1;
    }

    /// <summary>The backward instructions of the region itself that run before the adjoint.</summary>
    public IEnumerable<Instruction> Own => _adjoint.Take(_index);

    /// <summary>The backward instructions that run before the adjoint, here and around.</summary>
    public IEnumerable<Instruction> Before => outer is null ? _adjoint.Take(_index) : outer.Before.Concat(_adjoint.Take(_index));

    /// <summary>
    /// What has to move in front of the forward part of the pair, so that a value is known there; null where it cannot be. Values of the forward part of the pair itself are not asked for.
    /// </summary>
    public List<Move>? Early(IEnumerable<Value> values)
    {
        var moves = new List<Move>();
        var known = new HashSet<int>();
        Dictionary<int, Place> places = Places();
        return values.All(Visit) ? moves : null;

        bool Visit(Value value)
        {
            if (known.Contains(value.Id) || !places.TryGetValue(value.Id, out Place place)) return true;
            if (place.IsAdjoint || place.Index >= place.Seam._at)
            {
                Instruction instruction = (place.IsAdjoint ? place.Seam._adjoint : place.Seam._primal)[place.Index];
                if (!(place.IsAdjoint ? MayMove(instruction) : IsArithmetic(instruction)) || !instruction.Operands.All(Visit)) return false;
                moves.Add(new Move(place.Seam, instruction));
            }

            known.Add(value.Id);
            return true;
        }
    }

    /// <summary>Moves instructions in front of the forward part of the pair.</summary>
    /// <param name="moves">What moves, in order.</param>
    /// <param name="rewrite">How it reads there.</param>
    public static void Apply(IEnumerable<Move> moves, Func<Instruction, Instruction> rewrite)
    {
        foreach (Move move in moves) move.Seam.MoveForward(move.Instruction, rewrite(move.Instruction));
    }

    /// <summary>Adds an instruction in front of the forward part of the pair.</summary>
    public void Insert(Instruction instruction) => _primal.Insert(_at++, instruction);

    private void MoveForward(Instruction instruction, Instruction rewritten)
    {
        int from = _adjoint.FindIndex(i => ReferenceEquals(i, instruction));
        if (from >= 0)
        {
            _adjoint.RemoveAt(from);
            if (from < _index) _index--;
            Insert(rewritten);
            return;
        }

        // Behind the pair in the forward part: nothing of the adjoint.
        _primal.RemoveAt(_primal.FindIndex(i => ReferenceEquals(i, instruction)));
        Insert(instruction);
    }

    // Fresh memory is the same wherever it is taken; a load is not moved past what may write.
    private static bool MayMove(Instruction instruction) => IsArithmetic(instruction) || instruction is SliceBuffer or AllocateBuffer;

    // What cannot throw.
    private static bool IsArithmetic(Instruction instruction)
        => instruction is Constant or BufferLength
            || instruction is Apply { Result.Type: ScalarType { Kind: var kind }, Operation: Elementwise { Op: var op } } && (!kind.IsInteger() || op is not (ScalarOp.Divide or ScalarOp.Remainder));

    private Dictionary<int, Place> Places()
    {
        Dictionary<int, Place> places = outer?.Places() ?? [];
        for (int i = 0; i < _primal.Count; i++)
            foreach (Value result in _primal[i].Results) places[result.Id] = new Place(this, false, i);
        for (int i = 0; i < _adjoint.Count; i++)
            foreach (Value result in _adjoint[i].Results) places[result.Id] = new Place(this, true, i);
        return places;
    }

    private static int PairOf(Instruction instruction) => instruction switch
    {
        If branch => branch.Pair,
        For loop => loop.Pair,
        While loop => loop.Pair,
        _ => 0,
    };

    private readonly record struct Place(Seam Seam, bool IsAdjoint, int Index);

    /// <summary>An instruction of the backward part that moves to the forward part of its seam.</summary>
    public sealed record Move(Seam Seam, Instruction Instruction);
}
