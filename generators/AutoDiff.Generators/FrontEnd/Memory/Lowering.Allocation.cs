using System.Collections.Immutable;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

internal sealed partial class Lowering
{
    private Operand ArrayCreation(IArrayCreationOperation creation)
    {
        if (RectangularElement(creation.Type) is ElementKind number) return NewRectangular(creation, number);
        if (JaggedElement(creation.Type) is ElementKind item)
        {
            Value count = _builder.Convert(ValueOf(creation.DimensionSizes[0]), ElementKind.Int32);
            return NewJagged(creation.Type!, item, count, creation.Initializer?.ElementValues ?? [], creation);
        }

        if (creation.Type is not IArrayTypeSymbol { IsSZArray: true } type)
            throw UnsupportedExpression(creation, "This multi-dimensional array", "make it an array of numbers");
        if (ScalarOrBuffer(type, creation.Syntax.GetLocation()) is not BufferType buffer)
        {
            if (creation.Initializer is { } list && list.ElementValues.Select(Visit).ToImmutableArray() is var listed) return ReferencesIn(listed, creation) ?? new ListOperand(listed);
            throw Unsupported(FrontEndDescriptors.UnsupportedType, creation, "The array", type.ToDisplayString(), SupportedTypes);
        }

        if (creation.Initializer is { } initializer) return Filled(buffer, type.ElementType, initializer.ElementValues);
        return new ValueOperand(
            Allocate(buffer, _builder.Convert(ValueOf(creation.DimensionSizes[0]), ElementKind.Int32)));
    }

    private Operand Collection(ICollectionExpressionOperation collection)
    {
        ITypeSymbol? element = TypeMap.Buffer(collection.Type)?.Element;
        bool spreads = collection.Elements.Any(static e => e is ISpreadOperation);
        if (element is not null && ScalarOrBuffer(collection.Type, collection.Syntax.GetLocation()) is BufferType type && !(spreads && type.Struct is not null))
        {
            type = type with { Kind = type.Kind == BufferKind.Array ? BufferKind.Array : BufferKind.Span };
            return spreads ? Joined(type.Element, type.Kind, collection.Elements) : Filled(type, element, collection.Elements);
        }

        if (SequenceItem(collection.Type) is { } one && (!spreads || TypeMap.Element(one) is not null))
            return spreads ? Joined(TypeMap.Element(one)!.Value, BufferKind.Array, collection.Elements) : Filled(ItemsOf(one, collection.Syntax.GetLocation()), one, collection.Elements);
        if (!spreads && JaggedElement(collection.Type) is ElementKind item)
            return NewJagged(collection.Type!, item, _builder.Int(collection.Elements.Length), collection.Elements, collection);
        if (!spreads && ListElement(collection.Type) is { } listed) return ListWith(collection.Type!, listed, collection.Elements, collection);
        if (spreads && ListElement(collection.Type) is { } number && TypeMap.Element(number) is ElementKind kind
            && Joined(kind, BufferKind.Array, collection.Elements) is ValueOperand joined)
            return new AggregateOperand(collection.Type!, [joined, new ValueOperand(LengthOf(joined.Value))]);
        if (spreads) throw UnsupportedExpression(collection, "A spread", "spread arrays and spans of numbers, into an array or span of numbers");
        ImmutableArray<Operand> items = collection.Elements.Select(Visit).ToImmutableArray();
        return ReferencesIn(items, collection) ?? new ListOperand(items);
    }

    private Operand Filled(BufferType type, ITypeSymbol element, ImmutableArray<IOperation> values)
    {
        Operand[] items = values.Select(Visit).ToArray();
        Value buffer = Allocate(type, _builder.Int(items.Length));
        for (int i = 0; i < items.Length; i++) Write(ElementOf(buffer, _builder.Int(i), element), items[i], values[i]);
        return new ValueOperand(buffer);
    }

    /// <summary><c>[.. a, x, .. b]</c>: the parts are evaluated first, then copied one behind the other.</summary>
    private Operand Joined(ElementKind element, BufferKind kind, ImmutableArray<IOperation> parts)
    {
        Value[] values = parts.Select(part => part is ISpreadOperation spread ? SpreadOf(spread) : _builder.Convert(ValueOf(part), element)).ToArray();
        Value[] lengths = values.Select(v => v.Type is BufferType ? LengthOf(v) : _builder.Int(1)).ToArray();
        Value buffer = Allocate(element, kind, lengths.Aggregate((a, b) => _builder.Scalar(ScalarOp.Add, a, b)));
        Value start = _builder.Int(0);
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i].Type is BufferType) Effect(new CopyBuffer(Slice(buffer, start, lengths[i]), values[i]));
            else Effect(new Store(buffer, start, values[i]));
            start = _builder.Scalar(ScalarOp.Add, start, lengths[i]);
        }

        return new ValueOperand(buffer);
    }

    private Value SpreadOf(ISpreadOperation spread)
        => Visit(spread.Operand) switch
        {
            ValueOperand { Value: { Type: BufferType } buffer } => buffer,
            SequenceOperand sequence => ToArray(sequence, spread),
            _ => throw UnsupportedExpression(spread, "This spread", "spread arrays and spans of numbers"),
        };

    /// <summary><c>stackalloc</c>, which the bound tree shows only as an operation without a kind.</summary>
    private Operand StackAllocation(IOperation allocation)
    {
        SemanticModel model = allocation.SemanticModel!;
        InitializerExpressionSyntax? initializer;
        ITypeSymbol? elementType;
        ExpressionSyntax? size = null;
        if (allocation.Syntax is StackAllocArrayCreationExpressionSyntax { Type: ArrayTypeSyntax type } explicitly)
        {
            elementType = model.GetTypeInfo(type.ElementType, cancellation).Type;
            initializer = explicitly.Initializer;
            size = type.RankSpecifiers[0].Sizes[0] is OmittedArraySizeExpressionSyntax ? null : type.RankSpecifiers[0].Sizes[0];
        }
        else
        {
            initializer = ((ImplicitStackAllocArrayCreationExpressionSyntax)allocation.Syntax).Initializer;
            elementType = model.GetTypeInfo(initializer.Expressions[0], cancellation).Type;
        }

        BufferType? buffer = TypeMap.Element(elementType) is ElementKind number ? new BufferType(number, BufferKind.Span)
            : Components.Of(elementType) is not null ? BufferType.Of(ElementStruct(elementType!, allocation.Syntax.GetLocation()), BufferKind.Span)
            : null;
        if (buffer is null) throw UnsupportedExpression(allocation, "This stackalloc", "allocate numbers");
        if (initializer is not null)
            return Filled(buffer, elementType!, initializer.Expressions.Select(e => Bound(model, e, allocation)).ToImmutableArray());
        return new ValueOperand(
            Allocate(buffer, _builder.Convert(ValueOf(Bound(model, size!, allocation)), ElementKind.Int32)));
    }

    private IOperation Bound(SemanticModel model, SyntaxNode syntax, IOperation at)
        => model.GetOperation(syntax, cancellation)
            ?? throw UnsupportedExpression(at, $"'{StepText.Of(at.Syntax)}'", "use new in place of stackalloc");
}
