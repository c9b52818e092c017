using System.Collections.Immutable;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

internal sealed partial class Lowering
{
    private Operand Conversion(IConversionOperation conversion)
    {
        if (Components.IsNullable(conversion.Type) && conversion.Operand.ConstantValue is { HasValue: true, Value: null })
            return DefaultOf(conversion.Type!, conversion);
        if (TableSpan(conversion) is { } table) return table;
        if (InlineArray(conversion.Operand.Type) is not null && TypeMap.Buffer(conversion.Type) is not null) return new ValueOperand(InlineArrayOf(conversion.Operand).Lanes);
        Operand operand = Visit(conversion.Operand);
        if (conversion.OperatorMethod is { ContainingType.TypeKind: TypeKind.Class } ofClass && IsInlinedOperator(ofClass))
            return Convert(ValueMember(ofClass, [Convert(operand, ofClass.Parameters[0].Type, conversion)], conversion), conversion.Type!, conversion);
        if (conversion.Type is not { } type || operand is ListOperand || IsReferent(operand) && !Components.IsNullable(conversion.Type)) return operand;
        if (operand is AggregateOperand { Type: { IsValueType: true } } boxed && type.TypeKind == TypeKind.Interface && !Components.IsNullable(boxed.Type)) return Box(boxed, conversion);
        if (operand is ValueOperand { Value: { Type: OpaqueType } value } && !conversion.Conversion.IsImplicit && TypeMap.IsObject(type))
            return new ValueOperand(AsInstance(value, type));
        if (conversion.OperatorMethod is { } method && IsOfValueType(method))
        {
            operand = Convert(operand, method.Parameters[0].Type, conversion);
            return Convert(ValueMember(method, [operand], conversion), type, conversion);
        }

        return Convert(operand, type, conversion);
    }

    private Value AsInstance(Value value, ITypeSymbol type)
        => _builder.Apply(new AsInstance(TypeText(type)), IsModel(type) ? new ModelType(TypeText(type)) : new OpaqueType(TypeText(type)), value);

    private Operand Convert(Operand operand, ITypeSymbol type, IOperation at)
    {
        if (IsReferent(operand) || operand is ValueOperand { Value: var references } && _items.ContainsKey(references.Id)) return operand;
        if (AsSequence(operand, type) is { } sequence) return sequence;
        if (operand is TableOperand && type is IArrayTypeSymbol) return operand;
        if (operand is LanesOperand lanes)
            return Vector(type) == Vector(lanes.Type) ? operand : throw UnsupportedExpression(at, $"A conversion to '{type.ToDisplayString()}'", "compute with vectors of one type");
        if (Components.IsNullable(type)) return ToOtherNullable(operand, type, at);
        if (operand is AggregateOperand { Type: IArrayTypeSymbol } or AggregateOperand { Type: INamedTypeSymbol { Name: "List" } }) return operand;
        if (operand is AggregateOperand aggregate)
        {
            if (Components.IsNullable(aggregate.Type)) return Convert(ValueOfNullable(aggregate, at), type, at);
            if (Components.Of(type) is not { } fields || fields.Length != aggregate.Fields.Length)
                throw UnsupportedExpression(at, $"A conversion to '{type.ToDisplayString()}'", "convert field by field");
            return new AggregateOperand(type, aggregate.Fields.Select((f, i) => Convert(f, fields[i].Type, at)).ToImmutableArray());
        }

        Value value = Single(operand, at);
        if (TypeMap.Element(type) is ElementKind kind && value.Type is ScalarType or TensorType)
        {
            Overflow overflow = value.Type is ScalarType { Kind: var from } && (from.IsFloating() || from.IsInteger()) ? OverflowOf(ScalarOp.Convert, kind, at) : Overflow.Default;
            Value converted = overflow == Overflow.Default || value.Element == kind ? _builder.Convert(value, kind)
                : _builder.Apply(new Elementwise(ScalarOp.Convert) { Overflow = overflow }, new ScalarType(kind), value);
            if (converted != value && kind.IsInteger() && DimOf(value) is { } dim) _dims[converted.Id] = dim;
            return new ValueOperand(converted);
        }

        if (value.Type is BufferType && TypeMap.Buffer(type) is not null) return operand;
        if (value.Type is TensorType && (TypeMap.Tensor(type) is not null || TypeMap.Buffer(type) is not null)) return operand;
        if (value.Type is ModelType or ModelListType or OpaqueType) return operand;
        throw UnsupportedExpression(at, $"A conversion to '{type.ToDisplayString()}'", "convert between numbers only");
    }
}
