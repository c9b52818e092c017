using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.FrontEnd;

/// <summary>One of the parameters that stand for a rectangular array in signatures: its elements, or the length of a dimension.</summary>
/// <param name="Name">Its name there.</param>
/// <param name="Type">Its type in the IR.</param>
/// <param name="TypeName">Its C# type as symbols print it.</param>
internal sealed record RectangularPart(string Name, IrType Type, string TypeName)
{
    /// <summary>Its C# type with <c>global::</c>.</summary>
    public string TypeText => Type is BufferType buffer ? $"global::System.Span<{buffer.ElementText}>" : "int";

    /// <summary>What stands for a parameter of the type <c>T[,]</c> of any rank, in order; nothing for other parameters.</summary>
    public static IReadOnlyList<RectangularPart> Of(IParameterSymbol parameter)
        => parameter.Type is not IArrayTypeSymbol { Rank: > 1 and var rank, ElementType: var item } || TypeMap.Element(item) is not ElementKind element ? []
            :
            [
                new(parameter.Name, new BufferType(element, BufferKind.Span), $"System.Span<{item.ToDisplayString()}>"),
                .. Enumerable.Range(0, rank).Select(k => new RectangularPart(Named($"{parameter.Name}Length{k}", parameter), IrType.Int32, "int")),
            ];

    /// <summary>The name of a part, which no other parameter has.</summary>
    public static string Named(string name, IParameterSymbol parameter)
    {
        var method = (IMethodSymbol)parameter.ContainingSymbol;
        while (name != parameter.Name && method.Parameters.Any(p => p.Name == name)) name += "_";
        return name;
    }
}
