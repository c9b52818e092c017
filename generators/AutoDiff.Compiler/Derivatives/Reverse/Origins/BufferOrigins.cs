using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Derivatives.Reverse;

/// <summary>
/// Where the memory of a join comes from, as numbers that the backward part can read: which of its roots (<paramref name="Selector"/> is the position among
/// <paramref name="Roots"/>), from which element on, and how many. Null where there is nothing to say: one root, from its beginning.
/// </summary>
internal sealed record JoinOrigin(IReadOnlyList<OriginRoot> Roots, Value? Selector, Value? Start, Value Length);

/// <summary>The memory of one parameter or allocation; or, without a value, that of all allocations of a kind that outlive the region that makes them.</summary>
internal sealed record OriginRoot(Value? Buffer, BufferType Element);

/// <summary>What the backward part has to know of the memory that control flow chooses.</summary>
internal sealed class BufferOrigins(BufferRoots roots)
{
    public Dictionary<int, JoinOrigin> Joins { get; } = [];

    /// <summary>Where an allocation that outlives its region begins in the arena of its element kind.</summary>
    public Dictionary<int, Value> Starts { get; } = [];

    /// <summary>How many elements of a kind such allocations have together.</summary>
    public Dictionary<BufferType, Value> Totals { get; } = [];

    public BufferRoots Roots => roots;

    public JoinOrigin? Find(Value buffer) => Joins.TryGetValue(buffer.Id, out JoinOrigin? join) ? join : null;

    /// <summary>The length of a buffer, as a value of the forward part where the buffer itself may be gone.</summary>
    public Value LengthOf(Value buffer, InstructionBuilder builder)
    {
        if (roots.LengthOf(buffer) is { } known) return known;
        if (Find(buffer) is { } join) return join.Length;
        Value length = builder.Values.New(IrType.Int32);
        builder.Append(new BufferLength(length, buffer));
        return length;
    }
}
