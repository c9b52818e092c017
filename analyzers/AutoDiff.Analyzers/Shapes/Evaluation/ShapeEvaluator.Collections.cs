using AutoDiff.Compiler;
using AutoDiff.Compiler.Analysis.Shapes;
using AutoDiff.Compiler.IR;
using AutoDiff.Generators.FrontEnd;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Analyzers.Shapes;

// What changes in place: elements of arrays, lists that grow, dictionaries, items of tuples, members of the object itself.
internal sealed partial class ShapeEvaluator
{
    private ShapeValue? NewCollection(IObjectCreationOperation creation, INamedTypeSymbol type, ShapeValue[] arguments)
    {
        if (!type.IsIn("System.Collections.Generic")) return null;
        if (type.Name == "Dictionary")
            return arguments.Any(static a => a is not NumberValue) ? null : Filled(new MapValue([]) { Creation = creation.Syntax }, creation.Initializer);
        if (type.Name is not ("List" or "Queue" or "Stack" or "HashSet")) return null;
        SequenceValue made = arguments.OfType<SequenceValue>().FirstOrDefault() ?? (arguments.All(static a => a is NumberValue)
            ? SequenceValue.Empty : new SequenceValue(SizeComparison.Unknown, null, ShapeValue.Unknown));
        return Filled(made with { Creation = creation.Syntax }, creation.Initializer);
    }

    /// <summary>A collection with the elements that stand behind its creation, where no graph has made calls of them.</summary>
    private ShapeValue Filled(ShapeValue collection, IObjectOrCollectionInitializerOperation? elements)
    {
        foreach (IOperation element in elements?.Initializers ?? [])
        {
            collection = (collection, element) switch
            {
                (SequenceValue list, IInvocationOperation { TargetMethod.Name: "Add", Arguments: [var item] }) => Appended(list, Evaluate(item.Value)),
                (MapValue map, IInvocationOperation { TargetMethod.Name: "Add", Arguments: [var key, var value] }) when Key(key.Value) is { } name
                    => map.With(name, Evaluate(value.Value)),
                (MapValue map, ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Arguments: [var key] } } entry) when Key(key.Value) is { } name
                    => map.With(name, Evaluate(entry.Value)),
                _ => ShapeValue.Unknown,
            };
        }

        return collection;
    }

    /// <summary>Calls that change what they are called on.</summary>
    private ShapeValue? CollectionCall(IInvocationOperation call, ShapeValue receiver)
    {
        if (call.Instance is not { } holder) return null;
        IOperation[] arguments = Operands(call);
        if (receiver is UnknownValue && IsMutable(holder.Type) && !IsReading(call.TargetMethod.Name)) State.ForgetTensorsOfCollections();
        switch (receiver)
        {
            case SequenceValue line when holder.Type is INamedTypeSymbol { Name: "Queue" or "Stack" } kind && IsTaking(call.TargetMethod.Name):
                return Take(call, kind.Name == "Stack", line);
            case SequenceValue sequence when IsMutable(holder.Type):
                return Changed(call.TargetMethod.Name, sequence, arguments) is { } changed ? Mutate(holder, sequence, changed) : null;
            case MapValue map:
                ShapeValue value = arguments.Length > 1 ? Evaluate(arguments[1]) : ShapeValue.Unknown;
                switch (call.TargetMethod.Name)
                {
                    case "Add" or "TryAdd":
                        return Mutate(holder, map, Key(arguments[0]) is { } added ? map.With(added, value) : ShapeValue.Unknown);
                    case "TryGetValue" when Key(arguments[0]) is { } wanted:
                        Store(arguments[1], map[wanted], null);
                        return ShapeValue.Unknown;
                    case "GetValueOrDefault" when Key(arguments[0]) is { } sought:
                        return map[sought];
                    case "ContainsKey" or "Count":
                        return ShapeValue.Unknown;
                    default:
                        return Mutate(holder, map, ShapeValue.Unknown);
                }

            default:
                return null;
        }
    }

    private static bool IsTaking(string name) => name is "Dequeue" or "Pop" or "Peek" or "TryDequeue" or "TryPop" or "TryPeek";

    /// <summary>The next element of a queue (its first) or of a stack (its last), which is left out from here on unless it is only looked at.</summary>
    private ShapeValue Take(IInvocationOperation call, bool isLast, SequenceValue line)
    {
        ShapeValue taken = line.Items is { IsEmpty: false } items ? items[isLast ? items.Length - 1 : 0] : line.Element;
        if (!call.TargetMethod.Name.EndsWith("Peek", StringComparison.Ordinal))
        {
            Mutate(call.Instance!, line, line with
            {
                Length = Numbers.Combine(BinaryOperatorKind.Subtract, line.Length, Dim.One),
                Items = line.Items is { IsEmpty: false } all ? all.Skip(isLast ? 0 : 1).Take(all.Length - 1).ToEquatable() : (EquatableArray<ShapeValue>?)null,
            });
        }

        if (call.Arguments is not [var destination]) return taken;
        Store(destination.Value, taken, null);
        return ShapeValue.Unknown;
    }

    /// <summary>A list after a call; null for calls that change nothing.</summary>
    private ShapeValue? Changed(string name, SequenceValue list, IOperation[] arguments) => name switch
    {
        "Add" or "Enqueue" or "Push" when arguments.Length == 1 => Appended(list, Evaluate(arguments[0])),
        "AddRange" when arguments.Length == 1 => Evaluate(arguments[0]) is SequenceValue more
            ? new SequenceValue(
                Numbers.Combine(BinaryOperatorKind.Add, list.Length, more.Length),
                list.Items is { } a && more.Items is { } b && a.Length + b.Length <= MaximumItems ? [.. a, .. b] : (EquatableArray<ShapeValue>?)null,
                list.IsEmpty ? more.Element : more.IsEmpty ? list.Element : Joins.Of(list.Element, more.Element)) { Creation = list.Creation }
            : ShapeValue.Unknown,
        "Insert" when arguments.Length == 2 => Appended(list, Evaluate(arguments[1])) with { Items = null },
        "Remove" or "RemoveAt" or "RemoveRange" or "RemoveAll" or "Reverse" or "Sort" when !list.IsEmpty
            => list with { Length = name is "Reverse" or "Sort" ? list.Length : SizeComparison.Unknown, Items = null },
        "Clear" => SequenceValue.Empty with { Creation = list.Creation },
        not null when IsReading(name) => null,
        _ => new SequenceValue(SizeComparison.Unknown, null, ShapeValue.Unknown),
    };

    private static bool IsReading(string name)
        => name is "Contains" or "IndexOf" or "ToArray" or "GetEnumerator" or "AsReadOnly" or "Slice" or "AsSpan" or "CopyTo" or "Exists" or "Peek" or "TryPeek";

    private static SequenceValue Appended(SequenceValue list, ShapeValue item) => new(
        Numbers.Combine(BinaryOperatorKind.Add, list.Length, Dim.One),
        list.Items is { Length: < MaximumItems } items ? items.Add(item) : (EquatableArray<ShapeValue>?)null,
        list.IsEmpty ? item : Joins.Of(list.Element, item)) { Creation = list.Creation };

    private static bool IsMutable(ITypeSymbol? type)
        => type is INamedTypeSymbol { Name: "List" or "Queue" or "Stack" or "HashSet" or "IList" or "ICollection" };

    private object? Key(IOperation key)
        => key.ConstantValue is { HasValue: true, Value: string text } ? text : Evaluate(key) is NumberValue { Size.Literal: long number } ? number
            : null;

    private void StoreElement(IOperation holder, object? at, ShapeValue value)
    {
        switch (Evaluate(holder), at)
        {
            case (MapValue map, not null) when at is string or long:
                Mutate(holder, map, map.With(at, value));
                break;
            case (MapValue map, _):
                Mutate(holder, map, ShapeValue.Unknown);
                break;
            case (SequenceValue array, _):
                long? index = at as long? ?? (at as NumberValue)?.Size.Literal;
                Mutate(holder, array, WithElement(array, index, value));
                break;
            case (UnknownValue, _) when value is TensorValue:
                State.ForgetTensorsOfCollections();
                break;
        }
    }

    private static SequenceValue WithElement(SequenceValue array, long? index, ShapeValue value)
    {
        EquatableArray<ShapeValue>? items = array.Items
            ?? (array.Length.Literal is long length and <= MaximumItems and > 0 ? Enumerable.Repeat(array.Element, (int)length).ToEquatable() : (EquatableArray<ShapeValue>?)null);
        if (items is not { } known || index is not { } position || position < 0 || position >= known.Length)
            return array with { Items = null, Element = Joins.Of(array.Element, value) };
        EquatableArray<ShapeValue> changed = known.Select((item, i) => i == position ? value : item).ToEquatable();
        return array with { Items = changed, Element = changed.Aggregate(Joins.Of) };
    }

    /// <summary>The variable holds something else now, and so may any other that held the same.</summary>
    private ShapeValue Mutate(IOperation holder, ShapeValue before, ShapeValue after)
    {
        while (holder is IConversionOperation conversion) holder = conversion.Operand;
        bool isArray = holder.Type is IArrayTypeSymbol || holder.Type?.Name is "Span" or "Memory";
        State.Replace(before, value => isArray && value is SequenceValue array ? array with { Items = null, Element = ShapeValue.Unknown }
            : ShapeValue.Unknown);
        if (holder is ILocalReferenceOperation or IParameterReferenceOperation or IFlowCaptureReferenceOperation) Store(holder, after, null);
        else if (holder is IFieldReferenceOperation or IPropertyReferenceOperation) StoreMember(holder, after);
        return ShapeValue.Unknown;
    }

    /// <summary>What a call that is not followed may do to the collections that are handed to it.</summary>
    private void Expose(IInvocationOperation call)
    {
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Parameter is not { Type: var type } || type is not IArrayTypeSymbol && type.Name is not ("Span" or "Memory" or "List"
                or "IList" or "Dictionary" or "IDictionary") || argument.ArgumentKind != ArgumentKind.Explicit) continue;
            ShapeValue before = Evaluate(argument.Value);
            if (before is SequenceValue or MapValue)
                Mutate(argument.Value, before, before is SequenceValue sequence && type.Name is not ("List" or "IList")
                    ? sequence with { Items = null, Element = ShapeValue.Unknown } : ShapeValue.Unknown);
        }
    }

    private static ShapeValue Item(TupleValue tuple, IFieldSymbol field)
        => Index(field) is int index and >= 0 && index < tuple.Items.Length ? tuple.Items[index] : ShapeValue.Unknown;

    private static TupleValue WithItem(TupleValue tuple, IFieldSymbol field, ShapeValue value)
    {
        int index = Index(field);
        return new TupleValue(tuple.Items.Select((item, i) => i == index ? value : item).ToEquatable());
    }

    private static int Index(IFieldSymbol field)
    {
        string name = (field.CorrespondingTupleField ?? field).Name;
        return name.StartsWith("Item", StringComparison.Ordinal) && int.TryParse(name.Substring(4), out int number) ? number - 1 : -1;
    }

    /// <summary>A member of the object itself keeps what is put into it until something else may write it.</summary>
    private void StoreMember(IOperation target, ShapeValue value)
    {
        switch (target)
        {
            case IFieldReferenceOperation { Field: var field } reference when IsOwn(reference.Instance):
                State[field] = value;
                break;
            case IPropertyReferenceOperation { Property: { IsVirtual: false, IsOverride: false } property } reference
                when IsOwn(reference.Instance):
                State[property] = MemberValues.IsAutomatic(property) ? value : ShapeValue.Unknown;
                break;
            case IPropertyReferenceOperation { Instance: IFlowCaptureReferenceOperation holder, Property: { SetMethod.IsInitOnly: true } set }
                when Evaluate(holder) is ModelValue model:
                Store(holder, model with
                {
                    Arguments = [.. model.Arguments.Where(a => a.Name != set.Name && a.Name != ModelValue.Left + set.Name), new ModelArgument(set.Name, value)],
                }, null);
                break;
            case IFieldReferenceOperation { Instance: { } other, Field: var field }:
                StoreInObject(other, field, value);
                break;
            case IPropertyReferenceOperation { Instance: { } other, Property: var property }:
                StoreInObject(other, property, value);
                break;
        }
    }

    private static bool IsOwnMember(IOperation member)
        => member is IMemberReferenceOperation { Instance: IInstanceReferenceOperation };

    private static bool IsOwn(IOperation? instance) => instance is null or IInstanceReferenceOperation;
}
