using AutoDiff.Compiler;
using AutoDiff.Compiler.Derivatives.Functions;
using AutoDiff.Compiler.Emit;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Pipeline;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.FrontEnd;

// Forward mode of a call that stays a call.
internal sealed partial class Lowering
{
    /// <summary>What gives value and tangent of a method of numbers and of spans that it only reads; null where nothing does.</summary>
    private Callee? TangentOf(IMethodSymbol target, Callee callee)
    {
        bool isSimple = callee.Result is ScalarType { IsDifferentiable: true } && callee.Parts.IsEmpty && callee.Parameters.Any(static p => p.IsDifferentiable)
            && callee.Parameters.All(static p => !p.IsWritten && p.Passing is PassingKind.ByValue or PassingKind.In);
        if (!isSimple) return null;
        IMethodSymbol? rule = callee.Rule is null ? null : RuleIndex.Of(compilation, cancellation).Find(target)?.Jvp;
        if (rule is null && (callee.Rule is not null || !HasForwardMode(target))) return null;
        var tangents = callee.Parameters.Where(static p => p.IsDifferentiable).Select(static p => p with
        {
            Name = DerivedNames.Tangent(p.Name),
            Passing = PassingKind.ByValue,
            Type = p.Type is BufferType buffer ? buffer with { Kind = BufferKind.ReadOnlySpan } : p.Type,
        });
        bool hasPair = rule is null && HasTangentPair(target);
        bool isStatic = rule?.IsStatic ?? target.IsStatic;
        return callee with
        {
            ContainingType = rule is null ? callee.ContainingType : rule.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            Method = rule?.Name ?? target.Name + "Jvp",
            IsInstance = !isStatic,
            Parameters = callee.Parameters.Concat(tangents).Select(static p => p with { IsNeeded = true }).ToEquatable(),
            Result = CalledDerivatives.TupleOf((ScalarType)callee.Result!),
            IsDifferentiable = hasPair,
            HasSideEffects = false,
            UsesPair = hasPair,
            Rule = null,
        };
    }

    private static bool HasForwardMode(IMethodSymbol target) => (RequestedOf(target) & RequestedDerivatives.Jvp) != 0;

    /// <summary>
    /// Whether MJvp has a pair of its own: calls of M stay calls, and it is asked for both. In this project that is known by what is asked for, elsewhere by what is there.
    /// </summary>
    private bool HasTangentPair(IMethodSymbol target)
        => (RequestedOf(target) & RequestedDerivatives.Hvp) != 0
            && (target.DeclaringSyntaxReferences is [var reference, ..] && compilation.ContainsSyntaxTree(reference.SyntaxTree)
                || target.ContainingType.GetMembers(PairNames.Of(target.Name + "Jvp", PairNames.Pullback)).Length > 0);

    private static RequestedDerivatives RequestedOf(IMethodSymbol target)
    {
        for (IMethodSymbol? declared = target; declared is not null; declared = declared.OverriddenMethod)
            if (declared.Attribute("DifferentiableAttribute") is { } attribute)
                return attribute.ConstructorArguments is [{ Value: int flags }, ..] ? (RequestedDerivatives)flags : RequestedDerivatives.Gradient;
        return RequestedDerivatives.None;
    }
}
