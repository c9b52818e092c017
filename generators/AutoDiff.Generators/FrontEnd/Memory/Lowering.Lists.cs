using System.Collections.Immutable;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// A list of numbers is an array and a count: it grows as List<T> does, by twice its capacity.
internal sealed partial class Lowering
{
    private const string OneList = "keep the list in the local that it was created for, and hand on ToArray()";

    /// <summary>The type of the elements of a <c>List&lt;T&gt;</c> of numbers or of structs of them; null for other types.</summary>
    private static ITypeSymbol? ListElement(ITypeSymbol? type)
        => type is INamedTypeSymbol { Name: "List", TypeArguments: [var item] } && type.IsIn("System.Collections.Generic")
            && (TypeMap.Element(item) is not null || Components.Of(item) is not null && item.IsUnmanagedType) ? item : null;

    /// <summary>The memory of a list.</summary>
    private BufferType ItemsOf(ITypeSymbol element, Location at)
        => TypeMap.Element(element) is ElementKind kind ? new BufferType(kind, BufferKind.Array) : BufferType.Of(ElementStruct(element, at), BufferKind.Array);

    private AggregatePlace DeclareList(ITypeSymbol type, BufferType items, string name)
        => new(type, [
            new VariablePlace(NewVariable(name, items)),
            new VariablePlace(NewVariable(name.Length == 0 ? "" : name + "Count", IrType.Int32))]);

    private Operand NewList(IObjectCreationOperation creation, ITypeSymbol element)
    {
        BufferType type = ItemsOf(element, creation.Syntax.GetLocation());
        Value items, count = _builder.Int(0);
        if (creation is { Initializer.Initializers: var added, Arguments.IsEmpty: true })
            return ListWith(creation.Type!, element, [.. added.Select(a => a is IInvocationOperation { Arguments: [{ Value: var item }] } ? item
                : throw UnsupportedExpression(a, "This initializer of a list", "add the elements one by one"))], creation);
        if (creation.Initializer is not null) throw UnsupportedExpression(creation, "A list with a capacity and an initializer", "leave the capacity away");
        switch (creation.Arguments)
        {
            case []:
                items = Allocate(type, _builder.Int(4));
                break;
            case [{ Value: var capacity }] when TypeMap.Element(capacity.Type) == ElementKind.Int32:
                items = Allocate(type, ValueOf(capacity));
                break;
            case [{ Value: var sequence }] when SequenceBuffer(sequence) is { } from:
                count = LengthOf(from);
                items = Allocate(type, count);
                Effect(new CopyBuffer(items, from));
                break;
            default:
                throw UnsupportedExpression(creation, "This list", "create it empty, or from an array");
        }

        return new AggregateOperand(creation.Type!, [new ValueOperand(items), new ValueOperand(count)]);
    }

    /// <summary>A list of given elements.</summary>
    private AggregateOperand ListWith(ITypeSymbol list, ITypeSymbol element, ImmutableArray<IOperation> items, IOperation at)
    {
        Operand[] values = [.. items.Select(Visit)];
        Value buffer = Allocate(ItemsOf(element, at.Syntax.GetLocation()), _builder.Int(Math.Max(4, values.Length)));
        for (int k = 0; k < values.Length; k++) Write(ElementOf(buffer, _builder.Int(k), element), values[k], items[k]);
        return new AggregateOperand(list, [new ValueOperand(buffer), new ValueOperand(_builder.Int(values.Length))]);
    }

    /// <summary>Methods of lists; null for other methods.</summary>
    private Operand? ListCall(IInvocationOperation call)
    {
        if (call.Instance is not { } instance || ListElement(instance.Type) is not { } element) return null;
        AggregatePlace list = ListOf(instance);
        BufferType type = ItemsOf(element, call.Syntax.GetLocation());
        if (list.HasFixedLength && call.TargetMethod.Name is not "ToArray")
            throw Unsupported(FrontEndDescriptors.UnsupportedCall, call, call.TargetMethod.Name, "a list that is a parameter keeps its length; copy it into a list of the method's own: new List<T>(…)");
        (Value items, Value count) = (Item(list, 0, call), Item(list, 1, call));
        switch (call.TargetMethod.Name)
        {
            case "Add":
                Operand added = Visit(call.Arguments[0].Value);
                count = Item(list, 1, call);
                Grow(list, type, _builder.Int(1), call);
                Write(ElementOf(Item(list, 0, call), count, element), added, call);
                return Nothing;
            case "AddRange" when (AddedRange(call, element) ?? SequenceBuffer(call.Arguments[call.Arguments.Length - 1].Value)) is { } range:
                count = Item(list, 1, call);
                Value length = LengthOf(range);
                Grow(list, type, length, call);
                Effect(new CopyBuffer(Slice(Item(list, 0, call), count, length), range));
                return Nothing;
            case "Insert":
                Value position = ValueOf(call.Arguments[0].Value);
                Operand inserted = Visit(call.Arguments[1].Value);
                (items, count) = (Item(list, 0, call), Item(list, 1, call));
                Value moved = CopyOf(Slice(items, position, _builder.Scalar(ScalarOp.Subtract, count, position)));
                Grow(list, type, _builder.Int(1), call);
                Effect(new CopyBuffer(Slice(Item(list, 0, call), _builder.Scalar(ScalarOp.Add, position, _builder.Int(1)), LengthOf(moved)), moved));
                Write(ElementOf(Item(list, 0, call), position, element), inserted, call);
                return Nothing;
            case "RemoveAt":
                Value removed = ValueOf(call.Arguments[0].Value), next = _builder.Scalar(ScalarOp.Add, removed, _builder.Int(1));
                Value rest = CopyOf(Slice(items, next, _builder.Scalar(ScalarOp.Subtract, count, next)));
                Effect(new CopyBuffer(Slice(items, removed, LengthOf(rest)), rest));
                Write(list.Fields[1], new ValueOperand(_builder.Scalar(ScalarOp.Subtract, count, _builder.Int(1))), call);
                return Nothing;
            case "Clear":
                Write(list.Fields[1], new ValueOperand(_builder.Int(0)), call);
                return Nothing;
            case "ToArray":
                Value copy = Allocate(type, count);
                Effect(new CopyBuffer(copy, Slice(items, _builder.Int(0), count)));
                return new ValueOperand(copy);
            default:
                throw Unsupported(
                    FrontEndDescriptors.UnsupportedCall, call, call.TargetMethod.Name, "of the methods of a list, Add, AddRange of an array, Insert, RemoveAt, Clear and ToArray are known; use an array");
        }
    }

    /// <summary>The elements of <c>[x, y]</c>, which is given to a method that takes any sequence; null for other arguments.</summary>
    private Value? AddedRange(IInvocationOperation call, ITypeSymbol element)
    {
        IOperation added = call.Arguments[call.Arguments.Length - 1].Value;
        while (added is IConversionOperation conversion) added = conversion.Operand;
        return added is ICollectionExpressionOperation { Elements: var items } && !items.Any(static i => i is ISpreadOperation)
            && Filled(ItemsOf(element, call.Syntax.GetLocation()), element, items) is ValueOperand { Value: var buffer } ? buffer : null;
    }

    /// <summary>Makes room behind the elements of a list, which count from then on.</summary>
    private void Grow(AggregatePlace list, BufferType type, Value added, IOperation at)
    {
        Value items = Item(list, 0, at), count = Item(list, 1, at), needed = _builder.Scalar(ScalarOp.Add, count, added);
        Branch(_builder.Scalar(ScalarOp.Greater, needed, LengthOf(items)), at, () =>
        {
            Value capacity = _builder.Scalar(ScalarOp.Add, _builder.Scalar(ScalarOp.Add, count, needed), _builder.Int(4));
            Value grown = Allocate(type, capacity);
            Effect(new CopyBuffer(Slice(grown, _builder.Int(0), count), Slice(items, _builder.Int(0), count)));
            Write(list.Fields[0], new ValueOperand(grown), at);
            return null;
        }, static () => null);
        Write(list.Fields[1], new ValueOperand(needed), at);
    }

    private Value CopyOf(Value buffer)
    {
        Value copy = Allocate((BufferType)buffer.Type with { Kind = BufferKind.Array }, LengthOf(buffer));
        Effect(new CopyBuffer(copy, buffer));
        return copy;
    }

    /// <summary>The elements of an array, span or list that is handed on as a sequence; null for other sequences.</summary>
    private Value? SequenceBuffer(IOperation sequence)
    {
        while (sequence is IConversionOperation { IsImplicit: true } conversion) sequence = conversion.Operand;
        return ListElement(sequence.Type) is not null ? ItemsOf(sequence) : TypeMap.Buffer(sequence.Type) is not null ? ValueOf(sequence) : null;
    }

    /// <summary>A second name for a list would not see what the first one does.</summary>
    private void RefuseAlias(IOperation value)
    {
        if (ListElement(value.Type) is not null && IsNamed(value)) throw UnsupportedExpression(value, "A second name for a list", OneList);
        if (JaggedElement(value.Type) is not null && IsNamed(value) && TableOf(value) is null)
            throw UnsupportedExpression(value, "A second name for a jagged array", "use the local that it was created for");
    }

    private static bool IsNamed(IOperation list) => list is ILocalReferenceOperation or IParameterReferenceOperation;

    /// <summary>The elements of a list that are in use.</summary>
    private Value ItemsOf(IOperation list)
    {
        AggregatePlace place = ListOf(list);
        return Slice(Item(place, 0, list), _builder.Int(0), Item(place, 1, list));
    }

    /// <summary>An element of a list, which throws as the list does where there is none.</summary>
    private Place ListPlace(IOperation list, IOperation position)
    {
        AggregatePlace place = ListOf(list);
        Value items = Item(place, 0, list), count = Item(place, 1, list);
        Value index = IndexInto(Slice(items, _builder.Int(0), count), position);
        ThrowIfOutside(index, count, position);
        return ElementOf(items, index, ListElement(list.Type));
    }

    /// <summary>What stands before the <c>?.</c> behind which an operation is; every other operation itself.</summary>
    private static IOperation Accessed(IOperation operation)
    {
        if (operation is not IConditionalAccessInstanceOperation) return operation;
        IOperation inner = operation;
        while (inner.Parent is { } around && !(around is IConditionalAccessOperation access && access.WhenNotNull == inner)) inner = around;
        return ((IConditionalAccessOperation)inner.Parent!).Operation;
    }

    private AggregatePlace ListOf(IOperation list)
    {
        list = Accessed(list);
        if (IsNamed(list) && PlaceOf(list) is AggregatePlace place) return place;
        while (list is IConversionOperation { IsImplicit: true } conversion) list = conversion.Operand;
        if (list is not (IObjectCreationOperation or ICollectionExpressionOperation or IInvocationOperation { TargetMethod: { Name: "ToList", ContainingType.Name: "Enumerable" } }) || ListElement(list.Type) is not { } element || Visit(list) is not AggregateOperand made)
            throw UnsupportedExpression(list, "This list", OneList);
        AggregatePlace own = DeclareList(list.Type!, ItemsOf(element, list.Syntax.GetLocation()), "");
        Write(own, made, list);
        return own;
    }

    private Value Item(AggregatePlace list, int part, IOperation at) => Single(Read(list.Fields[part], at), at);
}
