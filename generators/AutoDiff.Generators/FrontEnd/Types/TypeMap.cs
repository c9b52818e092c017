using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.FrontEnd;

/// <summary>C# types as IR types, as far as a symbol alone tells (tensors need a shape).</summary>
internal static class TypeMap
{
    /// <summary>The kind of a number or truth value, or null. <c>nint</c>, in which tensors count, is an i64.</summary>
    public static ElementKind? Element(ITypeSymbol? type) => type?.SpecialType switch
    {
        SpecialType.None when type is ITypeParameterSymbol parameter => TypeArguments.Of(parameter) is var argument && !ReferenceEquals(argument, parameter) ? Element(argument)
            : IsNumber(parameter) ? ElementKind.Generic : null,
        SpecialType.System_Boolean => ElementKind.Bool,
        SpecialType.System_Char => ElementKind.UInt16,
        SpecialType.System_Byte => ElementKind.Byte,
        SpecialType.System_SByte => ElementKind.SByte,
        SpecialType.System_Int16 => ElementKind.Int16,
        SpecialType.System_UInt16 => ElementKind.UInt16,
        SpecialType.System_Int32 => ElementKind.Int32,
        SpecialType.System_UInt32 => ElementKind.UInt32,
        SpecialType.System_Int64 or SpecialType.System_IntPtr => ElementKind.Int64,
        SpecialType.System_UInt64 => ElementKind.UInt64,
        SpecialType.System_Single => ElementKind.Single,
        SpecialType.System_Double => ElementKind.Double,
        SpecialType.None when type.Name == "Half" && type.IsIn("System") => ElementKind.Half,
        SpecialType.None when IsEnum(type) => Element(((INamedTypeSymbol)type).EnumUnderlyingType),
        _ => null,
    };

    /// <summary>Whether a type is an enumeration, or a character: its values are numbers within a method, and what they are declared as in signatures.</summary>
    public static bool IsEnum(ITypeSymbol? type) => type is { TypeKind: TypeKind.Enum } or { SpecialType: SpecialType.System_Char };

    /// <summary>Whether a type parameter is constrained to be a number.</summary>
    public static bool IsNumber(ITypeParameterSymbol parameter)
        => parameter.ConstraintTypes.Any(static c => IsNumberInterface(c) || c.AllInterfaces.Any(IsNumberInterface));

    /// <summary>The number type that a static member of one of the framework's interfaces belongs to: <c>T</c> of <c>T.Sin</c>.</summary>
    public static ElementKind? NumberOf(INamedTypeSymbol type)
        => type is { TypeKind: TypeKind.Interface, TypeArguments: [var number, ..] } && type.IsIn("System.Numerics") ? Element(number) : Element(type);

    private static bool IsNumberInterface(ITypeSymbol type) => type is INamedTypeSymbol { Name: "INumberBase" } && type.IsIn("System.Numerics");

    /// <summary>The element type of a one-dimensional array or a span, with its spelling, or null.</summary>
    public static (ITypeSymbol Element, BufferKind Kind)? Buffer(ITypeSymbol? type) => type switch
    {
        ITypeParameterSymbol parameter => TypeArguments.Of(parameter) is var argument && !ReferenceEquals(argument, parameter) ? Buffer(argument) : null,
        IArrayTypeSymbol { IsSZArray: true } array => (array.ElementType, BufferKind.Array),
        INamedTypeSymbol { Name: "Span", TypeArguments.Length: 1 } span when span.IsIn("System")
            => (span.TypeArguments[0], BufferKind.Span),
        INamedTypeSymbol { Name: "ReadOnlySpan", TypeArguments.Length: 1 } span when span.IsIn("System")
            => (span.TypeArguments[0], BufferKind.ReadOnlySpan),
        _ => null,
    };

    /// <summary>The element type of a <c>Tensor&lt;T&gt;</c> or of a span of one, or null.</summary>
    public static ITypeSymbol? Tensor(ITypeSymbol? type)
        => type is INamedTypeSymbol { Name: "Tensor" or "TensorSpan" or "ReadOnlyTensorSpan", TypeArguments.Length: 1 } tensor
            && tensor.IsIn("System.Numerics.Tensors")
            ? tensor.TypeArguments[0]
            : null;

    /// <summary>A scalar, a buffer of scalars, or null for everything else.</summary>
    public static IrType? ScalarOrBuffer(ITypeSymbol? type)
    {
        if (Element(type) is ElementKind scalar) return new ScalarType(scalar);
        // A number may be converted to i64 and back; memory of nint, or of an enumeration, is no memory of numbers.
        if (Buffer(type) is var (element, kind) && element.SpecialType != SpecialType.System_IntPtr && !IsEnum(element) && Element(element) is ElementKind item) return new BufferType(item, kind);
        return null;
    }

    /// <summary>A class, interface, delegate or string: an object that only passes through.</summary>
    public static bool IsObject(ITypeSymbol type)
        => type.TypeKind is TypeKind.Class or TypeKind.Interface or TypeKind.Delegate && Tensor(type) is null;

    /// <summary>Whether a symbol is declared in the namespace of that full name. Spells no name: this is asked for all the time.</summary>
    public static bool IsIn(this ISymbol symbol, string ns)
    {
        int end = ns.Length;
        for (INamespaceSymbol? current = symbol.ContainingNamespace; current is { IsGlobalNamespace: false }; current = current.ContainingNamespace)
        {
            int start = end - current.Name.Length;
            if (start < 0 || string.CompareOrdinal(ns, start, current.Name, 0, current.Name.Length) != 0) return false;
            if (start == 0) return current.ContainingNamespace is { IsGlobalNamespace: true };
            if (ns[start - 1] != '.') return false;
            end = start - 1;
        }

        return false;
    }
}
