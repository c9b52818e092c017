using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using AutoDiff.Compiler.Analysis;
using AutoDiff.Compiler.Emit;
using AutoDiff.Compiler.Emit.Members;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Pipeline;
using AutoDiff.Generators.Diagnostics;
using AutoDiff.Generators.FrontEnd;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.Pipeline;

/// <summary>
/// Why a method gets no members, found once for a compilation: what is wrong with it, or that it would name members which are not there. An error stands at its own
/// token; callers that wait for it to be mended say nothing, unless nobody else would.
/// </summary>
internal sealed class MethodProblems(Compilation compilation, CancellationToken cancellation)
{
    private static readonly ConditionalWeakTable<Compilation, Tables> Known = new();

    private readonly Tables _tables = Known.GetValue(compilation, static of => new Tables(new MethodFamilies(of)));

    /// <summary>What became of a method.</summary>
    /// <param name="HasMembers">Whether derivatives are generated; where they are not and nothing is reported here, it is reported elsewhere.</param>
    /// <param name="Diagnostics">What is wrong.</param>
    /// <param name="Inlined">Its body with its calls replaced, where derivatives beyond reverse mode are asked for and there are calls.</param>
    internal sealed record Verdict(bool HasMembers, IReadOnlyList<Diagnostic> Diagnostics, Function? Inlined = null)
    {
        /// <summary>The helpers whose hidden members the method's members name.</summary>
        public ImmutableArray<MethodModel> Helpers { get; init; } = [];

        /// <summary>What those helpers and the method read of primary constructors.</summary>
        public ImmutableArray<CapturedMember> Captured { get; init; } = [];
    }

    public Verdict Of(IMethodSymbol method, AttributeData attribute)
    {
        if (Own(method) is { HasMembers: false } wrong) return wrong;
        IMethodSymbol[] helpers = HelpersOf(method);
        // Nobody asked for the derivatives of helpers but this method, so that it says what is wrong with them.
        Diagnostic[] problems = [.. CalledElsewhere(method), .. helpers.SelectMany(h => Own(h).Diagnostics.Concat(CalledElsewhere(h)))];
        if (problems.Length > 0) return new(false, problems);
        if (AreCalleesMissing(method, NewSet(method))) return new(false, []);
        Verdict verdict = Higher(method, attribute);
        if (!verdict.HasMembers) return verdict;
        if (IsFamilyMissing(method, NewSet(method))) return new(false, []);
        verdict = verdict with { Captured = [.. helpers.Prepend(method).SelectMany(m => Lowered(m).Captured).Select(m => CapturedMember.Of(m, cancellation))] };
        return helpers.Length > 0 ? WithHelpers(verdict, helpers, method, attribute) : verdict;
    }

    private Verdict WithHelpers(Verdict verdict, IMethodSymbol[] helpers, IMethodSymbol method, AttributeData attribute)
    {
        RequestedDerivatives needed = HelperModels.Needed(MethodGatherer.Requested(method, attribute));
        (IMethodSymbol Method, Verdict Verdict)[] found = [.. helpers.Select(h => (h, Higher(h, needed, At(attribute, method), method)))];
        return found.Any(static h => !h.Verdict.HasMembers) ? new(false, [.. found.SelectMany(static h => h.Verdict.Diagnostics)])
            : verdict with { Helpers = [.. found.Select(h => HelperModels.Of(h.Method, h.Verdict.Inlined, needed, compilation, cancellation))] };
    }

    /// <summary>The helpers without the attribute that a method calls, and those that they and its other callees call.</summary>
    private IMethodSymbol[] HelpersOf(IMethodSymbol method)
    {
        HashSet<IMethodSymbol> seen = NewSet(method);
        var waiting = new Stack<IMethodSymbol>([method]);
        while (waiting.Count > 0)
            foreach ((IMethodSymbol callee, Location? _) in Called(waiting.Pop()))
                if (IsHere(callee) && seen.Add(callee.OriginalDefinition)) waiting.Push(callee.OriginalDefinition);
        return [.. seen.Where(IsHelper).OrderBy(static h => h.ToDisplayString(), StringComparer.Ordinal)];
    }

    private bool IsHelper(IMethodSymbol method) => RecursiveHelpers.Contain(method, compilation, cancellation);

    /// <summary>Whether a method of this compilation has no members, or calls one that has none.</summary>
    private bool IsMissing(IMethodSymbol method, HashSet<IMethodSymbol> seen)
    {
        cancellation.ThrowIfCancellationRequested();
        method = method.OriginalDefinition;
        AttributeData? attribute = method.Attribute("DifferentiableAttribute");
        if (!seen.Add(method) || attribute is null && !IsHelper(method) || !IsHere(method)) return false;
        return !Own(method).HasMembers || CalledElsewhere(method).Count > 0 || AreCalleesMissing(method, seen) || IsFamilyMissing(method, seen) || attribute is not null && !Higher(method, attribute).HasMembers;
    }

    private bool AreCalleesMissing(IMethodSymbol method, HashSet<IMethodSymbol> seen) => Called(method).Any(c => IsMissing(c.Method, seen));

    /// <summary>Whether members are missing that a method's own would override, or that would have to implement them.</summary>
    private bool IsFamilyMissing(IMethodSymbol method, HashSet<IMethodSymbol> seen)
        => method.OverriddenMethod is { } overridden && IsMissing(overridden, seen)
            || method.IsAbstract && _tables.Families.ImplementationsOf(method).Any(m => m.IsDifferentiable() ? IsMissing(m, seen) : IsHere(m));

    /// <summary>Callees of other assemblies that have no members there: nothing was reported, so that it is said at the call.</summary>
    private IReadOnlyList<Diagnostic> CalledElsewhere(IMethodSymbol method)
        =>
        [
            .. Called(method).Where(c => !IsHere(c.Method) && c.Method.ContainingType.GetMembers(PairNames.Of(c.Method.Name, PairNames.Pullback)).IsEmpty).Select(c => Diagnostic.Create(
                FrontEndDescriptors.UnsupportedCall, c.At ?? Location.None, c.Method.Name,
                $"'{c.Method.ContainingAssembly.Name}' has no derivatives of it; build that with the generator of AutoDiff, or write a rule for it")),
        ];

    /// <summary>The methods whose members a method's members name.</summary>
    private IEnumerable<(IMethodSymbol Method, Location? At)> Called(IMethodSymbol method)
    {
        LoweringResult lowered = Lowered(method);
        if (lowered.Callees.Count == 0) return [];
        Function function = lowered.Function!;
        // Tensor methods have an overload that keeps no residuals, which calls without a derivative go to; others are called as they are.
        IEnumerable<Call> calls = ScalarMembers.IsScalar(function) ? CallFacts.ActiveCalls(function.Body, Activity.Of(function)) : CallFacts.Calls(function.Body);
        return calls.Where(static c => c.Callee is { IsDifferentiable: true, Rule: null }).Where(c => lowered.Callees.ContainsKey(c.Callee))
            .Select(c => (lowered.Callees[c.Callee], lowered.LocationOf(c)));
    }

    /// <summary>What is wrong with the method itself.</summary>
    private Verdict Own(IMethodSymbol method)
    {
        if (_tables.Own.TryGetValue(method, out Verdict? known)) return known;
        IReadOnlyList<Diagnostic> found = Wrong(method);
        return _tables.Own[method] = new(found.Count == 0 && Lowered(method).Function is not null, found);
    }

    private IReadOnlyList<Diagnostic> Wrong(IMethodSymbol method)
    {
        if (ContainerChecks.Find(method, cancellation) is { } container) return [container];
        if (!method.IsAbstract && _tables.Families.ImplementedBy(method).FirstOrDefault(m => m.IsDifferentiable() && FrontEnd.Lowering.UsesPair(m) != FrontEnd.Lowering.UsesPair(method)) is { } declared)
            return
            [
                Diagnostic.Create(FrontEndDescriptors.UnsupportedType, method.Locations[0], "The receiver", method.ContainingType.ToDisplayString(),
                    $"it is a model, and '{declared.ContainingType.Name}.{declared.Name}' is declared with numbers alone, which leaves no room for its gradients; declare that with tensors, or take the model as a parameter"),
            ];
        LoweringResult lowered = Lowered(method);
        Location identifier = method.Locations.FirstOrDefault() ?? Location.None;
        if (lowered.Function is not { } function)
            return method.IsAbstract && lowered.Diagnostics.IsEmpty ? [Diagnostic.Create(MethodDiagnostics.NoBody, identifier, method.Name)] : lowered.Diagnostics;
        if (RecomputeChecks.Find(method, function) is { } impure) return [impure];
        return
        [
            .. Activity.Of(function).Lost.Select(l => Diagnostic.Create(MethodDiagnostics.LostDerivative, lowered.LocationOf(l.Instruction) ?? identifier, l.Message)),
        ];
    }

    /// <summary>What derivatives beyond reverse mode ask for, where nothing else is wrong.</summary>
    private Verdict Higher(IMethodSymbol method, AttributeData attribute)
    {
        if (_tables.Higher.TryGetValue(method, out Verdict? known)) return known;
        return _tables.Higher[method] = Higher(method, MethodGatherer.Requested(method, attribute), At(attribute, method), method);
    }

    private Verdict Higher(IMethodSymbol method, RequestedDerivatives requested, Location at, IMethodSymbol asked)
    {
        if ((requested & ~RequestedDerivatives.Gradient) == RequestedDerivatives.None) return new(true, []);
        var higher = new HigherDerivatives(method, requested, compilation, cancellation) { Asked = asked };
        Diagnostic[] found = higher.Prepare(Lowered(method), at);
        return new(found.Length == 0, found, higher.Inlined);
    }

    private Location At(AttributeData attribute, IMethodSymbol method)
        => attribute.ApplicationSyntaxReference?.GetSyntax(cancellation).GetLocation() ?? method.Locations.FirstOrDefault() ?? Location.None;

    private LoweringResult Lowered(IMethodSymbol method) => MethodLowering.Lower(method, compilation, cancellation);

    private bool IsHere(IMethodSymbol method) => method.DeclaringSyntaxReferences.Any(r => compilation.ContainsSyntaxTree(r.SyntaxTree));

    private static HashSet<IMethodSymbol> NewSet(IMethodSymbol method) => new(SymbolEqualityComparer.Default) { method.OriginalDefinition };

    /// <summary>What has been found; goes with its compilation.</summary>
    private sealed class Tables(MethodFamilies families)
    {
        public MethodFamilies Families => families;

        public ConcurrentDictionary<IMethodSymbol, Verdict> Own { get; } = new(SymbolEqualityComparer.Default);

        public ConcurrentDictionary<IMethodSymbol, Verdict> Higher { get; } = new(SymbolEqualityComparer.Default);
    }
}
