using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.FrontEnd;

/// <summary>A body that calls are replaced with.</summary>
/// <param name="Body">The bound tree.</param>
/// <param name="Size">How many operations it has.</param>
/// <param name="HasLoop">Whether there is a loop among them.</param>
/// <param name="MayHaveErrors">Whether it has to be asked for compile errors.</param>
internal sealed record BoundBody(IOperation Body, int Size, bool HasLoop, bool MayHaveErrors);

/// <summary>Bodies that have been bound, by compilation: a layer that is inlined into many methods is bound once. Goes with its compilation.</summary>
internal static class BoundBodies
{
    private static readonly ConditionalWeakTable<Compilation, ConcurrentDictionary<SyntaxNode, BoundBody>> Tables = new();

    public static ConcurrentDictionary<SyntaxNode, BoundBody> Of(Compilation compilation) => Tables.GetValue(compilation, static _ => new());
}
