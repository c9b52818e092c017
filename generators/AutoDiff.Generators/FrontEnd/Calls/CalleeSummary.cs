using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.FrontEnd;

/// <summary>What callers have to know of a method beyond its signature; as long as it stays equal, they stay as they are.</summary>
/// <param name="UsesPair">Whether the pullback takes residuals that <c>MRecord</c> leaves.</param>
/// <param name="Written">The names of the buffers that it writes.</param>
/// <param name="Ignored">The names of the parameters whose values the pullback does not look at.</param>
internal sealed record CalleeSummary(bool UsesPair, ImmutableHashSet<string> Written, ImmutableHashSet<string> Ignored)
{
    /// <summary>Whether it has members that can be called: not where it does not compile, or cannot be differentiated.</summary>
    public bool IsEmitted { get; init; } = true;

    /// <summary>What is wrong with it, where that is known.</summary>
    public ImmutableArray<Diagnostic> Problems { get; init; } = [];

    /// <summary>What its declaration alone promises: every <c>Span&lt;T&gt;</c> is written, and residuals may be left.</summary>
    public static CalleeSummary OfDeclaration(IMethodSymbol method) => new(
        UsesPair: true,
        [.. method.Parameters.Where(static p => TypeMap.Buffer(p.Type) is (_, BufferKind.Span)).Select(static p => p.Name)],
        []);
}

/// <summary>The summaries of a compilation's methods, each computed once, and the functions behind them. Goes with its compilation.</summary>
internal sealed class CalleeSummaries
{
    private static readonly ConditionalWeakTable<Compilation, CalleeSummaries> Tables = new();

    public ConcurrentDictionary<IMethodSymbol, CalleeSummary> Known { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>The methods that have been lowered, for a summary or for their own derivatives.</summary>
    public ConcurrentDictionary<IMethodSymbol, LoweringResult> Lowered { get; } = new(SymbolEqualityComparer.Default);

    public static CalleeSummaries Of(Compilation compilation) => Tables.GetValue(compilation, static _ => new());
}
