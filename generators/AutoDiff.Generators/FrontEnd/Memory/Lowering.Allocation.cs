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
        if (creation.Type is not IArrayTypeSymbol { IsSZArray: true } type)
            throw UnsupportedExpression(creation, "A multi-dimensional array", "use one array and row-major indices");
        if (TypeMap.Element(type.ElementType) is not ElementKind element)
        {
            if (creation.Initializer is { } list) return new ListOperand(list.ElementValues.Select(Visit).ToImmutableArray());
            throw Unsupported(FrontEndDescriptors.UnsupportedType, creation, "The array", type.ToDisplayString(), SupportedTypes);
        }

        if (creation.Initializer is { } initializer) return Filled(element, BufferKind.Array, initializer.ElementValues);
        return new ValueOperand(
            Allocate(element, BufferKind.Array, _builder.Convert(ValueOf(creation.DimensionSizes[0]), ElementKind.Int32)));
    }

    private Operand Collection(ICollectionExpressionOperation collection)
    {
        ITypeSymbol? element = TypeMap.Buffer(collection.Type)?.Element;
        if (TypeMap.Element(element) is ElementKind kind)
        {
            BufferKind buffer = collection.Type is IArrayTypeSymbol ? BufferKind.Array : BufferKind.Span;
            return collection.Elements.Any(static e => e is ISpreadOperation) ? Joined(kind, buffer, collection.Elements) : Filled(kind, buffer, collection.Elements);
        }

        if (collection.Elements.Any(static e => e is ISpreadOperation))
            throw UnsupportedExpression(collection, "A spread", "spread arrays and spans of numbers, into an array or span of numbers");
        return new ListOperand(collection.Elements.Select(Visit).ToImmutableArray());
    }

    private Operand Filled(ElementKind element, BufferKind kind, ImmutableArray<IOperation> values)
    {
        Value[] items = values.Select(ValueOf).ToArray();
        Value buffer = Allocate(element, kind, _builder.Int(items.Length));
        for (int i = 0; i < items.Length; i++) Effect(new Store(buffer, _builder.Int(i), _builder.Convert(items[i], element)));
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

        if (TypeMap.Element(elementType) is not ElementKind element)
            throw UnsupportedExpression(allocation, "This stackalloc", "allocate numbers");
        if (initializer is not null)
            return Filled(element, BufferKind.Span, initializer.Expressions.Select(e => Bound(model, e, allocation)).ToImmutableArray());
        return new ValueOperand(
            Allocate(element, BufferKind.Span, _builder.Convert(ValueOf(Bound(model, size!, allocation)), ElementKind.Int32)));
    }

    private IOperation Bound(SemanticModel model, SyntaxNode syntax, IOperation at)
        => model.GetOperation(syntax, cancellation)
            ?? throw UnsupportedExpression(at, $"'{StepText.Of(at.Syntax)}'", "use new in place of stackalloc");
}
