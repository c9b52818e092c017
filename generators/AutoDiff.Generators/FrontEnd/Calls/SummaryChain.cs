using System.Collections.Immutable;
using AutoDiff.Compiler.Derivatives.Residuals;
using AutoDiff.Compiler.Emit.Members;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.FrontEnd;

/// <summary>
/// Computes summaries of callees from their bodies, callees of callees first. Methods that call each other in a circle are solved by iteration: a method that is being
/// looked at leaves residuals and needs all its arguments, which is how it turns out; what it writes is first taken to be nothing, and the method is looked at again
/// until that is all it writes.
/// </summary>
internal sealed class SummaryChain(Compilation compilation, CancellationToken cancellation)
{
    private readonly Dictionary<IMethodSymbol, ImmutableHashSet<string>> _underway = new(SymbolEqualityComparer.Default);
    private readonly HashSet<IMethodSymbol> _assumed = new(SymbolEqualityComparer.Default);

    /// <summary>Whether something was looked at that rests on an assumption about a method further up.</summary>
    public bool IsAssuming => _assumed.Count > 0;

    public CalleeSummary Of(IMethodSymbol callee)
    {
        callee = callee.OriginalDefinition;
        CalleeSummaries table = CalleeSummaries.Of(compilation);
        if (table.Known.TryGetValue(callee, out CalleeSummary? known)) return known;
        if (_underway.TryGetValue(callee, out ImmutableHashSet<string>? written))
        {
            _assumed.Add(callee);
            return new CalleeSummary(UsesPair: true, written, []);
        }

        CalleeSummary summary = Find(callee);
        if (!IsAssuming) table.Known[callee] = summary;
        return summary;
    }

    private CalleeSummary Find(IMethodSymbol callee)
    {
        if (callee.DeclaringSyntaxReferences is not [var reference, ..] || !compilation.ContainsSyntaxTree(reference.SyntaxTree))
            return OfMetadata(callee) ?? CalleeSummary.OfDeclaration(callee);
        if (callee.IsDispatched()) return CalleeSummary.OfDeclaration(callee);
        ImmutableHashSet<string> written = [];
        while (true)
        {
            _underway[callee] = written;
            LoweringResult lowered = MethodLowering.Lower(callee, compilation, cancellation, this);
            _underway.Remove(callee);
            bool isRecursive = _assumed.Remove(callee);
            if (lowered.Function is not { } function) return CalleeSummary.OfDeclaration(callee) with { IsEmitted = false, Problems = lowered.Diagnostics };
            ImmutableHashSet<string> found = [.. function.Parameters.Where(static p => p.IsWritten).Select(static p => p.Name)];
            if (!isRecursive || found.IsSubsetOf(written)) return Of(callee, function, found);
            written = written.Union(found);
        }
    }

    private CalleeSummary Of(IMethodSymbol callee, Function function, ImmutableHashSet<string> written)
    {
        if (!callee.IsDifferentiable() && !RecursiveHelpers.Contain(callee, compilation, cancellation) || !ScalarMembers.IsScalar(function)) return new CalleeSummary(UsesPair: true, written, []);
        DerivativePair pair = DerivativePair.Of(function, storeEverything: callee.Attribute("KeepAttribute") is not null);
        if (callee.Attribute("RecomputeAttribute") is not null && pair.HasResiduals) return new CalleeSummary(UsesPair: false, written, []);
        HashSet<string> needed = [.. pair.Needed().Select(static p => p.Name)];
        return new CalleeSummary(pair.HasResiduals, written, [.. function.Parameters.Select(static p => p.Name).Where(name => !needed.Contains(name))]);
    }

    /// <summary>A method that was compiled elsewhere, by what is written on its <c>MPullback</c>.</summary>
    private static CalleeSummary? OfMetadata(IMethodSymbol callee)
    {
        if (GeneratedPullback(callee) is not { } pullback) return null;
        AttributeData facts = pullback.Attribute("PullbackAttribute", KnownAttributes.GeneratedNamespace)!;
        ImmutableHashSet<string> Names(string key) =>
        [
            .. facts.NamedArguments.Where(a => a.Key == key).SelectMany(static a => a.Value.Values).Select(static v => v.Value as string ?? ""),
        ];
        bool usesPair = pullback.Parameters.Any(static p => p.RefKind == RefKind.Ref && p.Type.Name == "ResidualStack");
        return new CalleeSummary(usesPair, Names("Writes"), Names("Ignores"));
    }

    /// <summary>The generated pullback of a method of another assembly: the one that begins with the method's own parameters.</summary>
    public static IMethodSymbol? GeneratedPullback(IMethodSymbol callee)
    {
        (string Name, string Type)[] own = [.. callee.Parameters.Where(static p => p.RefKind != RefKind.Out).SelectMany(static p =>
            RectangularPart.Of(p) is { Count: > 0 } parts ? parts.Select(static part => (part.Name, part.TypeName)) : [(p.Name, p.Type.ToDisplayString())])];
        return callee.ContainingType.GetMembers(callee.Name + "Pullback").OfType<IMethodSymbol>().FirstOrDefault(candidate =>
            candidate.Attribute("PullbackAttribute", KnownAttributes.GeneratedNamespace) is not null && candidate.Parameters.Length >= own.Length
            && own.Select((p, k) => p.Name == candidate.Parameters[k].Name && p.Type == candidate.Parameters[k].Type.ToDisplayString()).All(static b => b));
    }
}
