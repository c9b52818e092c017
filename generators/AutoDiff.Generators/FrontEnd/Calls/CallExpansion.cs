using AutoDiff.Compiler.Analysis.Shapes;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Transforms;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.FrontEnd;

/// <summary>Lowers the callees of a method, and theirs, and puts them in place of their calls.</summary>
internal sealed class CallExpansion(Compilation compilation, CancellationToken cancellation)
{
    private readonly Dictionary<Callee, IMethodSymbol> _symbols = [];
    private readonly Dictionary<Callee, Function?> _bodies = [];

    /// <summary>The function with its calls replaced; calls stay where the source is not in this project, or a method calls itself.</summary>
    public Function Run(LoweringResult lowered)
    {
        Know(lowered);
        return CallInlining.Run(lowered.Function!, BodyOf);
    }

    private void Know(LoweringResult lowered)
    {
        foreach (KeyValuePair<Callee, IMethodSymbol> pair in lowered.Callees) _symbols[pair.Key] = pair.Value;
    }

    private Function? BodyOf(Callee callee)
    {
        if (_bodies.TryGetValue(callee, out Function? known)) return known;
        if (!_symbols.TryGetValue(callee, out IMethodSymbol? method) || !callee.IsDifferentiable || callee.Rule is not null || method.IsVirtual || method.IsAbstract || method.IsOverride
            || method.DeclaringSyntaxReferences is not [var reference, ..] || !compilation.ContainsSyntaxTree(reference.SyntaxTree)) return _bodies[callee] = null;
        LoweringResult lowered = MethodLowering.Lower(method.OriginalDefinition, compilation, cancellation);
        Know(lowered);
        if (lowered.Function is { } function && !TakesAllSizes(function)) return _bodies[callee] = null;
        if (!method.IsGenericMethod || lowered.Function is not { } generic) return _bodies[callee] = lowered.Function;

        // A generic method that calls itself stays a call.
        _bodies[callee] = null;
        return _bodies[callee] = NumberOf(method) is ElementKind kind ? NumberSubstitution.Run(CallInlining.Run(generic, BodyOf), kind) : generic;
    }

    /// <summary>Whether calls say all sizes: none is a number of a member, or an <c>int</c> that is passed.</summary>
    private static bool TakesAllSizes(Function function)
    {
        string[] symbols = [.. SignatureDimensions.Of(function)];
        return function.Dimensions.All(binding => symbols.Contains(binding.Symbol));
    }

    /// <summary>The number type that a call gives a generic method; null where that is generic itself.</summary>
    private static ElementKind? NumberOf(IMethodSymbol method)
    {
        for (int k = 0; k < method.TypeParameters.Length; k++)
            if (TypeMap.IsNumber(method.TypeParameters[k]) && TypeMap.Element(method.TypeArguments[k]) is ElementKind kind && kind != ElementKind.Generic) return kind;
        return null;
    }
}
