using AutoDiff.Compiler;
using AutoDiff.Compiler.Analysis.Shapes;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.FrontEnd;

internal sealed partial class Lowering
{
    /// <summary>The IR type of a parameter of the method; the names in its shape text are bound to its axes.</summary>
    private IrType ParameterType(IParameterSymbol parameter, string? shapeText)
    {
        if (ShapedOf(method, parameter, shapeText) is { } shaped)
        {
            ElementKind element = ShapedElement(parameter.Type) ?? throw UnsupportedParameter(parameter);
            Shape shape = SignatureDimensions.ShapeOf(shaped, ResolveOwn);
            foreach (DimBinding binding in DimensionBindings.Of(parameter.Name, shape, shaped.IsSpan, IsKnownSymbol)) Bind(binding);
            return new TensorType(element, shape);
        }

        if (EnumType(parameter.Type) is { } enumeration)
            return parameter.RefKind is RefKind.None or RefKind.In ? enumeration : throw UnsupportedParameter(parameter);
        if (ScalarOrBuffer(parameter.Type, parameter.Locations[0]) is IrType type) return type;
        if (IsModel(parameter.Type)) return new ModelType(TypeText(parameter.Type));
        if (ModelList(parameter.Type) is { } list) return list;
        // An object from outside: its numbers are constants here.
        if (TypeMap.IsObject(parameter.Type) || IsObjectArray(parameter.Type)) return new OpaqueType(TypeText(parameter.Type));
        throw UnsupportedParameter(parameter);
    }

    private UnsupportedException UnsupportedParameter(IParameterSymbol parameter)
        => Unsupported(
            FrontEndDescriptors.UnsupportedType, parameter.Locations[0], $"'{parameter.Name}'", parameter.Type.ToDisplayString(),
            SupportedTypes);

    /// <summary>A parameter as its signature shows it: tensors have shapes, and so do spans of <c>int</c> in methods with a pair.</summary>
    private ShapedParameter? ShapedOf(IMethodSymbol owner, IParameterSymbol parameter, string? shapeText)
    {
        Location at = parameter.Locations is [{ IsInSource: true } own, ..] ? own : method.Locations[0];
        if (TypeMap.Tensor(parameter.Type) is not null)
            return new ShapedParameter(parameter.Name, ParseShape(shapeText, at), IsSpan: false);
        if (TypeMap.Buffer(parameter.Type) is not ({ SpecialType: SpecialType.System_Int32 }, not BufferKind.Span) || !UsesPair(owner))
            return null;
        return new ShapedParameter(parameter.Name, ParseShape(shapeText, at), IsSpan: true);
    }

    private static ElementKind? ShapedElement(ITypeSymbol type) => TypeMap.Element(TypeMap.Tensor(type) ?? TypeMap.Buffer(type)?.Element);

    /// <summary>
    /// Whether derivatives of a method go through its pair: it has a tensor or a model, as a parameter, receiver or result.
    /// </summary>
    internal static bool UsesPair(IMethodSymbol target)
        => !target.IsStatic && IsModel(target.ContainingType)
            || TypeMap.Tensor(target.ReturnType) is not null
            || target.Parameters.Any(static p => TypeMap.Tensor(p.Type) is not null || IsModel(p.Type) || ModelList(p.Type) is not null);

    /// <summary>The result against its <c>[return: Shape]</c>.</summary>
    private void CheckResultShape(TensorType result)
    {
        if (ParseShape(method.ReturnShapeText(), method.Locations[0]) is not { } text) return;
        Shape declared = text.ToShape("return", ResolveOwn);
        string what = $"'{method.Name}' returns {result.Shape}, and its [return: Shape] says {declared}";
        if (declared.Rank != result.Shape.Rank)
            throw Unsupported(FrontEndDescriptors.ShapeMismatch, method.Locations[0], what, "their numbers of axes differ");
        for (int axis = 0; axis < declared.Rank; axis++)
        {
            Dim a = declared[axis], b = result.Shape[axis];
            if (text.Items[axis].Kind == ShapeItemKind.Any || a == b) continue;
            if ((a - b).Literal is not null)
                throw Unsupported(FrontEndDescriptors.ShapeMismatch, method.Locations[0], what, $"{a} is not {b}");
            // A name that only the result has says nothing that could be checked.
            if (!a.Symbols.All(IsKnownSymbol)) continue;
            _constraints.Add(new DimConstraint(a, b, "return"));
        }
    }
}
