using System.Collections.Immutable;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// Objects that the method makes: their fields are variables, and a reference to an object is the place of those.
internal sealed partial class Lowering
{
    /// <summary>Every object that has been made so far, in order: what a loop does to any of them is carried.</summary>
    private readonly List<ObjectPlace> _objects = [];

    /// <summary>Whether an object of a type can be followed.</summary>
    private static bool IsObject(ITypeSymbol? type) => type is { TypeKind: TypeKind.Class, IsAnonymousType: false } && !IsModel(type) && ObjectFields.Of(type) is not null;

    private Operand NewObject(IObjectCreationOperation creation, INamedTypeSymbol type, ImmutableArray<Component> fields)
    {
        ObjectPlace made = Allocate(type, fields, creation);
        Construct(creation, made);
        if (creation.Initializer is { } initializer) Initialize(made, initializer);
        return new ObjectOperand(made);
    }

    /// <summary><c>r with { X = 1 }</c> of a record class: another object.</summary>
    private Operand WithObject(IWithOperation with)
    {
        return Visit(with.Operand) switch
        {
            ObjectOperand source => WithObject(with, source),
            ChosenOperand chosen => Choose(chosen, with.Operand.Type, with, one => WithObject(with, (ObjectOperand)one)),
            _ => throw UnsupportedExpression(with, "with on an object from outside", "make the object here"),
        };
    }

    private Operand WithObject(IWithOperation with, ObjectOperand source)
    {
        // Of the type that the object has, whatever it is called here.
        var type = (INamedTypeSymbol)source.Place.Type;
        ImmutableArray<Component> fields = ObjectFields.Of(type)!.Value;
        ObjectPlace copy = Allocate(type, fields, with);
        for (int i = 0; i < fields.Length; i++) Write(copy.Fields.Fields[i], Read(source.Place.Fields.Fields[i], with), with);
        Initialize(copy, with.Initializer);
        return new ObjectOperand(copy);
    }

    private ObjectPlace Allocate(INamedTypeSymbol type, ImmutableArray<Component> fields, IOperation at, string name = "")
    {
        var places = fields.Select(f => DeclareComponent(f, name, at.Syntax.GetLocation(), isInObject: true)).ToImmutableArray();
        for (int i = 0; i < fields.Length; i++)
            if (TypeMap.Element(fields[i].Type) is not null || Components.Of(fields[i].Type) is not null)
                Write(places[i], DefaultOf(fields[i].Type, at), at);
            else if (places[i] is SlotPlace)
                Write(places[i], _candidates[0], at);
        var made = new ObjectPlace(type, new AggregatePlace(type, places));
        _objects.Add(made);
        return made;
    }

    /// <summary>The place of a component of a struct or object; null where the member is none.</summary>
    private static Place? ComponentPlace(Place place, ISymbol member) => place switch
    {
        AggregatePlace aggregate => Components.IndexOf(aggregate.Type, member) is >= 0 and var index ? aggregate.Fields[index] : null,
        ObjectPlace { Fields: var boxed } when boxed.Type.IsValueType => ComponentPlace(boxed, member),
        ObjectPlace { Fields: var fields } => ObjectFields.IndexOf(ObjectFields.Of(fields.Type)!.Value, member) is >= 0 and var index ? fields.Fields[index] : null,
        _ => null,
    };

    /// <summary>A field or property of an object, read.</summary>
    private Operand ObjectMember(ObjectPlace instance, ISymbol member, IOperation at)
    {
        if (ComponentPlace(instance, member) is { } place) return Read(place, at);
        if (member is IPropertySymbol { GetMethod: { } getter } && at is IPropertyReferenceOperation property)
            return Inline(
                ObjectFields.Dispatch((INamedTypeSymbol)instance.Fields.Type, getter),
                property.Arguments.Select(a => Visit(a.Value)).ToImmutableArray(), at, receiver: instance.Type.IsValueType ? instance.Fields : instance);
        throw UnsupportedExpression(at, $"'{StepText.Of(at.Syntax)}'", "use the fields of the object");
    }

    /// <summary>A member of an object as a place; null where the receiver is no object that was made here.</summary>
    private Place? PlaceInObject(IMemberReferenceOperation reference)
    {
        // A list is memory: its element is asked of it, and it is evaluated for that, once.
        if (reference.Instance is not { } instance || !IsReference(instance.Type) || ListElement(instance.Type) is not null) return null;
        Operand receiver = Visit(instance);
        if (receiver is NullOperand)
        {
            Place nowhere = Declare(reference.Type!, "", reference);
            Write(nowhere, OfNull(reference.Type!, reference), reference);
            return nowhere;
        }

        if (receiver is not (ObjectOperand or ChosenOperand)) return null;
        var indices = reference is IPropertyReferenceOperation { Arguments: var given } ? given.Select(a => Visit(a.Value)).ToImmutableArray() : [];
        return receiver is ObjectOperand { Place: var one } ? PartOf(one) : ChoosePlace((ChosenOperand)receiver, instance.Type, reference, PartOf);

        Place? PartOf(ObjectPlace made) => ComponentPlace(made, reference.Member)
            ?? (reference is IPropertyReferenceOperation { Property: { SetMethod: not null } property } ? new PropertyPlace(property, made, indices) : null);
    }

    /// <summary>Receivers that were evaluated and are no objects that can be followed: whatever the call is then, it does not evaluate them again.</summary>
    private readonly Dictionary<IOperation, Operand> _receivers = [];

    /// <summary>A receiver that was evaluated already, once; null for other operations.</summary>
    private Operand? Evaluated(IOperation operation)
    {
        if (!_receivers.TryGetValue(operation, out Operand? receiver)) return null;
        _receivers.Remove(operation);
        return receiver;
    }

    /// <summary>A call of a method of an object that was made here: inlined, whichever method it is at run time. Null for other receivers.</summary>
    private Operand? ObjectCall(IInvocationOperation call)
    {
        if (call.Instance is not { } instance || call.TargetMethod.IsStatic || !IsReference(instance.Type)
            || call.TargetMethod.MethodKind == MethodKind.DelegateInvoke) return null;
        Operand receiver = Visit(instance);
        if (receiver is not (ObjectOperand or ChosenOperand or NullOperand))
        {
            _receivers[instance] = receiver;
            return null;
        }

        var references = new Dictionary<int, Place>();
        var operands = new Operand[call.TargetMethod.Parameters.Length];
        foreach (IArgumentOperation argument in call.Arguments)
        {
            int ordinal = argument.Parameter!.Ordinal;
            if (argument.Parameter.RefKind is RefKind.Ref or RefKind.Out) references[ordinal] = PlaceOf(argument.Value);
            else operands[ordinal] = Visit(argument.Value);
        }

        return receiver is NullOperand ? OfNull(call.TargetMethod.ReturnType, call)
            : receiver is ChosenOperand chosen ? Choose(chosen, instance.Type, call, On)
            : On(receiver);

        Operand On(Operand one)
        {
            ObjectPlace made = ((ObjectOperand)one).Place;
            IMethodSymbol target = call.IsVirtual ? ObjectFields.Dispatch((INamedTypeSymbol)made.Fields.Type, call.TargetMethod) : call.TargetMethod;
            return Inline(target, operands.ToImmutableArray(), call, references, made.Type.IsValueType ? made.Fields : made);
        }
    }

    /// <summary>Whether a variable of a type is a name for objects or functions, which it may be given one after the other.</summary>
    private static bool IsNameOfObjects(ITypeSymbol type) => IsReference(type) && !IsText(type) && !type.IsAnonymousType || type.TypeKind == TypeKind.Delegate;

    /// <summary>A struct as an object of an interface: a copy that only methods of the interface see.</summary>
    private Operand Box(AggregateOperand value, IOperation at)
    {
        if (Declare(value.Type, "", at) is not AggregatePlace copy) throw UnsupportedExpression(at, "This box", "use the struct itself");
        Write(copy, value, at);
        var made = new ObjectPlace(value.Type, copy);
        _objects.Add(made);
        return new ObjectOperand(made);
    }

    /// <summary>A call of a method that an interface declares, on a struct of a type parameter; null for others.</summary>
    private Operand? ConstrainedCall(IInvocationOperation call)
    {
        if (call.Instance is not { Type: ITypeParameterSymbol parameter } || TypeArguments.Of(parameter) is not INamedTypeSymbol { IsValueType: true } type || TypeMap.Element(type) is not null
            || Components.Of(type) is null || type.FindImplementationForInterfaceMember(call.TargetMethod) is not IMethodSymbol implementation) return null;
        (ImmutableArray<Operand> operands, Dictionary<int, Place> references, Place? receiver) = ArgumentsOf(call);
        return Inline(implementation, operands, call, references, receiver);
    }

    // A type whose values may be objects; numbers, memory, tensors and models are followed in other ways.
    private static bool IsReference(ITypeSymbol? type)
        => (type is ITypeParameterSymbol ? TypeArguments.Of(type) : type) is { TypeKind: TypeKind.Class or TypeKind.Interface } && !IsModel(type) && TypeMap.Tensor(type) is null && ModelList(type) is null;

    /// <summary>A name for an object or a function, or for nothing yet.</summary>
    private SlotPlace Slot(string name, ITypeSymbol type) => new(new Variable(_frame.IsInlined ? "" : name, _variableCount++, null) { Referred = type });
}
