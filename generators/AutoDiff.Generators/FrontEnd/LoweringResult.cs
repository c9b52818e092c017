using System.Collections.Immutable;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.FrontEnd;

/// <summary>
/// What became of a method: its <see cref="IR.Function"/>, or null with the reasons. The locations are beside the function, not in it: it
/// is the cached model.
/// </summary>
internal sealed record LoweringResult(Function? Function, ImmutableArray<Diagnostic> Diagnostics)
{
    public static readonly LoweringResult Nothing = new(null, []);

    internal LocationTable Locations { get; init; } = new();

    /// <summary>The methods behind the callees of the function.</summary>
    internal IReadOnlyDictionary<Callee, IMethodSymbol> Callees { get; init; } = ImmutableDictionary<Callee, IMethodSymbol>.Empty;

    /// <summary>The parameters of primary constructors that the function reads.</summary>
    internal ImmutableArray<ISymbol> Captured { get; init; } = [];

    /// <summary>Where the source of a step is; null for 0 and for steps that are not.</summary>
    public Location? StepLocation(int step) => Locations.Step(step);

    /// <summary>Where the expression is that defines a value; null for values that the front end made up.</summary>
    public Location? LocationOf(Value value) => Locations.Value(value.Id);

    /// <summary>Where an instruction comes from: the expression behind its result, else its step.</summary>
    public Location? LocationOf(Instruction instruction)
        => (instruction.Results.Length > 0 ? LocationOf(instruction.Results[0]) : Locations.Effect(instruction)) ?? StepLocation(
            instruction.Step);
}
