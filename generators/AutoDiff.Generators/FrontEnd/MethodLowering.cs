using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.FrontEnd;

/// <summary>The front end: a C# method, as the compiler bound it, becomes a function of the IR.</summary>
internal static class MethodLowering
{
    /// <summary>
    /// Lowers <paramref name="method"/>. A construct that cannot be followed is a diagnostic at its span, and then there is no function; a
    /// method that does not compile gives nothing at all, since the compiler says it better.
    /// </summary>
    /// <param name="method">The method.</param>
    /// <param name="compilation">What it belongs to.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="chain">The summaries that callees get, where they are being found.</param>
    /// <param name="callers">The methods whose derivatives are being taken around it.</param>
    public static LoweringResult Lower(
        IMethodSymbol method, Compilation compilation, CancellationToken cancellation, SummaryChain? chain = null, ImmutableArray<IMethodSymbol> callers = default)
    {
        // What a method becomes does not depend on who asks, unless derivatives around it are being taken or a summary is still being found.
        bool isShared = callers.IsDefault;
        CalleeSummaries table = CalleeSummaries.Of(compilation);
        if (isShared && table.Lowered.TryGetValue(method, out LoweringResult? known)) return known;
        LoweringResult result = Run(method, compilation, cancellation, chain, callers);
        if (isShared && chain is not { IsAssuming: true }) table.Lowered[method] = result;
        return result;
    }

    private static LoweringResult Run(
        IMethodSymbol method, Compilation compilation, CancellationToken cancellation, SummaryChain? chain, ImmutableArray<IMethodSymbol> callers)
    {
        try
        {
            NestedDerivatives? nested = NestedDerivatives.Find(method, compilation, callers.IsDefault ? [] : callers, cancellation);
            ImmutableArray<LoopChange> changes = [];
            while (true)
            {
                try
                {
                    if (nested is not null)
                        return new Lowering(nested.Method, nested.Compilation, cancellation, chain ?? new SummaryChain(compilation, cancellation)) { Nested = nested, Changes = changes }.Run();
                    var lowering = new Lowering(method, compilation, cancellation, chain) { Changes = changes };
                    return method.IsAbstract ? lowering.RunDeclaration() : lowering.Run();
                }
                catch (ReferencesChangeException exception)
                {
                    changes = changes.Add(exception.Change);
                }
            }
        }
        catch (UnsupportedException)
        {
            return LoweringResult.Nothing;
        }
    }
}
