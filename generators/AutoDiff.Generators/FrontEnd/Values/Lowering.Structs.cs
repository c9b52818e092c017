using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// Structs live in their fields: a construction fills fresh fields, a method works on them in place.
internal sealed partial class Lowering
{
    private Operand ObjectCreation(IObjectCreationOperation creation)
    {
        if (creation.Type is not { } type || Components.Of(type) is not { } fields)
        {
            if (TypeMap.Element(creation.Type) is not null && creation.Arguments.IsEmpty) return Default(creation);
            if (InlineArray(creation.Type) is not null && creation is { Arguments.IsEmpty: true, Initializer: null }) return Default(creation);
            if (NewVector(creation) is { } vector) return vector;
            if (ListElement(creation.Type) is { } item) return NewList(creation, item);
            if (TypeMap.Buffer(creation.Type) is not null && creation.Arguments is [var array]
                && TypeMap.Buffer(array.Value.Type) is not null) return Visit(array.Value);
            if (IsObject(creation.Type)) return NewObject(creation, (INamedTypeSymbol)creation.Type!, ObjectFields.Of(creation.Type)!.Value);
            if (creation is { Arguments.IsEmpty: true, Initializer: { } listed } && IsList(creation.Type) && ReferencesIn(ItemsIn(listed), creation) is { } references) return references;
            if (creation.Type is { Name: "Dictionary" or "HashSet" or "SortedDictionary" or "Queue" or "Stack" or "LinkedList" } collection && collection.IsIn("System.Collections.Generic"))
                throw UnsupportedExpression(
                    creation, $"new {collection.Name}", "use an array, a List or a switch, or keep constants in a static readonly collection and read it here");
            if (OutsideObject(creation) is { } outside) return outside;
            throw UnsupportedExpression(
                creation, $"new {creation.Type?.ToDisplayString()}", "make objects in the caller and pass their numbers");
        }

        if (Components.IsNullable(type))
            return creation.Arguments is [var some] ? ToNullable(Visit(some.Value), type, creation) : DefaultOf(type, creation);
        if (FrameworkDefinitions.Cover(type)) return Initialized(FrameworkObject(creation, type, fields), creation.Initializer, creation);
        if (type.IsTupleType) return TupleOf(creation, type);
        Place place = Declare(type, "", creation);
        Write(place, DefaultOf(type, creation), creation);
        Construct(creation, place);
        if (creation.Initializer is { } initializer) Initialize(place, initializer);
        return Read(place, creation);
    }

    private Operand Initialized(Operand made, IObjectOrCollectionInitializerOperation? initializer, IOperation at)
    {
        if (initializer is null || made is not AggregateOperand aggregate) return made;
        Place place = Declare(aggregate.Type, "", at);
        Write(place, made, at);
        Initialize(place, initializer);
        return Read(place, at);
    }

    /// <summary><c>p with { X = 1 }</c>: a copy with other fields.</summary>
    private Operand With(IWithOperation with)
    {
        if (IsObject(with.Type)) return WithObject(with);
        if (with.Type is not { } type || Components.Of(type) is null)
            throw UnsupportedExpression(with, "with on this type", "use it on structs");
        Place place = Declare(type, "", with);
        Write(place, Visit(with.Operand), with);
        Initialize(place, with.Initializer);
        return Read(place, with);
    }

    private void Initialize(Place place, IObjectOrCollectionInitializerOperation initializer)
    {
        foreach (IOperation member in initializer.Initializers)
        {
            if (member is not ISimpleAssignmentOperation { Target: IMemberReferenceOperation target } assignment)
                throw UnsupportedExpression(member, "This initializer", "assign the fields one by one");
            Place part = ComponentPlace(place, target.Member)
                ?? (target is IPropertyReferenceOperation { Arguments.IsEmpty: true, Property: var property } ? new PropertyPlace(property, place, [])
                : throw UnsupportedExpression(member, $"Initializing '{target.Member.Name}'", "initialize fields or properties"));
            Write(part, Visit(assignment.Value), member);
        }
    }

    /// <summary><c>new { A = x, B }</c>: its properties never change, so that it is a value.</summary>
    private Operand AnonymousObject(IAnonymousObjectCreationOperation creation)
    {
        var values = creation.Initializers.OfType<ISimpleAssignmentOperation>().ToDictionary(static a => ((IPropertyReferenceOperation)a.Target).Property.Name, a => Visit(a.Value));
        return new AggregateOperand(creation.Type!, Components.Of(creation.Type)!.Value.Select(c => values[c.Name]).ToImmutableArray());
    }

    private Operand TupleOf(IObjectCreationOperation creation, ITypeSymbol type)
        => new AggregateOperand(type, creation.Arguments.Select(a => Visit(a.Value)).ToImmutableArray());
}
