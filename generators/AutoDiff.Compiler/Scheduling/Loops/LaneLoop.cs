using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Scheduling.Loops;

/// <summary>An access to memory in a loop that runs in lanes, whose index has to be checked before the loop.</summary>
internal sealed record LaneCheck(Value Buffer, Value Index);

/// <summary>An instruction of a loop's body, or, where that is null, the place where a delayed value is known in all lanes: by its index among the carried values.</summary>
internal readonly record struct LaneStep(Instruction? Instruction, int Delayed);

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

    /// <summary>By carried parameter; those that are neither here nor delayed stay what they are.</summary>
    public Dictionary<int, LaneReduction> Reductions { get; } = [];

    /// <summary>The carried parameters that hold what the iteration before made, by id: a lane takes over what the lane beside it has.</summary>
    public HashSet<int> Delayed { get; } = [];

    /// <summary>The body in the order in which lanes run it: what the next iteration takes over is made before that is used. Null for the order in which it is written.</summary>
    public IReadOnlyList<LaneStep>? Order { get; set; }

    public List<LaneCheck> Checks { get; } = [];

    /// <summary>The stride with which an index moves from lane to lane, by index: 1 where it is not here.</summary>
    public Dictionary<int, IndexPolynomial> Strides { get; } = [];

    public LaneKind KindOf(Value value) => Kinds.TryGetValue(value.Id, out LaneKind kind) ? kind : LaneKind.Uniform;
}
