using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

/// <summary>
/// Methods without the attribute that call themselves, directly or through others without it: the strongly connected components of the call graph of helpers. No body
/// can take the place of their calls, so that they are called, and have hidden members as if they were marked.
/// </summary>
internal sealed class RecursiveHelpers
{
    private static readonly ConditionalWeakTable<Compilation, RecursiveHelpers> Tables = new();

    private readonly ConcurrentDictionary<IMethodSymbol, bool> _known = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IMethodSymbol, IMethodSymbol[]> _callees = new(SymbolEqualityComparer.Default);

    public static bool Contain(IMethodSymbol method, Compilation compilation, CancellationToken cancellation)
    {
        if (!MayBe(method)) return false;
        RecursiveHelpers helpers = Tables.GetValue(compilation, static _ => new());
        return helpers._known.TryGetValue(method, out bool known) ? known : helpers._known[method] = helpers.Reaches(method, compilation, cancellation);
    }

    /// <summary>Generic code may call itself with other types, and what is dispatched may run another method: those take the attribute.</summary>
    private static bool MayBe(IMethodSymbol method)
        => method is { MethodKind: MethodKind.Ordinary, IsGenericMethod: false, IsExtern: false, IsAbstract: false, ContainingType.IsGenericType: false }
            && IsHelper(method) && !method.IsDispatched();

    private static bool IsHelper(IMethodSymbol method) => !method.IsDifferentiable() && !method.HasNoGradient() && !method.DeclaringSyntaxReferences.IsEmpty;

    /// <summary>Whether a method comes back to itself.</summary>
    private bool Reaches(IMethodSymbol method, Compilation compilation, CancellationToken cancellation)
    {
        var seen = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default);
        var waiting = new Stack<IMethodSymbol>([method]);
        while (waiting.Count > 0)
        {
            foreach (IMethodSymbol callee in CalleesOf(waiting.Pop(), compilation, cancellation))
            {
                if (SymbolEqualityComparer.Default.Equals(callee, method)) return true;
                if (seen.Add(callee)) waiting.Push(callee);
            }
        }

        return false;
    }

    private IMethodSymbol[] CalleesOf(IMethodSymbol method, Compilation compilation, CancellationToken cancellation)
    {
        if (_callees.TryGetValue(method, out IMethodSymbol[]? known)) return known;
        cancellation.ThrowIfCancellationRequested();
        IMethodSymbol[] found = [];
        if ((method.PartialImplementationPart ?? method).DeclaringSyntaxReferences is [var reference, ..] && compilation.ContainsSyntaxTree(reference.SyntaxTree)
            && reference.GetSyntax(cancellation) is var syntax && syntax.DescendantNodes().Any(static n => n is InvocationExpressionSyntax)
            && compilation.ModelOf(syntax.SyntaxTree).GetOperation(syntax, cancellation) is { } body)
            found = [.. body.Descendants().OfType<IInvocationOperation>().Select(static c => c.TargetMethod.OriginalDefinition).Where(IsHelper).Distinct<IMethodSymbol>(SymbolEqualityComparer.Default)];
        return _callees[method] = found;
    }
}
