using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Transforms;

namespace AutoDiff.Compiler.Scheduling.Loops;

/// <summary>The schedule of a method of scalars and spans: where residuals lie, and which loops run in lanes.</summary>
internal static class ScalarSchedule
{
    public static Derivative Run(Derivative derivative)
    {
        int next = new[] { Numbering.NextId(derivative.Primal), Numbering.NextId(derivative.Forward), Numbering.NextId(derivative.Backward) }
            .Concat(derivative.Shadows.Select(static s => s.Value.Id + 1)).Concat(derivative.Cotangents.Select(static c => c.Value.Id + 1)).Max();
        var values = new ValueFactory(next);
        Region[] allocated = EarlyAllocations.Run(values, Parameters(derivative), derivative.Forward, ZeroStores.Run(derivative.Forward, derivative.Backward));
        derivative = TapeRuns.Run(derivative with { Forward = allocated[0], Backward = allocated[1] }, values);
        Region[] regions = LoopScheduler.Run(Twins(derivative), derivative.Forward, derivative.Backward);
        return derivative with { Forward = regions[0], Backward = regions[1] };
    }

    private static IEnumerable<Value> Parameters(Derivative derivative)
        => derivative.Primal.Parameters.Select(static p => p.Value).Concat(derivative.Shadows.Select(static s => s.Value)).Concat(derivative.Cotangents.Select(static c => c.Value));

    /// <summary>The buffers that members check to be as long as others.</summary>
    public static IReadOnlyDictionary<int, Value> Twins(Derivative derivative) => derivative.Shadows.ToDictionary(static s => s.Value.Id, static s => s.Primal);

    public static bool HasLanes(Derivative derivative) => LoopScheduler.HasLanes(derivative.Forward) || LoopScheduler.HasLanes(derivative.Backward);
}
