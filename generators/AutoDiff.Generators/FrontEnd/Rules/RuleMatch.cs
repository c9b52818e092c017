using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.FrontEnd;

/// <summary>A method marked <c>[DerivativeOf]</c> with the overload that its signature selects, or with the shape that comes closest.</summary>
/// <param name="Rule">The marked method.</param>
/// <param name="Shape">The shape that it has, or should have; null where there is no such method at all.</param>
/// <param name="Difference">Where it differs; null where it fits.</param>
internal sealed record RuleMatch(IMethodSymbol Rule, RuleShape? Shape, int? Difference)
{
    public const string Attribute = "DerivativeOfAttribute";

    /// <summary>Every method that the attributes of a rule name.</summary>
    public static IEnumerable<RuleMatch> Of(IMethodSymbol rule, Compilation compilation)
    {
        foreach (AttributeData attribute in rule.GetAttributes())
        {
            if (attribute.AttributeClass is not { Name: Attribute } type || !type.IsIn(KnownAttributes.Namespace)) continue;
            if (attribute.ConstructorArguments is [{ Value: INamedTypeSymbol target }, { Value: string name }]) yield return Of(rule, target, name, compilation);
        }
    }

    private static RuleMatch Of(IMethodSymbol rule, INamedTypeSymbol type, string name, Compilation compilation)
    {
        bool onInstance = !rule.IsStatic && SymbolEqualityComparer.Default.Equals(rule.ContainingType, type);
        RuleMatch? closest = null;
        foreach (IMethodSymbol candidate in type.GetMembers(name).OfType<IMethodSymbol>().Where(m => !SymbolEqualityComparer.Default.Equals(m, rule) && m.Arity == rule.Arity))
        {
            // The rule for a generic method is generic in the same way: its type parameters stand for those of the method.
            IMethodSymbol overload = candidate.IsGenericMethod ? candidate.Construct([.. rule.TypeParameters]) : candidate;

            // Of one number, both products have one signature; a name that says Jvp decides.
            bool isJvp = rule.Name.EndsWith("Jvp", StringComparison.Ordinal);
            foreach (RuleShape shape in RuleShape.Of(overload, onInstance, compilation).OrderBy(s => (s.Kind == RuleKind.Jvp) == isJvp ? 0 : 1))
            {
                int? difference = shape.FirstDifference(rule);
                if (difference is null) return new(rule, shape, null);
                bool isLikely = shape.Kind == (isJvp ? RuleKind.Jvp : RuleKind.Vjp);
                if (isLikely && (closest is null || difference > closest.Difference)) closest = new(rule, shape, difference);
            }
        }

        return closest ?? new(rule, null, 0);
    }
}
