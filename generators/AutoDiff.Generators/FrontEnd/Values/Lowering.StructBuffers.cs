using System.Collections.Immutable;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.FrontEnd;

// Spans and arrays whose elements are structs: an element is read and written leaf by leaf, where it is.
internal sealed partial class Lowering
{
    /// <summary>A scalar, a buffer of scalars or structs, or null for everything else.</summary>
    private IrType? ScalarOrBuffer(ITypeSymbol? type, Location at)
    {
        if (TypeMap.ScalarOrBuffer(type) is { } known) return known;
        if (TypeMap.Buffer(type) is not var (element, kind) || Components.Of(element) is null) return null;
        return BufferType.Of(ElementStruct(element, at), kind);
    }

    /// <summary>The struct type of the elements of a buffer.</summary>
    private StructType ElementStruct(ITypeSymbol element, Location at)
    {
        if (UsesPair(method))
            throw Unsupported(
                FrontEndDescriptors.UnsupportedType, at, "The element", element.ToDisplayString(), "a method with tensors or models takes spans of numbers");
        if (!element.IsUnmanagedType)
            throw Unsupported(
                FrontEndDescriptors.UnsupportedType, at, "The element", element.ToDisplayString(), "it holds references; use spans of structs of numbers only");
        return StructTypes.Of(element, out string problem)
            ?? throw Unsupported(
                FrontEndDescriptors.UnsupportedType, at, "The element", element.ToDisplayString(), problem.Length > 0 ? problem : SupportedTypes);
    }

    /// <summary>The C# element type of a buffer value, as its leaves: one place, or one for each.</summary>
    private Place ElementOf(Value buffer, Value index, ITypeSymbol? element)
    {
        if (buffer.Type is not BufferType { Struct: { } type } || element is null) return new ElementPlace(buffer, index);
        var leaves = new Queue<StructLeaf>(type.Leaves);
        return Part(element);

        Place Part(ITypeSymbol part) => TypeMap.Element(part) is null && Components.Of(part) is { } components
            ? new AggregatePlace(part, components.Select(c => Part(c.Type)).ToImmutableArray())
            : new ElementPlace(buffer, index, leaves.Dequeue()) { Enum = TypeMap.IsEnum(part) ? new ScalarType(TypeMap.Element(part)!.Value) : null };
    }

    private Operand ReadElement(ElementPlace element)
    {
        if (element.Leaf is not { } leaf) return new ValueOperand(_builder.Load(element.Buffer, element.Index));
        Value value = FromSignature(_builder.Load(element.Buffer, element.Index, path: leaf.Path), element.Enum);
        return new ValueOperand(IsExempt(leaf) ? _builder.Scalar(ScalarOp.Detach, value) : value);
    }

    private void WriteElement(ElementPlace element, Value value)
    {
        if (element.Leaf is not { } leaf)
        {
            Effect(new Store(element.Buffer, element.Index, _builder.Convert(value, element.Buffer.Element)));
            return;
        }

        if (leaf.Type is ScalarType scalar) value = _builder.Convert(value, scalar.Kind);
        if (IsExempt(leaf)) value = _builder.Scalar(ScalarOp.Detach, value);
        value = ToSignature(value, leaf.Type);
        Effect(new Store(element.Buffer, element.Index, value) { Path = leaf.Path });
    }

    /// <summary>Whether a number is marked <c>[NoGradient]</c>.</summary>
    private static bool IsExempt(StructLeaf leaf) => !leaf.IsDifferentiable && leaf.Type.IsDifferentiable;

    /// <summary><c>buffer.Fill(value)</c> of structs: element by element.</summary>
    private void FillStructs(Value buffer, Operand value, ITypeSymbol element, IOperation at)
    {
        InstructionBuilder outer = _builder;
        Value length = LengthOf(buffer), zero = _builder.Int(0), counter = _values.New(IrType.Int32, "k");
        InstructionBuilder body = _builder = outer.Nested();
        Write(ElementOf(buffer, counter, element), value, at);
        _builder = outer;
        _builder.Append(new For([], zero, length, 1, [], body.ToRegion([counter], [])));
    }
}
