using System.ComponentModel;
using AutoDiff.Generated;

namespace AutoDiff;

// Where the parameters of a model live. A model is either a root, with an arena of its own, or a part of the last root that asked for its
// parameters and found it below. A root moves all slots below it into one arena; a part never moves anything.
public sealed partial class ParameterSet<T>
{
    // One for all models: structure is gathered rarely, and a lock for each model would have to be taken in an order.
    private static readonly Lock Gathering = new();

    private readonly IModel<T> _model;
    private ParameterSet<T>? _root;
    private State? _state;

    private State CurrentState => _state is { Arena.IsSuperseded: false } state ? state : Refresh();

    /// <summary>This set after a look at the structure of the model; for the generated <c>Parameters</c>.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ParameterSet<T> Current()
    {
        Refresh();
        return this;
    }

    internal State Refresh()
    {
        lock (Gathering)
        {
            // The root may have lost this part since: then it says so by clearing _root.
            if (_root is { } root)
                root.GatherAsRoot();
            if (_root is null)
                GatherAsRoot();
            else if (_state is not { Arena.IsSuperseded: false } || !IsUnchanged(_state, new ParameterWalk<T>(_model)))
                _state = Describe(new ParameterWalk<T>(_model));
            return _state!;
        }
    }

    private void GatherAsRoot()
    {
        var walk = new ParameterWalk<T>(_model);
        if (_state is { Arena.IsSuperseded: false } current && IsUnchanged(current, walk))
            return;

        int length = checked(walk.Slots.Sum(static slot => slot.Length));
        var arena = new ParameterArena<T>(length);
        int offset = 0;
        for (int i = 0; i < walk.Slots.Count; i++)
        {
            ParameterSlot<T> slot = walk.Slots[i];
            if (slot.ArenaOrNull is null)
                ParameterInitializer.Fill(arena.Values.Span.Slice(offset, slot.Length), slot, seed: 0, walk.Names[i]);
            slot.MoveTo(arena, offset, walk.Names[i]);
            offset += slot.Length;
        }

        ReleaseParts(walk);
        foreach (IModel<T> part in walk.SubModels)
        {
            part.ParameterSet.ReleaseParts(walk);
            part.ParameterSet._root = this;
        }
        _state = Describe(walk) with { Parts = [.. walk.SubModels], Arena = arena };
    }

    // What was below this root and is not in the new gathering becomes a root of its own, with the values it has.
    private void ReleaseParts(ParameterWalk<T> walk)
    {
        if (_state is null)
            return;
        _state.Arena.IsSuperseded = true;
        foreach (IModel<T> part in _state.Parts)
        {
            if (ReferenceEquals(part.ParameterSet._root, this) && !walk.Includes(part))
                part.ParameterSet._root = null;
        }
    }

    private static bool IsUnchanged(State state, ParameterWalk<T> walk)
    {
        if (!walk.Slots.SequenceEqual(state.Slots) || !walk.Names.SequenceEqual(state.Names))
            return false;
        foreach (ParameterSlot<T> slot in state.Slots)
        {
            if (!ReferenceEquals(slot.ArenaOrNull, state.Arena))
                return false;
        }
        // Parts are known of roots only. By reference: a record is equal to its copy.
        return state.Parts.Length == 0 || walk.SubModels.SequenceEqual(state.Parts, ReferenceEqualityComparer.Instance);
    }

    private static State Describe(ParameterWalk<T> walk)
    {
        ParameterSlot<T>[] slots = [.. walk.Slots];
        int start = slots.Length == 0 ? 0 : slots[0].BoundOffset;
        int end = start;
        bool isContiguous = true;
        int totalLength = 0;
        foreach (ParameterSlot<T> slot in slots)
        {
            isContiguous &= slot.BoundOffset == end;
            end = slot.BoundOffset + slot.Length;
            totalLength += slot.Length;
        }
        ParameterArena<T> arena = slots.Length == 0 ? new(0) : slots[0].ArenaOrNull!;
        return new(arena, slots, [.. walk.Names], [], isContiguous ? start : -1, totalLength);
    }

    /// <summary>What a set knows between two gatherings.</summary>
    /// <param name="Arena">Where the slots live.</param>
    /// <param name="Slots">The slots, in order.</param>
    /// <param name="Names">Their names seen from the model.</param>
    /// <param name="Parts">For a root, the models below it.</param>
    /// <param name="Start">The offset of the first slot, or −1 where the slots do not lie side by side.</param>
    /// <param name="TotalLength">The number of elements of all slots.</param>
    internal sealed record State(
        ParameterArena<T> Arena, ParameterSlot<T>[] Slots, string[] Names, IModel<T>[] Parts, int Start, int TotalLength)
    {
        public int RequireContiguous() => Start >= 0
            ? Start
            : throw new InvalidOperationException(
                "This model is part of a bigger one and shares parameters with another part of it, so its parameters do not lie side by "
                + "side in the buffer. Use the parameters of the whole model, or go through the parameters one by one.");
    }
}
