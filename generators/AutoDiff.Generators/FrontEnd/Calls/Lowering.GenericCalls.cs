using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// Static members of a type argument, which is known where generic code takes the place of a call.
internal sealed partial class Lowering
{
    /// <summary>How often generic code may call itself with other types.</summary>
    private const int GenericDepth = 8;

    /// <summary><c>TOp.Apply(x)</c>; null where the type argument is a number, or not known.</summary>
    private Operand? StaticAbstractCall(IInvocationOperation call)
    {
        if (call.ConstrainedToType is not { } type || TypeMap.Element(type) is not null
            || TypeArguments.Implementation(call.TargetMethod, type) is not IMethodSymbol target) return null;
        var references = new Dictionary<int, Place>();
        var operands = new Operand[target.Parameters.Length];
        foreach (IArgumentOperation argument in call.Arguments)
        {
            int ordinal = argument.Parameter!.Ordinal;
            if (argument.Parameter.RefKind is RefKind.Ref or RefKind.Out) references[ordinal] = PlaceOf(argument.Value);
            else operands[ordinal] = Visit(argument.Value);
        }

        return Inline(target, operands.ToImmutableArray(), call, references);
    }

    /// <summary><c>TOp.Weight</c>; null where the type argument is a number, or not known.</summary>
    private Operand? StaticAbstractProperty(IPropertyReferenceOperation property)
        => property.ConstrainedToType is { } type && TypeMap.Element(type) is null
            && TypeArguments.Implementation(property.Property, type) is IPropertySymbol { GetMethod: { } getter }
            ? Inline(getter, [], property)
            : null;

    /// <summary>An operator of a type argument that is a struct; null for others.</summary>
    private Operand? StaticAbstractOperator(IMethodSymbol? method, ITypeSymbol? type, IOperation at, params IOperation[] operands)
        => method is not null && type is not null && TypeMap.Element(type) is null && TypeArguments.Implementation(method, type) is IMethodSymbol target
            ? ValueMember(target, operands.Select(Visit).ToImmutableArray(), at)
            : null;

    /// <summary>
    /// Generic code inside itself, with other type arguments: its parameters and locals get other places there, and have their own again afterwards. Null where
    /// there is nothing to keep.
    /// </summary>
    private Dictionary<ISymbol, Place>? KeepPlaces(IMethodSymbol callee, IOperation at)
    {
        int depth = _inlining.Count(m => SymbolEqualityComparer.Default.Equals(m.OriginalDefinition, callee.OriginalDefinition));
        if (depth > GenericDepth)
            throw Unsupported(FrontEndDescriptors.UnsupportedCall, at, callee.Name, "it calls itself with ever more types; mark it [Differentiable], so that it has derivatives of its own");
        return depth > 0 ? new Dictionary<ISymbol, Place>(_places, SymbolEqualityComparer.Default) : null;
    }

    private void RestorePlaces(Dictionary<ISymbol, Place>? kept)
    {
        if (kept is null) return;
        _places.Clear();
        foreach (KeyValuePair<ISymbol, Place> place in kept) _places.Add(place.Key, place.Value);
    }
}
