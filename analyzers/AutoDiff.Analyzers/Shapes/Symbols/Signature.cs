using AutoDiff.Compiler.Analysis.Shapes;
using AutoDiff.Generators.FrontEnd;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Analyzers.Shapes;

/// <summary>
/// The shape texts of a method's parameters and result: its own, those of the method that it overrides or implements, or, for a member
/// that the generator wrote, those of the method that it was made from.
/// </summary>
internal sealed class Signature
{
    private static readonly string[] s_suffixes = ["Gradient", "Vjp", "Jvp", "Hvp", "Forward"];

    private readonly AnalysisScope _scope;
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly List<(string Parameter, string Size, string Limit)> _limits = [];
    private readonly string? _result;

    private Signature(AnalysisScope scope, IMethodSymbol method)
    {
        _scope = scope;
        IMethodSymbol declared = Declaring(method);
        Owner = declared.ContainingType;
        Add(declared);
        _result = declared.ReturnShapeText();
        if (_texts.Count > 0 || _result is not null || Original(method) is not { } original) return;
        Add(original);
        foreach (IParameterSymbol parameter in original.Parameters)
            if (parameter.ShapeText() is { } text)
                _texts["d" + char.ToUpperInvariant(parameter.Name[0]) + parameter.Name.Substring(1)] = text;
        IsGenerated = true;
        _result = method.Name.EndsWith("Vjp", StringComparison.Ordinal) ? original.ReturnShapeText() : null;
        if (_result is not null) (_texts["dResult"], _texts["dY"]) = (_result, _result);
        if (original.ReturnShapeText() is { } result && method.Name.EndsWith("Forward", StringComparison.Ordinal))
            _texts["destination"] = result;
    }

    /// <summary>The type whose names the texts are over: that of the method which has them.</summary>
    public INamedTypeSymbol? Owner { get; }

    public bool IsGenerated { get; }

    public bool IsEmpty => _texts.Count == 0 && _result is null;

    public ShapeText? Result => _scope.Parse(_result);

    public static Signature Of(AnalysisScope scope, IMethodSymbol method)
        => scope.Signatures.GetOrAdd((method.ReducedFrom ?? method).OriginalDefinition, m => new Signature(scope, (IMethodSymbol)m));

    public ShapeText? Text(IParameterSymbol parameter)
        => _texts.TryGetValue(parameter.Name, out string? text) ? _scope.Parse(text) : null;

    /// <summary>What <c>[AtMost]</c> says of a parameter: a size and the largest one.</summary>
    public IEnumerable<(ShapeText Size, ShapeText Limit)> Limits(IParameterSymbol parameter)
    {
        foreach ((string name, string size, string limit) in _limits)
            if (name == parameter.Name && _scope.Parse(size) is { } bounded && _scope.Parse(limit) is { } most) yield return (bounded, most);
    }

    private void Add(IMethodSymbol method)
    {
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            if ((parameter.ShapeText() ?? OfProperty(parameter)) is { } text) _texts[parameter.Name] = text;
            foreach (AttributeData attribute in parameter.GetAttributes())
            {
                if (attribute is { AttributeClass: { Name: "AtMostAttribute" } type, ConstructorArguments: [{ Value: string size }, { Value: string limit }] }
                    && type.IsIn(KnownAttributes.Namespace)) _limits.Add((parameter.Name, size, limit));
            }
        }
    }

    /// <summary>The names in the texts of the parameters.</summary>
    public IEnumerable<string> Names => _texts.Values.SelectMany(text => _scope.Parse(text)?.Names ?? []).Distinct();

    /// <summary>What <c>[property: Shape]</c> says of a parameter of a record.</summary>
    private static string? OfProperty(IParameterSymbol parameter)
        => parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor, ContainingType: { IsRecord: true } record }
            ? record.GetMembers(parameter.Name).OfType<IPropertySymbol>().FirstOrDefault()?.ShapeText() : null;

    private static IMethodSymbol Declaring(IMethodSymbol method)
    {
        IMethodSymbol declared = method;
        while (declared.OverriddenMethod is { } overridden && !HasTexts(declared)) declared = overridden.OriginalDefinition;
        return declared;
    }

    private static bool HasTexts(IMethodSymbol method)
        => method.ReturnShapeText() is not null || method.Parameters.Any(static p => p.ShapeText() is not null);

    private static IMethodSymbol? Original(IMethodSymbol method)
    {
        foreach (string suffix in s_suffixes)
        {
            if (!method.Name.EndsWith(suffix, StringComparison.Ordinal) || method.Name.Length == suffix.Length) continue;
            string name = method.Name.Substring(0, method.Name.Length - suffix.Length);
            foreach (ISymbol member in method.ContainingType.GetMembers(name))
                if (member is IMethodSymbol original && original.IsDifferentiable() && Begins(method, original)) return original;
        }

        return null;
    }

    private static bool Begins(IMethodSymbol method, IMethodSymbol original)
        => original.Parameters.All(p => method.Parameters.Any(q => q.Name == p.Name));
}
