using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit;

internal sealed partial class BodyEmitter
{
    /// <summary>Where the loops that run in lanes are written; the method around is generic in the vector.</summary>
    public LaneKernels? Kernels { get; init; }

    private void EmitLanes(For loop) => Kernels!.Write(loop, context, state => context.NameOf(Plan.VariableOf(state)));
}
