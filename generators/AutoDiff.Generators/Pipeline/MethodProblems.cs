using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using AutoDiff.Compiler.Analysis;
using AutoDiff.Compiler.Emit.Members;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Pipeline;
using AutoDiff.Generators.Diagnostics;
using AutoDiff.Generators.FrontEnd;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.Pipeline;

/// <summary>
/// Why a method that could be lowered gets no members, found once for a compilation: for itself, and for those that call it and would name what is not there.
/// </summary>
internal sealed class MethodProblems(Compilation compilation, CancellationToken cancellation)
{
    private static readonly ConditionalWeakTable<Compilation, ConcurrentDictionary<IMethodSymbol, Verdict>> Tables = new();

    private readonly ConcurrentDictionary<IMethodSymbol, Verdict> _known = Tables.GetValue(compilation, static _ => new(SymbolEqualityComparer.Default));

    /// <summary>What is wrong with a method, beside what is wrong with the methods that it calls.</summary>
    /// <param name="Diagnostics">The reasons; none where it has members.</param>
    /// <param name="Inlined">Its body with its calls replaced, where derivatives beyond reverse mode are asked for and there are calls.</param>
    internal sealed record Verdict(Diagnostic[] Diagnostics, Function? Inlined);

    public Verdict Of(IMethodSymbol method, LoweringResult lowered, AttributeData attribute)
    {
        if (_known.TryGetValue(method, out Verdict? known)) return known;
        return _known[method] = Find(method, lowered, attribute);
    }

    /// <summary>The first call of a method that has no members, or that calls such a method itself; null where all calls have what they call.</summary>
    public Diagnostic? OfCalls(LoweringResult lowered)
    {
        if (lowered.Callees.Count == 0) return null;
        Function function = lowered.Function!;
        // Tensor methods have an overload that keeps no residuals, which calls without a derivative go to; others are called as they are.
        IEnumerable<Call> calls = ScalarMembers.IsScalar(function) ? CallFacts.ActiveCalls(function.Body, Activity.Of(function)) : CallFacts.Calls(function.Body);
        var seen = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default);
        foreach (Call call in calls)
        {
            if (!lowered.Callees.TryGetValue(call.Callee, out IMethodSymbol? callee) || Broken(callee, seen) is not var (method, why)) continue;
            string where = SymbolEqualityComparer.Default.Equals(method, callee) ? "it" : $"'{method.Name}', which it calls,";
            return Diagnostic.Create(
                FrontEndDescriptors.UnsupportedCall, lowered.LocationOf(call) ?? Location.None, callee.Name,
                $"{where} has no derivatives, for the reason given there ({why.Id}); mend that, or pass Ad.Detach of what it takes");
        }

        return null;
    }

    private (IMethodSymbol Method, Diagnostic Why)? Broken(IMethodSymbol method, HashSet<IMethodSymbol> seen)
    {
        cancellation.ThrowIfCancellationRequested();
        method = method.OriginalDefinition;
        if (!seen.Add(method) || method.Attribute("DifferentiableAttribute") is not { } attribute || !method.DeclaringSyntaxReferences.Any(r => compilation.ContainsSyntaxTree(r.SyntaxTree)))
            return null;
        LoweringResult lowered = MethodLowering.Lower(method, compilation, cancellation);
        if (lowered.Function is null) return null;
        if (Of(method, lowered, attribute).Diagnostics is [var first, ..]) return (method, first);
        return lowered.Callees.Values.Select(callee => Broken(callee, seen)).FirstOrDefault(static found => found is not null);
    }

    private Verdict Find(IMethodSymbol method, LoweringResult lowered, AttributeData attribute)
    {
        Function function = lowered.Function!;
        Location identifier = method.Locations.FirstOrDefault() ?? Location.None;
        if (RecomputeChecks.Find(method, function) is { } impure) return new([impure], null);
        Diagnostic[] lost =
        [
            .. Activity.Of(function).Lost.Select(l => Diagnostic.Create(MethodDiagnostics.LostDerivative, lowered.LocationOf(l.Instruction) ?? identifier, l.Message)),
        ];
        RequestedDerivatives requested = MethodGatherer.Requested(method, attribute);
        if (lost.Length > 0 || (requested & ~RequestedDerivatives.Gradient) == RequestedDerivatives.None) return new(lost, null);
        Location at = attribute.ApplicationSyntaxReference?.GetSyntax(cancellation).GetLocation() ?? identifier;
        var higher = new HigherDerivatives(method, requested, compilation, cancellation);
        return new(higher.Prepare(lowered, at), higher.Inlined);
    }
}
