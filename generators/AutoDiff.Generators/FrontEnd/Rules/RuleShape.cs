using System.Collections.Immutable;
using AutoDiff.Compiler.Derivatives.Functions;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.FrontEnd;

/// <summary>What a registered derivative rule is, which its signature tells.</summary>
internal enum RuleKind
{
    /// <summary>As the generated <c>MVjp</c>: value and gradients.</summary>
    Vjp,

    /// <summary>As the generated <c>MJvp</c>: value and tangent.</summary>
    Jvp,

    /// <summary>Value and residual: the forward half of a rule in two halves.</summary>
    Record,

    /// <summary>From residual and cotangents to gradients: the backward half.</summary>
    Pullback,
}

/// <summary>One parameter that a rule must have. Without a type: any (the residual).</summary>
internal sealed record RuleParameter(ITypeSymbol? Type, string Name, RefKind RefKind, bool IsOptional = false)
{
    public override string ToString()
    {
        string modifier = RefKind switch { RefKind.Ref => "ref ", RefKind.Out => "out ", RefKind.In => "in ", _ => "" };
        string type = Type?.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat) ?? "TResidual";
        return $"{modifier}{type} {Name}{(IsOptional ? " = false" : "")}";
    }
}

/// <summary>The signature that a rule of one kind for one method must have.</summary>
internal sealed class RuleShape
{
    private RuleShape(RuleKind kind, IMethodSymbol target, ImmutableArray<RuleParameter> parameters, ImmutableArray<(ITypeSymbol? Type, string Name)> returns)
        => (Kind, Target, Parameters, Returns) = (kind, target, parameters, returns);

    public RuleKind Kind { get; }

    public IMethodSymbol Target { get; }

    public ImmutableArray<RuleParameter> Parameters { get; }

    public ImmutableArray<(ITypeSymbol? Type, string Name)> Returns { get; }

    /// <summary>The shapes that a rule for a method can have.</summary>
    /// <param name="target">The method.</param>
    /// <param name="onInstance">Whether the rule is an instance method of the same type, so that it needs no parameter for the receiver.</param>
    /// <param name="compilation">For the span types.</param>
    public static IEnumerable<RuleShape> Of(IMethodSymbol target, bool onInstance, Compilation compilation)
    {
        var own = new List<RuleParameter>();
        if (!target.IsStatic && !onInstance) own.Add(new(target.ContainingType, "self", RefKind.None));
        own.AddRange(target.Parameters.Select(static p => new RuleParameter(p.Type, p.Name, p.RefKind)));
        IParameterSymbol[] active = [.. target.Parameters.Where(IsActive)];
        ITypeSymbol? result = target.ReturnsVoid ? null : target.ReturnType;
        bool isActiveResult = TypeMap.Element(result)?.IsFloating() == true;

        var cotangents = new List<RuleParameter>();
        if (isActiveResult) cotangents.Add(new(result, "dResult", RefKind.None));
        foreach (IParameterSymbol parameter in active)
        {
            if (parameter.RefKind is RefKind.Ref or RefKind.Out) cotangents.Add(new(parameter.Type, Adjoint(parameter.Name), RefKind.None));
            else if (IsWritten(parameter)) cotangents.Add(new(SpanOf("System.ReadOnlySpan`1", parameter), Adjoint(parameter.Name), RefKind.None));
        }

        RuleParameter[] destinations =
        [
            .. active.Where(static p => TypeMap.Buffer(p.Type) is not null && !IsWritten(p)).Select(p => new RuleParameter(SpanOf("System.Span`1", p), Adjoint(p.Name), RefKind.None)),
        ];
        RuleParameter[] accumulate = destinations.Length == 0 ? []
            : [new(compilation.GetSpecialType(SpecialType.System_Boolean), "accumulate", RefKind.None, IsOptional: true)];
        (ITypeSymbol?, string)[] value = result is null ? [] : [(result, "Value")];
        (ITypeSymbol?, string)[] gradients =
        [
            .. active.Where(static p => TypeMap.Element(p.Type) is not null && p.RefKind != RefKind.Out).Select(static p => ((ITypeSymbol?)p.Type, "D" + Pascal(p.Name))),
        ];
        yield return new(RuleKind.Vjp, target, [.. own, .. cotangents, .. destinations, .. accumulate], [.. value, .. gradients]);

        RuleParameter[] tangents =
        [
            .. active.Where(static p => p.RefKind != RefKind.Out && !IsWritten(p)).Select(p => new RuleParameter(
                TypeMap.Buffer(p.Type) is null ? p.Type : SpanOf("System.ReadOnlySpan`1", p), DerivedNames.Tangent(p.Name), RefKind.None)),
        ];
        RuleParameter[] tangentDestinations = [.. active.Where(IsWritten).Select(p => new RuleParameter(p.Type, DerivedNames.Tangent(p.Name), RefKind.None))];
        yield return new(
            RuleKind.Jvp, target, [.. own, .. tangents, .. tangentDestinations], isActiveResult ? [.. value, (result, "Tangent")] : [.. value]);

        yield return new(RuleKind.Record, target, [.. own], [.. value, (null, "Residual")]);
        RuleParameter residual = new(null, "residual", RefKind.None);
        IEnumerable<RuleParameter> entries = own.Where(static p => p.RefKind != RefKind.Out).Select(static p => p with { RefKind = RefKind.None });
        yield return new(RuleKind.Pullback, target, [.. entries, residual, .. cotangents, .. destinations, .. accumulate], [.. gradients]);

        ITypeSymbol SpanOf(string metadataName, IParameterSymbol parameter)
            => compilation.GetTypeByMetadataName(metadataName)!.Construct(TypeMap.Buffer(parameter.Type)!.Value.Element);
    }

    /// <summary>The first parameter of a rule that differs; the number of parameters where only the count or the result does; null where all fits.</summary>
    public int? FirstDifference(IMethodSymbol rule)
    {
        for (int k = 0; k < Math.Min(rule.Parameters.Length, Parameters.Length); k++)
        {
            IParameterSymbol actual = rule.Parameters[k];
            RuleParameter expected = Parameters[k];
            if (actual.RefKind != expected.RefKind || (expected.Type is not null && !Same(actual.Type, expected.Type))) return k;
        }

        int required = Parameters.Count(static p => !p.IsOptional);
        bool fits = rule.Parameters.Length >= required && rule.Parameters.Length <= Parameters.Length && ReturnsFit(rule);
        return fits ? null : Math.Min(rule.Parameters.Length, Parameters.Length);
    }

    public string Describe(IMethodSymbol rule)
    {
        string[] elements = [.. Returns.Select(static r => r.Type?.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat) ?? "TResidual")];
        string returns = elements.Length switch
        {
            0 => "void",
            1 => elements[0],
            _ => $"({string.Join(", ", elements.Zip(Returns, static (e, r) => $"{e} {r.Name}"))})",
        };
        return $"{(rule.IsStatic ? "static " : "")}{returns} {rule.Name}({string.Join(", ", Parameters)})";
    }

    private bool ReturnsFit(IMethodSymbol rule)
    {
        ITypeSymbol[] actual = rule.ReturnsVoid ? [] : Returns.Length > 1 && rule.ReturnType is INamedTypeSymbol { IsTupleType: true } tuple
            ? [.. tuple.TupleElements.Select(static e => e.Type)] : [rule.ReturnType];
        return actual.Length == Returns.Length && actual.Zip(Returns, static (a, e) => e.Type is null || Same(a, e.Type)).All(static b => b);
    }

    /// <summary>Whether a parameter of the method carries a derivative.</summary>
    public static bool IsActive(IParameterSymbol parameter) => TypeMap.ScalarOrBuffer(parameter.Type)?.IsDifferentiable == true && !parameter.HasNoGradient();

    /// <summary>A method with a rule is taken to write its <c>Span&lt;T&gt;</c>s, wholly, and to read its arrays.</summary>
    public static bool IsWritten(IParameterSymbol parameter) => TypeMap.Buffer(parameter.Type) is (_, BufferKind.Span);

    private static bool Same(ITypeSymbol a, ITypeSymbol b) => SymbolEqualityComparer.Default.Equals(a, b);

    private static string Adjoint(string name) => name.Length == 1 ? "d" + name : "d" + Pascal(name);

    private static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);
}
