using System.Collections.Immutable;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
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
            if (ListElement(creation.Type) is ElementKind item) return NewList(creation, item);
            if (TypeMap.Buffer(creation.Type) is not null && creation.Arguments is [var array]
                && TypeMap.Buffer(array.Value.Type) is not null) return Visit(array.Value);
            throw UnsupportedExpression(
                creation, $"new {creation.Type?.ToDisplayString()}", "make objects in the caller and pass their numbers");
        }

        if (FrameworkDefinitions.Cover(type)) return Initialized(FrameworkObject(creation, type, fields), creation.Initializer, creation);
        Place place = Declare(type, "", creation);
        Write(place, creation.Constructor is { ContainingType.IsTupleType: true } ? TupleOf(creation, type)
            : DefaultOf(type, creation), creation);
        Construct(creation, (AggregatePlace)place, fields);
        if (creation.Initializer is { } initializer) Initialize((AggregatePlace)place, fields, initializer);
        return Read(place, creation);
    }

    private Operand Initialized(Operand made, IObjectOrCollectionInitializerOperation? initializer, IOperation at)
    {
        if (initializer is null || made is not AggregateOperand aggregate) return made;
        Place place = Declare(aggregate.Type, "", at);
        Write(place, made, at);
        Initialize((AggregatePlace)place, Components.Of(aggregate.Type)!.Value, initializer);
        return Read(place, at);
    }

    /// <summary><c>p with { X = 1 }</c>: a copy with other fields.</summary>
    private Operand With(IWithOperation with)
    {
        if (with.Type is not { } type || Components.Of(type) is not { } fields)
            throw UnsupportedExpression(with, "with on this type", "use it on structs");
        Place place = Declare(type, "", with);
        Write(place, Visit(with.Operand), with);
        Initialize((AggregatePlace)place, fields, with.Initializer);
        return Read(place, with);
    }

    private void Initialize(AggregatePlace place, ImmutableArray<Component> fields, IObjectOrCollectionInitializerOperation initializer)
    {
        foreach (IOperation member in initializer.Initializers)
        {
            if (member is not ISimpleAssignmentOperation { Target: IMemberReferenceOperation target } assignment)
                throw UnsupportedExpression(member, "This initializer", "assign the fields one by one");
            int index = Components.IndexOf(place.Type, target.Member);
            Place part = index >= 0 ? place.Fields[index]
                : target is IPropertyReferenceOperation { Arguments.IsEmpty: true, Property: var property } ? new PropertyPlace(property, place, [])
                : throw UnsupportedExpression(member, $"Initializing '{target.Member.Name}'", "initialize fields or properties");
            Write(part, Visit(assignment.Value), member);
        }
    }

    private Operand TupleOf(IObjectCreationOperation creation, ITypeSymbol type)
        => new AggregateOperand(type, creation.Arguments.Select(a => Visit(a.Value)).ToImmutableArray());

    private void Construct(IObjectCreationOperation creation, AggregatePlace place, ImmutableArray<Component> fields)
    {
        if (creation.Constructor is not { IsImplicitlyDeclared: false } constructor || creation.Type!.IsTupleType) return;
        var operands = new Operand[constructor.Parameters.Length];
        foreach (IArgumentOperation argument in creation.Arguments) operands[argument.Parameter!.Ordinal] = Visit(argument.Value);
        if (constructor.DeclaringSyntaxReferences is [var reference, ..] && reference.GetSyntax(cancellation) is RecordDeclarationSyntax)
        {
            for (int i = 0; i < operands.Length; i++)
            {
                int index = fields.ToList().FindIndex(f => f.Name == constructor.Parameters[i].Name);
                if (index < 0)
                    throw UnsupportedExpression(creation, $"new {creation.Type.Name}", "use a positional record struct or fields");
                Write(place.Fields[index], operands[i], creation);
            }

            return;
        }

        if (constructor.DeclaringSyntaxReferences is [var declaration, ..] && declaration.GetSyntax(cancellation) is TypeDeclarationSyntax)
        {
            PrimaryConstruct(constructor, operands, creation, place, fields);
            return;
        }

        Inline(constructor, operands.ToImmutableArray(), creation, receiver: place);
    }

    /// <summary>A primary constructor gives its parameters to the initializers of fields and properties.</summary>
    private void PrimaryConstruct(
        IMethodSymbol constructor, Operand[] operands, IObjectCreationOperation creation, AggregatePlace place,
        ImmutableArray<Component> fields)
    {
        for (int i = 0; i < operands.Length; i++) _places[constructor.Parameters[i]] = new FixedPlace(operands[i]);
        for (int i = 0; i < fields.Length; i++)
        {
            EqualsValueClauseSyntax? initializer = fields[i].Member.DeclaringSyntaxReferences is [var reference, ..]
                ? reference.GetSyntax(cancellation) switch
                {
                    VariableDeclaratorSyntax variable => variable.Initializer,
                    PropertyDeclarationSyntax property => property.Initializer,
                    _ => null,
                }
                : null;
            if (initializer is null) continue;
            SemanticModel model = creation.SemanticModel?.SyntaxTree == initializer.SyntaxTree ? creation.SemanticModel
                : compilation.GetSemanticModel(initializer.SyntaxTree);
            if (model.GetOperation(initializer, cancellation) is not ISymbolInitializerOperation { Value: var value })
                throw UnsupportedExpression(creation, $"new {creation.Type!.Name}", "give it a constructor with a body");
            Write(place.Fields[i], Convert(Visit(value), fields[i].Type, creation), creation);
        }

        // A method that reads a parameter later reads a field that has no name here.
        foreach (IParameterSymbol parameter in constructor.Parameters) _places.Remove(parameter);
    }
}
