using System.Collections.Immutable;
using AutoDiff.Compiler;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// Arrays in static readonly fields and in static properties without a setter: tables, also of rows, of two and more indices, of tuples and structs. What they hold is read where it
// is; a span of one is a copy, which nobody can tell from the table while it is only read. Whatever could change a table is refused.
internal sealed partial class Lowering
{
    /// <summary>The table, or row of one, that an expression names; null for other expressions.</summary>
    private TableOperand? TableOf(IOperation array)
    {
        while (array is IConversionOperation { OperatorMethod: null } or IParenthesizedOperation) array = array.ChildOperations.First();
        return array switch
        {
            IFieldReferenceOperation { Instance: null, Field: { IsReadOnly: true } field } => Table(field, field.Type),
            IPropertyReferenceOperation { Instance: null, Property: { SetMethod: null, GetMethod: { } getter } property } when IsAutomatic(getter) => Table(property, property.Type),
            IArrayElementReferenceOperation { Type: IArrayTypeSymbol } row => TableItem(row),
            IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } list, Arguments: [var which] } when ArraysIn(list.Type) is not null
                => TableOf(list) is { } rows ? Item(rows, IndexInto(rows, which.Value)) : null,
            IImplicitIndexerReferenceOperation { Instance: var list, Argument: not IRangeOperation and var which } when ArraysIn(list.Type) is not null
                => TableOf(list) is { } rows ? Item(rows, IndexInto(rows, which)) : null,
            IMemberReferenceOperation held => HeldTable(held),
            ILocalReferenceOperation { Local: var local } => Named(local),
            IParameterReferenceOperation { Parameter: var parameter } => Named(parameter) ?? KeptTable(parameter),
            _ => null,
        };

        TableOperand? Named(ISymbol name) => _places.TryGetValue(name, out Place? place) && place is FixedPlace { Operand: TableOperand table } ? table : ObjectsOf(name, array.Type);
    }

    /// <summary>An array or list that an object keeps of its primary constructor.</summary>
    private TableOperand? KeptTable(IParameterSymbol parameter)
        => !_places.ContainsKey(parameter) && parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor } ? CapturedByObject(parameter) as TableOperand : null;

    private TableOperand? Table(ISymbol member, ITypeSymbol type)
        => type is IArrayTypeSymbol && IsInTable(type) && NameFor(member) is { } name ? new TableOperand($"{TypeText(member.ContainingType)}.{CSharpNames.Escape(name)}", type, []) : null;

    /// <summary>Whether what a table holds can be read number by number.</summary>
    private bool IsInTable(ITypeSymbol type) => type is IArrayTypeSymbol array ? IsInTable(array.ElementType) || IsObjectArray(array)
        : TypeMap.Element(type) is not null
            || Components.Of(type) is { } components
                && components.All(c => c is { Type: not IArrayTypeSymbol, Member: not IParameterSymbol } && IsInTable(c.Type) && compilation.IsSymbolAccessibleWithin(c.Member, method.ContainingType));

    /// <summary>The element of a table that an expression names; null where the array is none.</summary>
    private TableOperand? TableItem(IArrayElementReferenceOperation element)
    {
        if (element.Indices is [IRangeOperation] || TableOf(element.ArrayReference) is not { } table) return null;
        Value[] indices = [.. element.Indices.Select(index => IndexInto(table, index))];
        return Item(table, indices);
    }

    private Value IndexInto(TableOperand table, IOperation index)
    {
        if (index is IConversionOperation { IsImplicit: true, Type.Name: "Index" } conversion) index = conversion.Operand;
        return index is IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat } hat
            ? _builder.Scalar(ScalarOp.Subtract, TableLength(table), ValueOf(hat.Operand))
            : _builder.Convert(ValueOf(index), ElementKind.Int32);
    }

    private static TableOperand Item(TableOperand table, params Value[] indices)
        => table with
        {
            Text = $"{table.Text}[{string.Join(", ", indices.Select((_, k) => $"{{{table.Indices.Length + k}}}"))}]",
            Type = ItemIn(table.Type) ?? ((IArrayTypeSymbol)table.Type).ElementType,
            Indices = table.Indices.AddRange(indices),
        };

    /// <summary>What a place in a table holds: a number, the numbers of a struct, or a row, of which nothing is read yet.</summary>
    private Operand ReadTable(TableOperand item) => item.Type is IArrayTypeSymbol ? item
        : TypeMap.IsObject(item.Type) ? new ValueOperand(Outside(
            item.Type.NullableAnnotation == NullableAnnotation.Annotated ? item with { Text = item.Text + "!" } : item, new OpaqueType(TypeText(item.Type.WithNullableAnnotation(NullableAnnotation.NotAnnotated)))))
        : TypeMap.Element(item.Type) is null ? new AggregateOperand(item.Type, [.. Components.Of(item.Type)!.Value.Select(c => ReadTable(PartOf(item, c)))])
        : new ValueOperand(FromSignature(Outside(item, EnumType(item.Type) ?? new ScalarType(TypeMap.Element(item.Type)!.Value) as IrType), TypeMap.ScalarOrBuffer(item.Type)));

    private static TableOperand PartOf(TableOperand item, Component component)
        => item with { Text = $"{item.Text}.{(Components.IsNullable(item.Type) && component.Name == "Value" ? "GetValueOrDefault()" : CSharpNames.Escape(component.Name))}", Type = component.Type };

    private Value Outside(TableOperand item, IrType type)
        => item.Indices.IsEmpty ? _builder.Apply(new Outside(item.Text), type) : _builder.Apply(new OutsideElement(item.Text, item.MayChange), type, [.. item.Indices]);

    private Value TableLength(TableOperand table) => Outside(table with { Text = table.Text + (table.Type is IArrayTypeSymbol ? ".Length" : ".Count") }, IrType.Int32);

    /// <summary>The elements of a table as a sequence; null where it is none, or has several indices.</summary>
    private SequenceOperand? TableSequence(IOperation array) => TableOf(array) is { Type: IArrayTypeSymbol { IsSZArray: true } or INamedTypeSymbol } table ? SequenceOf(table) : null;

    private SequenceOperand SequenceOf(TableOperand table) => new(TableLength(table), k => ReadTable(Item(table, k)));

    /// <summary>A table as a span that is only read; null for other conversions.</summary>
    private Operand? TableSpan(IConversionOperation conversion)
        => TypeMap.Buffer(conversion.Type) is (_, BufferKind.ReadOnlySpan) && TableOf(conversion.Operand) is { } table ? new ValueOperand(CopyOf(table, BufferKind.Span, conversion)) : null;

    private Value CopyOf(TableOperand table, BufferKind kind, IOperation at)
    {
        if (table.Type is not IArrayTypeSymbol { IsSZArray: true, ElementType: not IArrayTypeSymbol and var element }) throw OnlyRead(at);
        Value copy = Allocate((BufferType)(ScalarOrBuffer(table.Type, at.Syntax.GetLocation()) ?? throw OnlyRead(at)) with { Kind = kind }, TableLength(table));
        Repeat(LengthOf(copy), [], (k, _) =>
        {
            Write(ElementOf(copy, k, element), ReadTable(Item(table, k)), at);
            return [];
        }, at);
        return copy;
    }

    /// <summary>A method of a table; null for others.</summary>
    private Operand? TableCall(IInvocationOperation call)
    {
        if (call.TargetMethod.Name is not ("Clone" or "GetLength") || call.Instance is not { } array || TableOf(array) is not { } table) return null;
        return call.TargetMethod.Name == "Clone" ? new ValueOperand(CopyOf(table, BufferKind.Array, call))
            : new ValueOperand(Outside(Item(table, ValueOf(call.Arguments[0].Value)) with { Text = $"{table.Text}.GetLength({{{table.Indices.Length}}})" }, IrType.Int32));
    }

    private UnsupportedException OnlyRead(IOperation at) => Unsupported(
        FrontEndDescriptors.OutsideState, at, StepText.Of(at.Syntax),
        "an array from outside is read element by element, with foreach, LINQ or as a ReadOnlySpan; for anything else make a copy, with Clone or ToArray");
}
