using System.Collections.Immutable;
using AutoDiff.Compiler.Pipeline;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.Pipeline;

/// <summary>
/// A method that was looked at: its model where nothing is wrong, else what is. Only the model flows on into emission; locations stay on this side, since they
/// move with every edit.
/// </summary>
internal sealed record MethodResult(MethodModel? Model, IReadOnlyList<Diagnostic> Diagnostics, Location Identifier)
{
    /// <summary>Nothing to write and nothing to say.</summary>
    public static MethodResult Nothing { get; } = new(null, [], Location.None);

    /// <summary>The helpers whose hidden members the method's members name.</summary>
    public ImmutableArray<MethodModel> Helpers { get; init; } = [];

    /// <summary>The parameters of primary constructors that those members read.</summary>
    public ImmutableArray<CapturedMember> Captured { get; init; } = [];
}

/// <summary>A written file, or why writing it failed.</summary>
internal sealed record MethodOutput(string HintName, string Source, string? Failure);
