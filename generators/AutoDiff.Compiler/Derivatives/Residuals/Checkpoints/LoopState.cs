using AutoDiff.Compiler.Analysis;
using AutoDiff.Compiler.Derivatives.Reverse;
using AutoDiff.Compiler.Emit;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Scheduling.Loops;

namespace AutoDiff.Compiler.Derivatives.Residuals;

/// <summary>
/// What an iteration of a loop takes over in memory from the iterations before it: the buffers that the loop writes and that an iteration may read before it has written
/// them. From their contents at its start an iteration can be run again.
/// </summary>
/// <param name="Restored">Those buffers: a checkpoint saves them.</param>
/// <param name="Written">Every buffer that the loop writes.</param>
internal sealed record LoopState(EquatableArray<Value> Restored, EquatableArray<Value> Written)
{
    // An elementary function, as VectorText counts: what costs that much is saved, and not computed twice.
    private const int Expensive = 20;

    /// <summary>Null where an iteration cannot be run again, or is not worth it.</summary>
    public static LoopState? Of(For loop, Function function, BufferFacts buffers)
    {
        if (loop.HasCondition || loop.Stride is not (1 or -1) || !loop.Counter.Type.Equals(IrType.Int32)) return null;
        if (loop.Body.Parameters.Any(static p => p.Type is not ScalarType) || !loop.Body.Body.Any(static i => i is For) || !IsRepeatable(loop.Body)) return null;
        var facts = new IndexFacts([function.Body]);
        var roots = new Dictionary<int, Value>();
        foreach (Value buffer in loop.Body.Body.SelectMany(UnchangedMemory.Written))
        {
            if (facts.RootOf(buffer) is not { } root || buffers.IsChosen(buffer) || root.Type is not BufferType { Struct: null, Element: not ElementKind.Generic }) return null;
            roots[root.Id] = root;
        }

        // Other memory has to be as it was, whenever the iteration runs again.
        if (!Reads(loop.Body).All(i => i is Load load ? IsOwn(load.Buffer) || buffers.MayReload(load) : IsOwn(i.Operands[1]) || !buffers.IsWritten(i.Operands[1]) && !buffers.IsChosen(i.Operands[1]))) return null;

        // Views from outside would have to be taken of what is restored, too.
        if (FreeValues.Of(loop.Body).Any(v => v.Type is BufferType && (facts.RootOf(v) is not { } root || root.Id != v.Id && roots.ContainsKey(root.Id)))) return null;
        var origins = new BufferRoots(function.Parameters, function.Body);
        Value[] restored = [.. roots.Values.Where(r => EntryReads.Any(loop.Body, r, facts, origins))];

        // Of other memory, the last iteration's contents are lost: nobody may see them.
        Value?[] returned = [.. function.Body.Yields.Where(static v => v.Type is BufferType).Select(facts.RootOf)];
        return roots.Values.All(r => restored.Contains(r) || facts.DefinitionOf(r) is AllocateBuffer && !returned.Contains(null) && !returned.Contains(r))
            ? new LoopState(restored.ToEquatable(), roots.Values.ToEquatable()) : null;

        bool IsOwn(Value buffer) => facts.RootOf(buffer) is { } root && roots.ContainsKey(root.Id);
    }

    /// <summary>What reads memory, at any depth.</summary>
    private static IEnumerable<Instruction> Reads(Region region)
        => region.Body.SelectMany(static i => (i is Load or CopyBuffer ? [i] : Enumerable.Empty<Instruction>()).Concat(i.Regions.SelectMany(Reads)));

    private static bool IsRepeatable(Region region) => region.Body.All(static instruction => instruction switch
    {
        Constant or Load or Store or BufferLength or SliceBuffer or FillBuffer or CopyBuffer => true,
        Apply { Operation: Elementwise { Op: var op }, Result.Type: ScalarType } => VectorText.Cost(op) < Expensive,
        If or For { HasCondition: false } => instruction.Results.All(static r => r.Type is ScalarType) && instruction.Regions.All(IsRepeatable),
        _ => false,
    });
}
