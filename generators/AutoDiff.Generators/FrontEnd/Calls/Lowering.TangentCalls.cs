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
    /// <summary>What gives value and tangent of a method of numbers, structs of them, and memory that it only reads; null where nothing does.</summary>
    private Callee? TangentOf(IMethodSymbol target, Callee callee)
    {
        bool isSimple = callee.Result is ScalarType or StructType && callee.Result.IsDifferentiable && callee.Parameters.Any(static p => p.IsDifferentiable)
            && callee.Parameters.All(static p => !p.IsWritten && p.Passing is PassingKind.ByValue or PassingKind.In && p.Type is not (TensorType or ModelType or ModelListType));
        if (!isSimple) return null;
        IMethodSymbol? rule = callee.Rule is null ? null : RuleIndex.Of(compilation, cancellation).Find(target)?.Jvp;
        if (rule is null && (callee.Rule is not null || !HasForwardMode(target))) return null;
        var parameters = new List<CalleeParameter>(callee.Parameters);
        var parts = new List<SignaturePart>(callee.Parts);
        foreach (CalleeArgument argument in SignatureParts.Arguments(callee).Where(static a => a.Leaves.Any(static l => l.IsDifferentiable)))
        {
            // The tangent of a struct is called as it is, and its leaves after that.
            if (argument.Struct is { } type) parts.Add(new SignaturePart(DerivedNames.Tangent(argument.Name), type));
            parameters.AddRange(argument.Leaves.Select(leaf => leaf with
            {
                Name = DerivedNames.Tangent(argument.Name) + leaf.Name.Substring(argument.Name.Length),
                Passing = PassingKind.ByValue,
                Type = leaf.Type is BufferType buffer ? buffer with { Kind = BufferKind.ReadOnlySpan } : leaf.Type,
            }));
        }

        bool hasPair = rule is null && callee.Parts.IsEmpty && callee.Result is ScalarType && HasTangentPair(target);
        bool isStatic = rule?.IsStatic ?? target.IsStatic;
        return callee with
        {
            ContainingType = rule is null ? callee.ContainingType : rule.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            Method = rule?.Name ?? target.Name + "Jvp",
            IsInstance = !isStatic,
            Parameters = parameters.Select(static p => p with { IsNeeded = true }).ToEquatable(),
            Parts = parts.ToEquatable(),
            Result = CalledDerivatives.TupleOf(callee.Result!),
            IsDifferentiable = hasPair,
            TakesElements = false,
            HasSideEffects = false,
            UsesPair = hasPair,
            Rule = null,
        };
    }

    private bool HasForwardMode(IMethodSymbol target) => (RequestedOf(target) & RequestedDerivatives.Jvp) != 0;

    /// <summary>
    /// Whether MJvp has a pair of its own: calls of M stay calls, and it is asked for both. In this project that is known by what is asked for, elsewhere by what is there.
    /// </summary>
    private bool HasTangentPair(IMethodSymbol target)
        => (RequestedOf(target) & RequestedDerivatives.Hvp) != 0
            && (target.DeclaringSyntaxReferences is [var reference, ..] && compilation.ContainsSyntaxTree(reference.SyntaxTree)
                || target.ContainingType.GetMembers(PairNames.Of(target.Name + "Jvp", PairNames.Pullback)).Length > 0);

    private RequestedDerivatives RequestedOf(IMethodSymbol target)
    {
        for (IMethodSymbol? declared = target; declared is not null; declared = declared.OverriddenMethod)
            if (declared.Attribute("DifferentiableAttribute") is { } attribute)
                return attribute.ConstructorArguments is [{ Value: int flags }, ..] ? (RequestedDerivatives)flags : RequestedDerivatives.Gradient;
        // A helper has what its callers ask for.
        return IsRecursiveHelper(target) ? RequestedDerivatives.Jvp | RequestedDerivatives.Hvp : RequestedDerivatives.None;
    }
}
