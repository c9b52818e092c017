using System.Collections.Immutable;
using AutoDiff.Compiler;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

internal sealed partial class Lowering
{
    private Operand Field(IFieldReferenceOperation field)
    {
        if (field.Instance is null) return StaticField(field);
        if (Components.Of(field.Instance.Type) is not null)
        {
            if (IsElement(field.Instance)) return Read(PlaceOf(field), field);
            if (Visit(field.Instance) is AggregateOperand aggregate && Components.IndexOf(field.Instance.Type, field.Field) is >= 0 and var index)
                return aggregate.Fields[index];
            throw UnsupportedExpression(field, $"'{StepText.Of(field.Syntax)}'", "read a field of a local struct");
        }

        return ModelMember(field.Instance, field.Field, field.Type!, field);
    }

    /// <summary>A <c>static readonly</c> number stands for the expression that it is initialised with.</summary>
    private Operand StaticField(IFieldReferenceOperation field)
    {
        if (FrameworkDefinitions.Cover(field.Field.ContainingType))
            return FrameworkDefinitions.Of(compilation)?.Find(field.Field) is { } definition ? Defined(definition, [], field)
                : throw WithoutDefinition(field.Field, field);
        if (!field.Field.IsReadOnly
            || field.Field.DeclaringSyntaxReferences is not [var reference, ..]
            || reference.GetSyntax(cancellation) is not VariableDeclaratorSyntax { Initializer: { } initializer }
            || !compilation.ContainsSyntaxTree(initializer.SyntaxTree)
            || TypeMap.Element(field.Type) is null && Components.Of(field.Type) is null
            || compilation.ModelOf(initializer.SyntaxTree).GetOperation(
                initializer, cancellation) is not IFieldInitializerOperation { Value: var value }
            || !IsRepeatable(value))
        {
            return (field.Field.IsReadOnly ? OutsideValue(field.Field, field.Type!) : StateOutside(field.Field, field.Type!))
                ?? TableOf(field) ?? throw Unsupported(FrontEndDescriptors.OutsideState, field, field.Field.Name, field.Field.IsReadOnly && !compilation.IsSymbolAccessibleWithin(field.Field, method.ContainingType)
                    ? $"generated code cannot name it; make it internal, or '{field.Field.ContainingType.Name}' partial" : "make it const, or static readonly with its value, or pass it as a parameter");
        }

        return Convert(Visit(value), field.Type!, field);
    }

    /// <summary>What a static member that never changes holds, read where it is: a number, a value of an enumeration, or an object; null for other types.</summary>
    private Operand? OutsideValue(ISymbol member, ITypeSymbol type, bool mayChange = false)
    {
        IrType? read = TypeMap.IsEnum(type) ? EnumType(type) : TypeMap.Element(type) is ElementKind kind ? new ScalarType(kind)
            : TypeMap.IsObject(type) && !IsModel(type) && ModelList(type) is null && ListElement(type) is null && !IsObject(type) ? new OpaqueType(TypeText(type)) : null;
        if (read is null || type is ITypeParameterSymbol || NameFor(member) is not { } name) return null;
        Value value = _builder.Apply(new Outside($"{TypeText(member.ContainingType)}.{CSharpNames.Escape(name)}", mayChange), read);
        return new ValueOperand(FromSignature(value, TypeMap.ScalarOrBuffer(type)));
    }

    /// <summary>What a static number holds that others may change; null for other types.</summary>
    private Operand? StateOutside(ISymbol member, ITypeSymbol type)
        => TypeMap.Element(type) is null || member is IFieldSymbol { IsVolatile: true } ? null : OutsideValue(member, type, mayChange: true);

    /// <summary>Whether an initializer gives the same number each time: constants, arithmetic and functions of the table.</summary>
    private static bool IsRepeatable(IOperation value) => value.ConstantValue.HasValue || value switch
    {
        IBinaryOperation or IUnaryOperation or IParenthesizedOperation or IConversionOperation or IConditionalOperation or IArgumentOperation
            => value.ChildOperations.All(IsRepeatable),
        IInvocationOperation { TargetMethod.IsStatic: true } call
            => ScalarFunctions.IsLibrary(call.TargetMethod.ContainingType) && call.ChildOperations.All(IsRepeatable),
        IFieldReferenceOperation { Field: { IsStatic: true, IsReadOnly: true } } => true,
        IObjectCreationOperation { Initializer: null } or ITupleOperation when Components.Of(value.Type) is not null => value.ChildOperations.All(IsRepeatable),
        IPropertyReferenceOperation { Property.IsStatic: true } => FrameworkDefinitions.Cover(value.Type),
        _ => false,
    };

    private Operand Property(IPropertyReferenceOperation property)
    {
        IOperation? instance = property.Instance;
        if (instance is null) return StaticProperty(property);
        if (ExtensionProperty(property) is { } extension) return extension;
        if (ReferencesOf(instance) is { } references)
            return property.Property.Name is "Count" or "Length" ? new ValueOperand(LengthOf(references))
                : property.Arguments is [var which] ? ReferenceIn(references, IndexInto(references, which.Value))!
                : throw UnsupportedExpression(property, $"'{StepText.Of(property.Syntax)}'", "use Count, Length, elements and foreach");
        if (property.Property.IsIndexer && ArraysIn(instance.Type) is not null && TableOf(property) is { } array) return array;
        if (instance.Type is IArrayTypeSymbol && property.Property.Name is "Length" or "Rank" && TableOf(instance) is { } table)
            return new ValueOperand(property.Property.Name == "Length" ? TableLength(table) : _builder.Int(((IArrayTypeSymbol)table.Type).Rank));
        if (ItemIn(instance.Type) is not null && property.Property.Name is "Count" or "this[]" && TableOf(instance) is { } list)
            return property.Arguments is [var at] ? ReadTable(Item(list, IndexInto(list, at.Value))) : new ValueOperand(TableLength(list));
        if (ListElement(instance.Type) is not null)
            return property.Property.Name == "Count" ? new ValueOperand(Item(ListOf(instance), 1, property)) : Read(PlaceOf(property), property);
        if (Vector(instance.Type) is not null && property.Property.IsIndexer) return VectorElement(instance, property.Arguments[0].Value, property);
        if (JaggedElement(instance.Type) is not null)
            return property.Property.Name == "Length" ? new ValueOperand(LengthOf(Item(JaggedOf(instance)!, 1, property)))
                : throw UnsupportedExpression(property, $"'{property.Property.Name}' of a jagged array", "use Length");
        if (RectangularElement(instance.Type) is not null && property.Property.Name is "Length" or "Rank")
        {
            Value[] lengths = RectangularOf(instance).Lengths;
            return new ValueOperand(property.Property.Name == "Rank" ? _builder.Int(lengths.Length) : Product(lengths));
        }

        if (property.Property.IsIndexer && property.Arguments is [var axis] && TensorLength(instance, axis.Value) is { } length)
            return length;
        if (ModelList(instance.Type) is not null)
            return property.Property.IsIndexer ? Element(ValueOf(instance), property.Arguments[0].Value, property)
                : ModelMember(instance, property.Property, property.Type!, property);
        if (TypeMap.Buffer(instance.Type) is not null)
        {
            if (property.Property.IsIndexer)
            {
                if (property.Arguments[0].Value is IRangeOperation range) return new ValueOperand(Slice(ValueOf(instance), range));
                return Read(PlaceOf(property), property);
            }

            Value buffer = ValueOf(instance);
            ThrowIfMissing(buffer, property);
            if (property.Property.Name == "Length")
                return new ValueOperand(buffer.Type is TensorType tensor ? DimensionOf(tensor.Shape.Count) : LengthOf(buffer));
            if (property.Property.Name == "LongLength") return new ValueOperand(_builder.Convert(LengthOf(buffer), ElementKind.Int64));
            if (property.Property.Name == "IsEmpty")
                return new ValueOperand(_builder.Scalar(ScalarOp.Equal, LengthOf(buffer), _builder.Int(0)));
            throw UnsupportedExpression(property, $"'{property.Property.Name}' of a span", "use Length");
        }

        if (IsText(instance.Type)) return property.Arguments is [var character] ? TextPart(ValueOf(instance), character.Value) : new ValueOperand(TextLength(ValueOf(instance)));
        if (SequenceItem(instance.Type) is not null) return SequenceMember(property, instance);
        if (TypeMap.Tensor(instance.Type) is not null) return TensorProperty(property);
        if (Components.Of(instance.Type) is not null) return StructProperty(property, instance);
        return ModelMember(instance, property.Property, property.Type!, property);
    }

    private Operand StaticProperty(IPropertyReferenceOperation property)
    {
        if (StaticAbstractProperty(property) is { } constrained) return constrained;
        if (VectorProperty(property.Property) is { } vector) return vector;
        if (Pool(property.Property) is { } pool) return pool;
        if (FrameworkDefinitions.Cover(property.Property.ContainingType)) return ValueMember(property.Property.GetMethod!, [], property);
        if (TypeMap.NumberOf(property.Property.ContainingType) is ElementKind kind && kind.IsFloating())
        {
            double? value = property.Property.Name switch
            {
                "Zero" or "AdditiveIdentity" => 0,
                "One" or "MultiplicativeIdentity" => 1,
                "NegativeOne" => -1,
                "Pi" => Math.PI,
                "E" => Math.E,
                "Tau" => 2 * Math.PI,
                "PositiveInfinity" => double.PositiveInfinity,
                "NegativeInfinity" => double.NegativeInfinity,
                "NaN" => double.NaN,
                _ => null,
            };
            if (property.Property.Name is "Epsilon" or "NegativeZero") return new ValueOperand(_builder.Apply(new Outside($"{kind.CSharp()}.{property.Property.Name}"), new ScalarType(kind)));
            if (value is double number) return new ValueOperand(_builder.Constant(new ScalarType(kind), number));
        }

        // A property that computes what it returns.
        if (property.Property is { SetMethod: null, GetMethod: { } getter }
            && (TypeMap.Buffer(property.Type) is (_, BufferKind.ReadOnlySpan) || TypeMap.Element(property.Type) is not null || Components.Of(property.Type) is not null) && BodyOf(getter, property) is var (body, _, _))
            return Inline(getter, body, [], property);
        if (property.Property is { SetMethod: null, IsAbstract: false } fixedValue && IsAutomatic(fixedValue.GetMethod!) && OutsideValue(fixedValue, property.Type!) is { } known) return known;
        if (property.Property is { SetMethod: not null, IsAbstract: false, GetMethod: { } automatic } && IsAutomatic(automatic) && StateOutside(property.Property, property.Type!) is { } state) return state;
        return TableOf(property) ?? throw Unsupported(FrontEndDescriptors.OutsideState, property, property.Property.Name, "pass its value as a parameter");
    }

    private Operand StructProperty(IPropertyReferenceOperation property, IOperation instance)
    {
        if (Components.IndexOf(instance.Type, property.Property) is >= 0 and var index)
            return IsElement(instance) && !Components.IsNullable(instance.Type) ? Read(PlaceOf(property), property)
                : Visit(instance) is not AggregateOperand aggregate ? throw new UnsupportedException()
                : Components.IsNullable(instance.Type) && property.Property.Name == "Value" ? ValueOfNullable(aggregate, property)
                : aggregate.Fields[index];

        if (property.Property.GetMethod is not { } getter) throw UnsupportedExpression(property, $"The property '{property.Property.Name}'", "read a field");
        Place receiver = ReceiverPlace(instance, getter);
        return ValueMember(getter, property.Arguments.Select(a => Visit(a.Value)).ToImmutableArray(), property, receiver);
    }

    /// <summary>Whether an operand is an element of a span or array, or a component of one: the rest of the element need not be read.</summary>
    private static bool IsElement(IOperation operand) => operand switch
    {
        IArrayElementReferenceOperation { Indices: [not IRangeOperation] } => true,
        IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } span } => TypeMap.Buffer(span.Type) is not null,
        IImplicitIndexerReferenceOperation { Argument: not IRangeOperation } element => TypeMap.Buffer(element.Instance.Type) is not null,
        IFieldReferenceOperation { Instance: { } instance } => Components.Of(instance.Type) is not null && IsElement(instance),
        IPropertyReferenceOperation { Instance: { } instance } property => Components.IndexOf(instance.Type, property.Property) >= 0 && IsElement(instance),
        _ => false,
    };

    private Operand Instance(IInstanceReferenceOperation instance)
    {
        if (_frame.This is not null) return Read(_frame.This, instance);
        if (_this is not null) return new ValueOperand(_this);
        throw UnsupportedExpression(instance, "'this'", "make the method static, or mark its type [Differentiable]");
    }
}
