using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.FrontEnd;

// Values of enumerations are numbers within the method; where they come in or go out they are of the type that they are declared with.
internal sealed partial class Lowering
{
    /// <summary>The type of an enumeration in signatures; null for other types.</summary>
    private OpaqueType? EnumType(ITypeSymbol type) => TypeMap.IsEnum(type) ? new OpaqueType(TypeText(type)) : null;

    /// <summary>What came in, as a variable of a type holds it.</summary>
    private Value FromSignature(Value value, IrType? variable)
        => value.Type is OpaqueType && variable is ScalarType number ? _builder.Apply(new EnumNumber(), number, value) : value;

    /// <summary>What goes out, as the signature declares it.</summary>
    private Value ToSignature(Value value, IrType declared)
        => declared is OpaqueType opaque && value.Type is ScalarType ? _builder.Apply(new EnumValue(opaque.Name), opaque, value) : value;
}
