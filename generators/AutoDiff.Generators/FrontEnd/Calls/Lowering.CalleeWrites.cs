using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.FrontEnd;

internal sealed partial class Lowering
{
    private readonly Dictionary<ISymbol, Function?> _callees = new(SymbolEqualityComparer.Default);

    /// <summary>
    /// Whether a callee writes elements of a parameter, which decides what its derivative is called with. A callee of this compilation is
    /// lowered to find out, as it is for its own derivative; of another assembly, and of a method that calls itself, a <c>Span&lt;T&gt;</c>
    /// is taken to be written and an array to be read.
    /// </summary>
    private bool Writes(IParameterSymbol parameter)
    {
        if (TypeMap.Buffer(parameter.Type) is not var (_, kind) || kind == BufferKind.ReadOnlySpan) return false;
        var callee = (IMethodSymbol)parameter.ContainingSymbol;
        if (LoweredCallee(callee) is { } function)
            return function.Parameters.First(p => p.Name == parameter.Name).IsWritten;
        return kind == BufferKind.Span;
    }

    private Function? LoweredCallee(IMethodSymbol callee)
    {
        if (_callees.TryGetValue(callee, out Function? known)) return known;
        IMethodSymbol[] chain = [.. callers ?? [], method];
        bool isHere = callee.DeclaringSyntaxReferences is [var reference, ..] && compilation.ContainsSyntaxTree(reference.SyntaxTree);
        Function? function = !isHere || callee.IsAbstract || chain.Contains(callee, SymbolEqualityComparer.Default)
            ? null
            : new Lowering(callee, compilation, cancellation, chain).Run().Function;
        return _callees[callee] = function;
    }
}
