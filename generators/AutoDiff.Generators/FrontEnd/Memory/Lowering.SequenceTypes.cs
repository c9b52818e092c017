using AutoDiff.Compiler;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// What an interface of sequences refers to: an array, the elements of a list, or a sequence of LINQ. It is only read.
internal sealed partial class Lowering
{
    /// <summary>The type of the elements of <c>IEnumerable&lt;T&gt;</c> and its like, of numbers or of structs of them; null for other types.</summary>
    private static ITypeSymbol? SequenceItem(ITypeSymbol? type)
        => type is INamedTypeSymbol { TypeKind: TypeKind.Interface, TypeArguments: [var item], Name: "IEnumerable" or "IReadOnlyCollection" or "IReadOnlyList" or "ICollection" or "IList" }
            && type.IsIn("System.Collections.Generic") && (TypeMap.Element(item) is not null || Components.Of(item) is not null) ? item : null;

    /// <summary>An array, list or sequence as such an interface; null for other operands and types.</summary>
    private Operand? AsSequence(Operand operand, ITypeSymbol type) => SequenceItem(type) is null ? null : operand switch
    {
        TableOperand { Type: IArrayTypeSymbol { IsSZArray: true } } table => SequenceOf(table),
        SequenceOperand or ValueOperand { Value.Type: BufferType } => operand,
        AggregateOperand { Type: INamedTypeSymbol { Name: "List" }, Fields: [ValueOperand { Value: var items }, ValueOperand { Value: var count }] }
            => new ValueOperand(Slice(items, _builder.Int(0), count)),
        _ => null,
    };

    private Operand SequenceMember(IPropertyReferenceOperation property, IOperation instance)
    {
        SequenceOperand sequence = Compacted(SequenceOf(instance), property);
        if (property is not { Property.IsIndexer: true, Arguments: [{ Value: var position }] }) return new ValueOperand(sequence.Count);
        Value index = ValueOf(position);
        ThrowIfOutside(index, sequence.Count, position);
        return sequence.At(index);
    }

    /// <summary>The rows of a jagged array as a sequence of views.</summary>
    private SequenceOperand RowSequence(AggregatePlace array, IOperation at)
    {
        Value starts = Item(array, 1, at);
        return new SequenceOperand(LengthOf(starts), k => Item(array, 1, at) == starts ? new ValueOperand(Row(array, k, at))
            : throw UnsupportedExpression(at, "A sequence of rows of an array that its variable does not refer to any more", "give the other array a variable of its own"));
    }

    /// <summary>A jagged array of the rows that a sequence makes: where each one comes to lie is known before the elements are there.</summary>
    private AggregateOperand NewRows(SequenceOperand rows, ElementKind element, IInvocationOperation call)
    {
        rows = Compacted(rows, call);
        Value starts = Allocate(ElementKind.Int32, BufferKind.Array, rows.Count), lengths = Allocate(ElementKind.Int32, BufferKind.Array, rows.Count);
        Value total = Repeat(rows.Count, [_builder.Int(0)], (k, states) =>
        {
            Value length = LengthOf(NewRow(k));
            Effect(new Store(starts, k, states[0]));
            Effect(new Store(lengths, k, length));
            return [_builder.Scalar(ScalarOp.Add, states[0], length)];
        }, call, Asking.Again)[0];
        Value elements = Allocate(element, BufferKind.Array, total);
        Repeat(rows.Count, [], (k, _) =>
        {
            Effect(new CopyBuffer(Slice(elements, _builder.Load(starts, k), _builder.Load(lengths, k)), NewRow(k)));
            return [];
        }, call, Asking.Again);
        return new AggregateOperand(call.Type!, [new ValueOperand(elements), new ValueOperand(starts), new ValueOperand(lengths), new ValueOperand(total)]);

        Value NewRow(Value k)
        {
            int before = _allocated.Count;
            Value row = Single(rows.At(k), call);
            return _allocated.Skip(before).Contains(row.Id) ? row
                : throw UnsupportedExpression(call, "An array of rows that something else holds too", "copy each row: Select(row => row.ToArray())");
        }
    }

    /// <summary>What to write in place of a parameter that is a sequence, and that a gradient would belong to; null for others.</summary>
    private static string? SequenceAdvice(IOperation source)
        => source is IParameterReferenceOperation && SequenceItem(source.Type) is not null
            ? "a gradient has no place in it: take an array, a span or a List<T>, or mark it [NoGradient] if none is wanted" : null;

    /// <summary><c>foreach</c> over a sequence: each element is computed when its turn comes.</summary>
    private void ForEachOf(IForEachLoopOperation loop, SequenceOperand sequence, ILocalSymbol? element)
    {
        sequence = Compacted(sequence, loop);
        HashSet<ISymbol> symbols = Assigned.In([loop.Collection], _localFunctions, HeldFunctions);
        Variable[] assigned = [.. _places.Where(p => symbols.Contains(p.Key)).SelectMany(static p => Leaves(p.Value))];
        Counted(loop, [loop.Body, loop.Collection], _builder.Int(0), sequence.Count, 1, "", index =>
        {
            VariableState before = _state.Copy();
            Operand item = As(Asking.InTurn, () => sequence.At(index));
            foreach (Variable variable in assigned) before[variable] = _state[variable];
            RefuseAssignments(before, loop.Collection);
            if (element is null)
            {
                Assigning(loop.LoopControlVariable, loop)(item);
            }
            else if (item is TableOperand)
            {
                _places[element] = new FixedPlace(item);
            }
            else
            {
                Place own = IsReferent(item) ? Slot(element.Name, element.Type) : Declare(element.Type, element.Name, loop.Collection);
                Write(own, Convert(item, element.Type, loop.Collection), loop.Collection);
                _places[element] = own;
            }

            Statements([loop.Body], JumpKinds.To(loop.ContinueLabel));
        });
    }
}
