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
        if (collection.Elements.Any(static e => e is ISpreadOperation))
            throw UnsupportedExpression(collection, "A spread", "copy the elements in a loop");
        ITypeSymbol? element = TypeMap.Buffer(collection.Type)?.Element;
        if (TypeMap.Element(element) is ElementKind kind)
            return Filled(kind, collection.Type is IArrayTypeSymbol ? BufferKind.Array : BufferKind.Span, collection.Elements);
        return new ListOperand(collection.Elements.Select(Visit).ToImmutableArray());
    }

    private Operand Filled(ElementKind element, BufferKind kind, ImmutableArray<IOperation> values)
    {
        Value[] items = values.Select(ValueOf).ToArray();
        Value buffer = Allocate(element, kind, _builder.Int(items.Length));
        for (int i = 0; i < items.Length; i++) Effect(new Store(buffer, _builder.Int(i), _builder.Convert(items[i], element)));
        return new ValueOperand(buffer);
    }

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
