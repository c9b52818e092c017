using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// Values of enumerations are numbers within the method; where they come in or go out they are of the type that they are declared with.
internal sealed partial class Lowering
{
    /// <summary>The type of an enumeration in signatures; null for other types.</summary>
    private OpaqueType? EnumType(ITypeSymbol type) => TypeMap.IsEnum(type) ? new OpaqueType(TypeText(type)) : null;

    /// <summary><c>options.HasFlag(flag)</c>; null for other calls.</summary>
    private Operand? HasFlag(IInvocationOperation call)
    {
        if (call is not { TargetMethod: { Name: "HasFlag", ContainingType.SpecialType: SpecialType.System_Enum }, Instance: { } options, Arguments: [{ Value: var argument }] }) return null;
        while (argument is IConversionOperation { IsImplicit: true } conversion) argument = conversion.Operand;
        while (options is IConversionOperation { IsImplicit: true } boxed) options = boxed.Operand;
        if (!TypeMap.IsEnum(options.Type) || !SymbolEqualityComparer.Default.Equals(options.Type, argument.Type))
            throw UnsupportedExpression(argument, "A flag of another type", "compare with '&': (options & flag) == flag");
        Value all = ValueOf(options), flag = ValueOf(argument);
        return new ValueOperand(_builder.Scalar(ScalarOp.Equal, _builder.Scalar(ScalarOp.And, all, flag), flag));
    }

    /// <summary>What came in, as a variable of a type holds it.</summary>
    private Value FromSignature(Value value, IrType? variable)
        => value.Type is OpaqueType && variable is ScalarType number ? _builder.Apply(new EnumNumber(), number, value) : value;

    /// <summary>What goes out, as the signature declares it.</summary>
    private Value ToSignature(Value value, IrType declared)
        => declared is OpaqueType opaque && value.Type is ScalarType ? _builder.Apply(new EnumValue(opaque.Name), opaque, value) : value;
}
