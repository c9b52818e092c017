using System.Collections.Immutable;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// Methods of Array that go through the elements of an array of any rank, or through a part of them.
internal sealed partial class Lowering
{
    /// <summary>An array that is handed on as one of any type.</summary>
    private static IOperation Unwrapped(IOperation argument)
        => argument is IConversionOperation { IsImplicit: true, Type.SpecialType: SpecialType.System_Array, Operand: var array } ? array : argument;

    /// <summary><c>Array.Copy</c>, and <c>Array.Clear</c> and <c>Array.Fill</c> where they take a part or a rectangular array; null for other calls.</summary>
    private Operand? ArrayMethod(IMethodSymbol target, ImmutableArray<IOperation> arguments)
    {
        if (arguments.IsEmpty || !IsFlat(arguments[0])) return null;
        switch (target.Name, arguments.Length)
        {
            case ("Copy", 3) when AreAlike(arguments[0], arguments[1]):
                Value from = FlatOf(arguments[0]), to = FlatOf(arguments[1]), count = CountOf(arguments[2]);
                Effect(new CopyBuffer(Slice(to, _builder.Int(0), count), Slice(from, _builder.Int(0), count)));
                return Nothing;
            case ("Copy", 5) when AreAlike(arguments[0], arguments[2]):
                Value source = FlatOf(arguments[0]), first = CountOf(arguments[1]), destination = FlatOf(arguments[2]), at = CountOf(arguments[3]), many = CountOf(arguments[4]);
                Effect(new CopyBuffer(Slice(destination, at, many), Slice(source, first, many)));
                return Nothing;
            case ("Clear", 1) when RectangularElement(arguments[0].Type) is not null:
                Zero(FlatOf(arguments[0]));
                return Nothing;
            case ("Clear", 3):
                Zero(Slice(FlatOf(arguments[0]), CountOf(arguments[1]), CountOf(arguments[2])));
                return Nothing;
            case ("Fill", 4) when TypeMap.Element(arguments[1].Type) is not null:
                Value filled = FlatOf(arguments[0]), value = _builder.Convert(ValueOf(arguments[1]), filled.Element);
                Effect(new FillBuffer(Slice(filled, CountOf(arguments[2]), CountOf(arguments[3])), value));
                return Nothing;
            default:
                return null;
        }

        Value CountOf(IOperation number) => _builder.Convert(ValueOf(number), ElementKind.Int32);

        void Zero(Value cleared) => Effect(new FillBuffer(cleared, _builder.Constant(new ScalarType(cleared.Element), 0)));
    }

    private static bool IsFlat(IOperation array) => array.Type is IArrayTypeSymbol && (RectangularElement(array.Type) is not null || TypeMap.ScalarOrBuffer(array.Type) is BufferType || IsOfStructs(array));

    private static bool IsOfStructs(IOperation array) => TypeMap.Buffer(array.Type) is var (element, _) && Components.Of(element) is not null;

    /// <summary>Whether one can be copied to the other: both of one rank and one type of elements.</summary>
    private static bool AreAlike(IOperation a, IOperation b)
        => a.Type is IArrayTypeSymbol { Rank: var rank, ElementType: var element } && b.Type is IArrayTypeSymbol { Rank: var other, ElementType: var received } && rank == other
            && SymbolEqualityComparer.Default.Equals(element, received);

    /// <summary>The elements of an array of any rank.</summary>
    private Value FlatOf(IOperation array) => RectangularElement(array.Type) is not null ? RectangularOf(array).Buffer : ValueOf(array);
}
