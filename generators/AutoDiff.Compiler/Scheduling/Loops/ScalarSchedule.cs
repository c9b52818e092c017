using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Transforms;

namespace AutoDiff.Compiler.Scheduling.Loops;

/// <summary>The schedule of a method of scalars and spans: where residuals lie, and which loops run in lanes.</summary>
internal static class ScalarSchedule
{
    public static Derivative Run(Derivative derivative) => Run(derivative, Parameters(derivative), Twins(derivative));

    /// <param name="derivative">A forward part and a backward part that follows it.</param>
    /// <param name="parameters">The values that are known where the forward part starts.</param>
    /// <param name="twins">The buffers that the member checks to be as long as others, by id.</param>
    public static Derivative Run(Derivative derivative, IReadOnlyList<Value> parameters, IReadOnlyDictionary<int, Value> twins)
    {
        int next = new[] { Numbering.NextId(derivative.Primal), Numbering.NextId(derivative.Forward), Numbering.NextId(derivative.Backward) }
            .Concat(parameters.Select(static v => v.Id + 1)).Max();
        var values = new ValueFactory(next);
        (Region forward, Region backward) = ZeroStores.Run(derivative.Forward, derivative.Backward);
        Region[] allocated = EarlyAllocations.Run(values, parameters, forward, backward);
        derivative = TapeRuns.Run(derivative with { Forward = allocated[0], Backward = allocated[1] }, values);
        (forward, backward) = StackMemory.Run(derivative.Forward, derivative.Backward, values);
        derivative = derivative with { Forward = forward, Backward = backward };
        Region[] regions = LoopScheduler.Run(twins, derivative.Forward, derivative.Backward);
        return derivative with { Forward = regions[0], Backward = regions[1] };
    }

    private static Value[] Parameters(Derivative derivative)
        => [.. derivative.Primal.Parameters.Select(static p => p.Value), .. derivative.Shadows.Select(static s => s.Value), .. derivative.Cotangents.Select(static c => c.Value)];

    /// <summary>The buffers that members check to be as long as others.</summary>
    public static IReadOnlyDictionary<int, Value> Twins(Derivative derivative) => derivative.Shadows.ToDictionary(static s => s.Value.Id, static s => s.Primal);

    public static bool HasLanes(Derivative derivative) => LoopScheduler.HasLanes(derivative.Forward) || LoopScheduler.HasLanes(derivative.Backward);
}
