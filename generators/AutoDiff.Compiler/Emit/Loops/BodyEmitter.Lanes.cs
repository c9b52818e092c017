using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Scheduling.Loops;

namespace AutoDiff.Compiler.Emit;

internal sealed partial class BodyEmitter
{
    private IndexFacts? _facts;

    /// <summary>The buffers that the member checks to be as long as others.</summary>
    public IReadOnlyDictionary<int, Value>? Twins { get; init; }

    // The method around is generic in the vector V.
    private void EmitLanes(For loop)
    {
        Region body = Plan.Layout.Root.Region;
        _facts ??= new IndexFacts([body], Twins);
        LaneLoop lanes = LaneAnalysis.Of(loop, _facts, LoopScheduler.ElementOf(body)!.Value, out string reason)
            ?? throw new InvalidOperationException($"the loop over {loop.Counter} does not run in lanes: {reason}");
        new LaneEmitter(context, lanes, _facts).Write(state => context.NameOf(Plan.VariableOf(state)));
    }
}
