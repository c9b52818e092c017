using System.Collections.Immutable;
using System.Text;
using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.Derivatives.Functions;
using AutoDiff.Compiler.Emit.Members.Functions;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Pipeline;
using AutoDiff.Generators.Models;
using AutoDiff.Generators.Pipeline;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AutoDiff.Generators.FrontEnd;

/// <summary>
/// Derivatives that a differentiable method calls: <c>PhiGradient</c> within a method whose own derivatives are asked for. A generator does not see what it writes, so the
/// call does not bind; it does in a compilation beside the real one, to which a declaration of each such member has been added. There the method is lowered.
/// </summary>
internal sealed class NestedDerivatives
{
    private static readonly (string Suffix, RequestedDerivatives Mode)[] Members =
    [
        ("Gradient", RequestedDerivatives.Gradient), ("Vjp", RequestedDerivatives.None), ("Jvp", RequestedDerivatives.Jvp), ("Hvp", RequestedDerivatives.Hvp),
    ];

    private readonly Dictionary<SyntaxTree, DerivedFunction> _derivatives = [];

    private readonly Compilation _original;

    private NestedDerivatives(IMethodSymbol method, Compilation compilation) => (Method, Compilation, _original) = (method, compilation, compilation);

    /// <summary>The method, as <see cref="Compilation"/> has it.</summary>
    public IMethodSymbol Method { get; private set; }

    /// <summary>The compilation in which the calls bind.</summary>
    public Compilation Compilation { get; private set; }

    /// <summary>The derivative behind a declaration that was added; null for other methods.</summary>
    public DerivedFunction? Find(IMethodSymbol target)
        => target.DeclaringSyntaxReferences is [var reference, ..] && _derivatives.TryGetValue(reference.SyntaxTree, out DerivedFunction? derivative) ? derivative : null;

    /// <summary>A method as the real compilation has it.</summary>
    public IMethodSymbol Original(IMethodSymbol method)
        => method.OriginalDefinition.DeclaringSyntaxReferences is [var reference, ..] && _original.ContainsSyntaxTree(reference.SyntaxTree)
            && _original.GetSemanticModel(reference.SyntaxTree).GetDeclaredSymbol(reference.GetSyntax()) is IMethodSymbol original ? original : method;

    /// <summary>What a method calls of this kind; null where it calls none.</summary>
    public static NestedDerivatives? Find(IMethodSymbol method, Compilation compilation, ImmutableArray<IMethodSymbol> callers, CancellationToken cancellation)
    {
        string[] names = [.. NamesIn(method, cancellation)];
        if (names.Length == 0) return null;
        var found = new NestedDerivatives(method, compilation);
        foreach (string name in names)
            foreach ((string suffix, RequestedDerivatives mode) in Members)
                if (name.EndsWith(suffix, StringComparison.Ordinal) && name.Length > suffix.Length)
                    found.Add(name, name.Substring(0, name.Length - suffix.Length), suffix, mode, compilation, callers.Add(method), cancellation);
        if (found._derivatives.Count == 0) return null;
        SyntaxNode syntax = method.DeclaringSyntaxReferences[0].GetSyntax(cancellation);
        found.Compilation = compilation.AddSyntaxTrees(found._derivatives.Keys);
        found.Method = (IMethodSymbol)found.Compilation.GetSemanticModel(syntax.SyntaxTree).GetDeclaredSymbol(syntax, cancellation)!;
        return found;
    }

    /// <summary>What is called by a name that a derivative may have, in the method and in those of its type that it calls by name.</summary>
    private static IEnumerable<string> NamesIn(IMethodSymbol method, CancellationToken cancellation)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default) { method };
        var queue = new Queue<IMethodSymbol>([method]);
        while (queue.Count > 0)
        {
            if ((queue.Dequeue() is var next && next.PartialImplementationPart is { } part ? part : next).DeclaringSyntaxReferences is not [var reference, ..]) continue;
            foreach (InvocationExpressionSyntax call in reference.GetSyntax(cancellation).DescendantNodes().OfType<InvocationExpressionSyntax>())
            {
                string? name = call.Expression switch
                {
                    IdentifierNameSyntax identifier => identifier.Identifier.ValueText,
                    MemberAccessExpressionSyntax { Name: IdentifierNameSyntax member } => member.Identifier.ValueText,
                    _ => null,
                };
                if (name is null) continue;
                if (Members.Any(m => name.EndsWith(m.Suffix, StringComparison.Ordinal))) names.Add(name);
                foreach (IMethodSymbol helper in method.ContainingType.GetMembers(name).OfType<IMethodSymbol>())
                    if (!helper.IsDifferentiable() && seen.Add(helper)) queue.Enqueue(helper);
            }
        }

        return names;
    }

    private void Add(
        string name, string origin, string suffix, RequestedDerivatives mode, Compilation compilation, ImmutableArray<IMethodSymbol> callers, CancellationToken cancellation)
    {
        foreach (IMethodSymbol method in compilation.GetSymbolsWithName(origin, SymbolFilter.Member, cancellation).OfType<IMethodSymbol>())
        {
            if (!method.IsStatic || method.IsGenericMethod || method.ContainingType.IsGenericType || method.ContainingType.GetMembers(name).Length > 0
                || callers.Contains(method, SymbolEqualityComparer.Default)
                || method.Attribute("DifferentiableAttribute") is not { } attribute || (MethodGatherer.Requested(method, attribute) & mode) != mode) continue;
            cancellation.ThrowIfCancellationRequested();
            LoweringResult lowered = MethodLowering.Lower(method, compilation, cancellation, callers: callers);
            if (lowered.Function is null || !lowered.Function.Parts.IsEmpty) continue;
            Function function = new CallExpansion(compilation, cancellation).Run(lowered);
            if (Derivative(function, suffix, method.Attribute("KeepAttribute") is not null) is not { } derivative) continue;
            MethodModel model = MethodGatherer.Model(method, compilation, MethodGatherer.Requested(method, attribute), function, cancellation);
            var options = (CSharpParseOptions)method.DeclaringSyntaxReferences[0].SyntaxTree.Options;
            _derivatives[CSharpSyntaxTree.ParseText(Declaration(model, derivative, suffix), options, cancellationToken: cancellation)] = derivative;
        }
    }

    private static DerivedFunction? Derivative(Function function, string suffix, bool storesEverything)
    {
        var options = new DerivativeOptions(StoreEverything: storesEverything);
        try
        {
            return suffix switch
            {
                "Gradient" => function.Outputs.Any(static o => o is { Kind: Compiler.IR.OutputKind.Return, Type: ScalarType { IsDifferentiable: true } })
                    ? GradientFunction.Of(function, options with { UnitSeed = true })
                    : null,
                "Vjp" => GradientFunction.Of(function, options),
                "Jvp" => TangentFunctions.Jvp(function, options),
                _ => TangentFunctions.Hvp(function, options),
            };
        }
        catch (NotSupportedException)
        {
            // Said where the method itself is differentiated.
            return null;
        }
    }

    private static string Declaration(MethodModel model, DerivedFunction derivative, string suffix)
    {
        var signature = new FunctionSignature(model, derivative, suffix);
        var text = new StringBuilder("#nullable enable\n");
        if (model.Namespace.Length > 0) text.Append("namespace ").Append(model.Namespace).Append(" { ");
        foreach (string header in model.TypeHeaders) text.Append(header).Append(" { ");
        text.Append(model.Modifiers).Append(' ').Append(signature.ReturnType).Append(' ').Append(signature.Name).Append('(')
            .Append(string.Join(", ", signature.Parameters.Select(static p => p.Declaration))).Append(") => throw null!;");
        text.Append(' ').Append('}', model.TypeHeaders.Length + (model.Namespace.Length > 0 ? 1 : 0));
        return text.ToString();
    }
}
