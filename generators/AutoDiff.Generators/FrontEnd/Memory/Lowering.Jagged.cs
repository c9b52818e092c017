using System.Collections.Immutable;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// A jagged array of numbers is the elements of its rows one behind the other, where each row starts, how long it is, and how many elements are taken. A row
// is a view; rows that the method makes are put behind the others.
internal sealed partial class Lowering
{
    /// <summary>The kind of number in a <c>T[][]</c>; null for other types.</summary>
    private static ElementKind? JaggedElement(ITypeSymbol? type)
        => type is IArrayTypeSymbol { IsSZArray: true, ElementType: IArrayTypeSymbol { IsSZArray: true, ElementType: var number } } ? TypeMap.Element(number) : null;

    private AggregatePlace DeclareJagged(ITypeSymbol type, ElementKind element, string name)
    {
        var places = new BufferType(ElementKind.Int32, BufferKind.Array);
        return new(type, [
            new VariablePlace(NewVariable(name, new BufferType(element, BufferKind.Array))), new VariablePlace(NewVariable("", places)),
            new VariablePlace(NewVariable("", places)), new VariablePlace(NewVariable("", IrType.Int32))]);
    }

    /// <summary><c>new T[n][]</c>, with rows or without.</summary>
    private Operand NewJagged(ITypeSymbol type, ElementKind element, Value count, ImmutableArray<IOperation> rows, IOperation at)
    {
        Value items = Allocate(element, BufferKind.Array, _builder.Int(0));
        Value starts = Allocate(ElementKind.Int32, BufferKind.Array, count), lengths = Allocate(ElementKind.Int32, BufferKind.Array, count);
        if (rows.IsEmpty)
        {
            // There is no row yet: whatever is asked of one fails.
            Effect(new FillBuffer(starts, _builder.Int(NoRow)));
            Effect(new FillBuffer(lengths, _builder.Int(-1)));
        }

        AggregatePlace place = DeclareJagged(type, element, "");
        Write(place, new AggregateOperand(type, [new ValueOperand(items), new ValueOperand(starts), new ValueOperand(lengths), new ValueOperand(_builder.Int(0))]), at);
        for (int k = 0; k < rows.Length; k++) AssignRow(new RowPlace(place, _builder.Int(k)), rows[k]);
        return Read(place, at);
    }

    /// <summary>The place of a jagged array; null for other operations.</summary>
    private AggregatePlace? JaggedOf(IOperation array)
    {
        array = Accessed(array);
        if (JaggedElement(array.Type) is null || TableOf(array) is not null) return null;
        if (IsNamed(array)) return PlaceOf(array) as AggregatePlace ?? throw new UnsupportedException();
        AggregatePlace made = DeclareJagged(array.Type!, JaggedElement(array.Type)!.Value, "");
        if (Visit(array) is not AggregateOperand { Fields.Length: 4 } operand)
            throw UnsupportedExpression(array, $"'{StepText.Of(array.Syntax)}' as a jagged array", "keep the array in the local that it was created for");
        Write(made, operand, array);
        return made;
    }

    private RowPlace RowOf(AggregatePlace array, IOperation index)
        => new(array, IndexInto(Item(array, 1, index), index));

    /// <summary>Where a row starts that is null: so far before the elements that none of it is one of them.</summary>
    private const int NoRow = int.MinValue / 2;

    /// <summary>Which rows views are: of which elements, from where on, and how many.</summary>
    private readonly Dictionary<int, (Variable Elements, Value Start, Value Length)> _rowViews = [];

    /// <summary>A row, which is a view of the elements. One that is null has no elements to read or write, and throws where it is used as a whole.</summary>
    private Value Row(AggregatePlace array, Value index, IOperation at, bool isWhole = true)
    {
        Value start = _builder.Load(Item(array, 1, at), index), length = _builder.Load(Item(array, 2, at), index);
        if (isWhole && !array.HasFixedLength)
            Branch(_builder.Scalar(ScalarOp.Less, start, _builder.Int(0)), at, () => { ThrowNull(); return null; }, static () => null);
        Value row = Slice(Item(array, 0, at), start, length);
        if (array.Fields[0] is VariablePlace { Variable: var elements }) _rowViews[row.Id] = (elements, start, length);
        return row;
    }

    /// <summary>The array that an element is taken of.</summary>
    private Value ArrayOf(IOperation array)
    {
        while (array is IParenthesizedOperation parenthesized) array = parenthesized.Operand;
        return array is IArrayElementReferenceOperation { Indices: [not IRangeOperation] } && TypeMap.Buffer(array.Type) is not null && PlaceOf(array) is RowPlace row
            ? Row(row.Array, row.Index, array, isWhole: false) : ValueOf(array);
    }

    /// <summary>Lets a row be one that the array has already, under its own index or under a name; false for any other memory.</summary>
    private bool TryReferTo(RowPlace place, Value row, IOperation at)
    {
        if (!_rowViews.TryGetValue(row.Id, out var view) || place.Array.Fields[0] is not VariablePlace { Variable: var elements } || elements != view.Elements) return false;
        if (place.Array.HasFixedLength)
            throw UnsupportedExpression(at, "Another row for a jagged array that is a parameter", "copy the elements into the row that it has, with CopyTo");
        Effect(new Store(Item(place.Array, 1, at), place.Index, view.Start));
        Effect(new Store(Item(place.Array, 2, at), place.Index, view.Length));
        return true;
    }

    /// <summary>The rows of a jagged array one after the other: <c>foreach</c>.</summary>
    private void ForEachRow(IForEachLoopOperation loop, AggregatePlace array, ILocalSymbol element)
        => Counted(loop, [loop.Body], _builder.Int(0), LengthOf(Item(array, 1, loop)), 1, "", index =>
        {
            Value row = Row(array, index, loop.Collection);
            Variable variable = NewVariable(element.Name, row.Type);
            _state[variable] = row;
            _places[element] = new VariablePlace(variable);
            NameRow(array, loop.Body.Syntax);
            Statements([loop.Body], JumpKinds.To(loop.ContinueLabel));
        });
}
