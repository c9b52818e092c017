using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AutoDiff.Generators.FrontEnd;

/// <summary>
/// The derivative rules that a compilation sees: its own, and those of referenced assemblies, which the generator marked with the types that hold them. Goes with its
/// compilation; what a file declares goes with the file, so that an edit looks at one file again.
/// </summary>
internal sealed class RuleIndex
{
    private static readonly ConditionalWeakTable<Compilation, RuleIndex> Indices = new();
    private static readonly ConditionalWeakTable<SyntaxTree, MethodDeclarationSyntax[]> Candidates = new();

    private readonly Dictionary<IMethodSymbol, MethodRules> _rules = new(SymbolEqualityComparer.Default);

    private RuleIndex(Compilation compilation, CancellationToken cancellation)
    {
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (MethodDeclarationSyntax candidate in Candidates.GetValue(tree, Find))
                if (compilation.ModelOf(tree).GetDeclaredSymbol(candidate, cancellation) is { } rule) Add(rule, compilation);
        }

        foreach (IAssemblySymbol assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            foreach (AttributeData marker in assembly.GetAttributes())
            {
                if (marker.AttributeClass?.Name != "DerivativeRulesAttribute" || marker.ConstructorArguments is not [{ Value: INamedTypeSymbol type }]) continue;
                foreach (IMethodSymbol rule in type.GetMembers().OfType<IMethodSymbol>())
                    if (compilation.IsSymbolAccessibleWithin(rule, compilation.Assembly)) Add(rule, compilation);
            }
        }
    }

    public static RuleIndex Of(Compilation compilation, CancellationToken cancellation)
        => Indices.GetValue(compilation, c => new RuleIndex(c, cancellation));

    /// <summary>The rules for a method, or null.</summary>
    public MethodRules? Find(IMethodSymbol method) => _rules.Count > 0 && _rules.TryGetValue(Key(method), out MethodRules? rules) ? rules : null;

    // A generic method has the same rules whatever it is called with.
    private static IMethodSymbol Key(IMethodSymbol method)
        => method.IsGenericMethod ? method.OriginalDefinition.PartialDefinitionPart ?? method.OriginalDefinition : method.PartialDefinitionPart ?? method;

    private void Add(IMethodSymbol rule, Compilation compilation)
    {
        foreach (RuleMatch match in RuleMatch.Of(rule, compilation))
        {
            if (match.Difference is not null) continue;
            IMethodSymbol target = Key(match.Shape!.Target);
            if (!_rules.TryGetValue(target, out MethodRules? rules)) _rules[target] = rules = new MethodRules();
            rules.Add(match.Shape.Kind, rule);
        }
    }

    private static MethodDeclarationSyntax[] Find(SyntaxTree tree) =>
    [
        .. tree.GetRoot().DescendantNodes(static n => n is not (BlockSyntax or ArrowExpressionClauseSyntax)).OfType<MethodDeclarationSyntax>()
            .Where(static m => m.AttributeLists.Any(static list => list.Attributes.Any(static a => a.Name.ToString().Contains("DerivativeOf")))),
    ];
}
