using AutoDiff.Compiler.IR;
using AutoDiff.Generators.Models;
using AutoDiff.Generators.Pipeline;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.FrontEnd;

// Parameters of a primary constructor that methods read. They are members of the object that have no name; generated code reads them by a hidden property.
internal sealed partial class Lowering
{
    private readonly HashSet<ISymbol> _captured = new(SymbolEqualityComparer.Default);

    /// <summary>What an object that came from outside keeps of its constructor; null where that is no number, value of an enumeration, object, or table.</summary>
    private Operand? CapturedByObject(IParameterSymbol parameter)
    {
        INamedTypeSymbol type = parameter.ContainingSymbol.ContainingType;
        Value? holder = _frame.This is FixedPlace { Operand: ValueOperand { Value: var other } } ? other : _frame.This is null ? _this : null;
        if (holder?.Type is not OpaqueType || type.TypeKind != TypeKind.Class || parameter.RefKind != RefKind.None || !ContainerChecks.HasRoom(type, cancellation)
            || !compilation.IsSymbolAccessibleWithin(parameter.Type, compilation.Assembly)) return null;
        if (IsHeldTable(parameter.Type))
        {
            _captured.Add(parameter.OriginalDefinition as IParameterSymbol ?? parameter);
            return new TableOperand($"{{0}}.{ModelNames.CapturedPrefix}{parameter.Name}{(parameter.NullableAnnotation == NullableAnnotation.Annotated ? "!" : "")}", parameter.Type, [holder]) { MayChange = true };
        }

        IrType? read = EnumType(parameter.Type);
        if (TypeMap.Element(parameter.Type) is ElementKind kind) read ??= new ScalarType(kind);
        else if (TypeMap.IsObject(parameter.Type) && !IsModel(parameter.Type) && ModelList(parameter.Type) is null) read ??= new OpaqueType(TypeText(parameter.Type));
        if (read is null) return null;
        _captured.Add(parameter.OriginalDefinition as IParameterSymbol ?? parameter);
        Value value = _builder.Apply(new GetMember(ModelNames.CapturedPrefix + parameter.Name, MayChange: true), read, holder);
        return new ValueOperand(FromSignature(value, TypeMap.ScalarOrBuffer(parameter.Type)));
    }
}
