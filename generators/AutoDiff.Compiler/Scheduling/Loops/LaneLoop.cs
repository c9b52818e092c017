using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Scheduling.Loops;

/// <summary>An access to memory in a loop that runs in lanes, whose index has to be checked before the loop.</summary>
internal sealed record LaneCheck(Value Buffer, Value Index);

/// <summary>
/// What the emission of a loop in lanes needs to know: the kind of each value of the body, how carried values meet, and which accesses are not proved to be
/// inside their buffers. Made by <see cref="LaneAnalysis"/>.
/// </summary>
internal sealed class LaneLoop(For loop, ElementKind element)
{
    public For Loop { get; } = loop;

    /// <summary>The kind of all floating-point numbers in lanes.</summary>
    public ElementKind Element { get; } = element;

    public Dictionary<int, LaneKind> Kinds { get; } = [];

    /// <summary>By carried parameter; those that are not here stay what they are.</summary>
    public Dictionary<int, LaneReduction> Reductions { get; } = [];

    public List<LaneCheck> Checks { get; } = [];

    /// <summary>The stride with which an index moves from lane to lane, by index: 1 where it is not here.</summary>
    public Dictionary<int, IndexPolynomial> Strides { get; } = [];

    public LaneKind KindOf(Value value) => Kinds.TryGetValue(value.Id, out LaneKind kind) ? kind : LaneKind.Uniform;
}
