using System.Globalization;
using AutoDiff.Compiler;
using AutoDiff.Generators.Models;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.Pipeline;

/// <summary>How a method is named: in its file's name, in declarations, in doc comments.</summary>
internal static class MethodNames
{
    public static SymbolDisplayFormat TypeFormat { get; } = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>
    /// <c>My.Space.Functions.Fit.Derivatives.g.cs</c>; with a hash of the signature where the type has another method of that name, also one that differs in case
    /// only, since files must not.
    /// </summary>
    public static string Hint(IMethodSymbol method)
        => $"{HintNames.Of(method.ContainingType)}.{method.Name}{(Overload(method) is { Length: > 0 } hash ? "-" + hash : "")}.Derivatives.g.cs";

    /// <summary>A hash of the signature where the type has another method of that name; empty where it has not.</summary>
    public static string Overload(IMethodSymbol method)
    {
        bool isAmbiguous = method.ContainingType.GetMembers().OfType<IMethodSymbol>()
            .Count(other => string.Equals(other.Name, method.Name, StringComparison.OrdinalIgnoreCase)) > 1;
        return isAmbiguous ? Hash(Declarations.Signature(method)) : "";
    }

    public static string Namespace(INamedTypeSymbol type)
        => type.ContainingNamespace is { IsGlobalNamespace: false } space ? CSharpNames.EscapeDotted(space.ToDisplayString(Plain)) : "";

    /// <summary>The modifiers that a generated member shares with its method.</summary>
    public static string Modifiers(IMethodSymbol method)
    {
        string accessibility = method.DeclaredAccessibility switch
        {
            Accessibility.Public => "public",
            Accessibility.Internal => "internal",
            Accessibility.Protected => "protected",
            Accessibility.ProtectedOrInternal => "protected internal",
            Accessibility.ProtectedAndInternal => "private protected",
            _ => "private",
        };
        return accessibility + (method.IsStatic ? " static" : method.IsReadOnly && !method.ContainingType.IsReadOnly ? " readonly" : "") + Dispatch(method);
    }

    /// <summary>Members of a virtual method are virtual, those of an override override what was generated for the method that it overrides.</summary>
    private static string Dispatch(IMethodSymbol method)
    {
        bool isInterface = method.ContainingType.TypeKind == TypeKind.Interface;
        if (isInterface) return method is { IsStatic: true, IsAbstract: true } ? " abstract" : method is { IsStatic: true, IsVirtual: true } ? " virtual" : "";
        if (method.OverriddenMethod is { } overridden && ModelSymbols.IsDifferentiable(overridden)) return method.IsSealed ? " sealed override" : " override";
        if (method.IsAbstract) return " abstract";
        return (method.IsVirtual || method.IsOverride) && !method.IsSealed && !method.ContainingType.IsSealed ? " virtual" : "";
    }

    /// <summary>The number type of a generic method: its own type parameter, or one of the types around it.</summary>
    public static string NumberParameter(IMethodSymbol method) => Number(method) is { } number ? CSharpNames.Escape(number.Name) : "";

    /// <summary>The type parameter that is the number type of a generic method, or null.</summary>
    public static ITypeParameterSymbol? Number(IMethodSymbol method)
    {
        IEnumerable<ITypeParameterSymbol> parameters = method.TypeParameters;
        for (INamedTypeSymbol? type = method.ContainingType; type is not null; type = type.ContainingType) parameters = parameters.Concat(type.TypeParameters);
        return parameters.FirstOrDefault(FrontEnd.TypeMap.IsNumber);
    }

    /// <summary>The constraint clauses of a generic method; an override inherits them.</summary>
    public static string Constraints(IMethodSymbol method)
        => method.IsOverride ? "" : string.Concat(method.TypeParameters.Select(Constraints).Where(static c => c.Length > 0));

    private static string Constraints(ITypeParameterSymbol parameter)
    {
        var all = new List<string>();
        if (parameter.HasUnmanagedTypeConstraint) all.Add("unmanaged");
        else if (parameter.HasValueTypeConstraint) all.Add("struct");
        else if (parameter.HasReferenceTypeConstraint) all.Add("class");
        else if (parameter.HasNotNullConstraint) all.Add("notnull");
        all.AddRange(parameter.ConstraintTypes.Select(static t => t.ToDisplayString(TypeFormat)));
        if (parameter.HasConstructorConstraint && !parameter.HasValueTypeConstraint) all.Add("new()");
        return all.Count == 0 ? "" : $" where {CSharpNames.Escape(parameter.Name)} : {string.Join(", ", all)}";
    }

    /// <summary>The method in a <c>cref</c>, with its parameters where others have its name.</summary>
    public static string Cref(IMethodSymbol method)
    {
        string name = CSharpNames.Escape(method.Name);
        if (method.Arity > 0) name += "{" + string.Join(", ", method.TypeParameters.Select(static p => p.Name)) + "}";
        IEnumerable<string> parameters = method.Parameters.Select(static p => Modifier(p.RefKind) + p.Type.ToDisplayString(CrefFormat));
        return $"{name}({string.Join(", ", parameters).Replace('<', '{').Replace('>', '}')})";
    }

    // A cref does not know the spelling of tuples.
    private static SymbolDisplayFormat CrefFormat { get; } = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.ExpandValueTuple | SymbolDisplayMiscellaneousOptions.ExpandNullable);

    private static SymbolDisplayFormat Plain { get; } = new(typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    private static string Modifier(RefKind kind) => kind switch
    {
        RefKind.Ref => "ref ",
        RefKind.Out => "out ",
        RefKind.In => "in ",
        RefKind.RefReadOnlyParameter => "ref readonly ",
        _ => "",
    };

    // FNV-1a: the same in every process, unlike string.GetHashCode.
    private static string Hash(string text)
    {
        uint hash = 0x811C9DC5;
        foreach (char c in text) hash = unchecked((hash ^ c) * 0x01000193);
        return hash.ToString("x8", CultureInfo.InvariantCulture);
    }
}
