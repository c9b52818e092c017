using System.Collections.Immutable;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// A list of numbers is an array and a count: it grows as List<T> does, by twice its capacity.
internal sealed partial class Lowering
{
    private const string OneList = "keep the list in the local that it was created for, and hand on ToArray()";

    /// <summary>The kind of number in a <c>List&lt;T&gt;</c>; null for other types.</summary>
    private static ElementKind? ListElement(ITypeSymbol? type)
        => type is INamedTypeSymbol { Name: "List", TypeArguments: [var item] } && type.IsIn("System.Collections.Generic") ? TypeMap.Element(item) : null;

    private AggregatePlace DeclareList(ITypeSymbol type, ElementKind element, string name)
        => new(type, [
            new VariablePlace(NewVariable(name, new BufferType(element, BufferKind.Array))),
            new VariablePlace(NewVariable(name.Length == 0 ? "" : name + "Count", IrType.Int32))]);

    private Operand NewList(IObjectCreationOperation creation, ElementKind element)
    {
        Value items, count = _builder.Int(0);
        if (creation.Initializer is not null)
            throw UnsupportedExpression(creation, "A list with an initializer", "add the elements one by one");
        switch (creation.Arguments)
        {
            case []:
                items = Allocate(element, BufferKind.Array, _builder.Int(4));
                break;
            case [{ Value: var capacity }] when TypeMap.Element(capacity.Type) == ElementKind.Int32:
                items = Allocate(element, BufferKind.Array, ValueOf(capacity));
                break;
            case [{ Value: IConversionOperation { IsImplicit: true, Operand: var source } }] when TypeMap.Buffer(source.Type) is not null:
                Value from = ValueOf(source);
                count = LengthOf(from);
                items = Allocate(element, BufferKind.Array, count);
                Effect(new CopyBuffer(items, from));
                break;
            default:
                throw UnsupportedExpression(creation, "This list", "create it empty, or from an array");
        }

        return new AggregateOperand(creation.Type!, [new ValueOperand(items), new ValueOperand(count)]);
    }

    /// <summary>Methods of lists; null for other methods.</summary>
    private Operand? ListCall(IInvocationOperation call)
    {
        if (call.Instance is not { } instance || ListElement(instance.Type) is not ElementKind element) return null;
        AggregatePlace list = ListOf(instance);
        (Value items, Value count) = (Item(list, 0, call), Item(list, 1, call));
        switch (call.TargetMethod.Name)
        {
            case "Add":
                Value added = _builder.Convert(ValueOf(call.Arguments[0].Value), element);
                (items, count) = (Item(list, 0, call), Item(list, 1, call));
                Branch(_builder.Scalar(ScalarOp.Equal, count, LengthOf(items)), call, () =>
                {
                    Value capacity = _builder.Scalar(ScalarOp.Add, _builder.Scalar(ScalarOp.Multiply, count, _builder.Int(2)), _builder.Int(4));
                    Value grown = Allocate(element, BufferKind.Array, capacity);
                    Effect(new CopyBuffer(Slice(grown, _builder.Int(0), count), items));
                    Write(list.Fields[0], new ValueOperand(grown), call);
                    return null;
                }, static () => null);
                Effect(new Store(Item(list, 0, call), count, added));
                Write(list.Fields[1], new ValueOperand(_builder.Scalar(ScalarOp.Add, count, _builder.Int(1))), call);
                return Nothing;
            case "Clear":
                Write(list.Fields[1], new ValueOperand(_builder.Int(0)), call);
                return Nothing;
            case "ToArray":
                Value copy = Allocate(element, BufferKind.Array, count);
                Effect(new CopyBuffer(copy, Slice(items, _builder.Int(0), count)));
                return new ValueOperand(copy);
            default:
                throw Unsupported(
                    FrontEndDescriptors.UnsupportedCall, call, call.TargetMethod.Name, "of the methods of a list, Add, Clear and ToArray are known; use an array");
        }
    }

    /// <summary>The elements of a list that are in use.</summary>
    private Value ItemsOf(IOperation list)
    {
        AggregatePlace place = ListOf(list);
        return Slice(Item(place, 0, list), _builder.Int(0), Item(place, 1, list));
    }

    private AggregatePlace ListOf(IOperation list)
        => list is ILocalReferenceOperation && PlaceOf(list) is AggregatePlace place ? place
            : throw UnsupportedExpression(list, "This list", OneList);

    private Value Item(AggregatePlace list, int part, IOperation at) => Single(Read(list.Fields[part], at), at);
}
