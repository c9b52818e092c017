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
        if (creation.Type is not { } type || Fields(type) is not { } fields)
        {
            if (TypeMap.Element(creation.Type) is not null && creation.Arguments.IsEmpty) return Default(creation);
            if (TypeMap.Buffer(creation.Type) is not null && creation.Arguments is [var array] && TypeMap.Buffer(array.Value.Type) is not null) return Visit(array.Value);
            throw UnsupportedExpression(creation, $"new {creation.Type?.ToDisplayString()}", "make objects in the caller and pass their numbers");
        }

        Place place = Declare(type, "", creation);
        Write(place, creation.Constructor is { ContainingType.IsTupleType: true } ? TupleOf(creation, type) : DefaultOf(type, creation), creation);
        Construct(creation, (AggregatePlace)place, fields);
        if (creation.Initializer is { } initializer)
        {
            foreach (IOperation member in initializer.Initializers)
            {
                if (member is not ISimpleAssignmentOperation { Target: IMemberReferenceOperation target } assignment)
                    throw UnsupportedExpression(member, "This initializer", "assign the fields one by one");
                int index = MemberIndex(fields, target.Member);
                if (index < 0) throw UnsupportedExpression(member, $"Initializing '{target.Member.Name}'", "initialize fields or automatic properties");
                Write(((AggregatePlace)place).Fields[index], Visit(assignment.Value), member);
            }
        }

        return Read(place, creation);
    }

    private Operand TupleOf(IObjectCreationOperation creation, ITypeSymbol type)
        => new AggregateOperand(type, creation.Arguments.Select(a => Visit(a.Value)).ToImmutableArray());

    private void Construct(IObjectCreationOperation creation, AggregatePlace place, ImmutableArray<IFieldSymbol> fields)
    {
        if (creation.Constructor is not { IsImplicitlyDeclared: false } constructor || creation.Type!.IsTupleType) return;
        var operands = new Operand[constructor.Parameters.Length];
        foreach (IArgumentOperation argument in creation.Arguments) operands[argument.Parameter!.Ordinal] = Visit(argument.Value);
        if (constructor.DeclaringSyntaxReferences is [var reference, ..] && reference.GetSyntax(cancellation) is RecordDeclarationSyntax)
        {
            for (int i = 0; i < operands.Length; i++)
            {
                int index = fields.ToList().FindIndex(f => f.AssociatedSymbol?.Name == constructor.Parameters[i].Name);
                if (index < 0) throw UnsupportedExpression(creation, $"new {creation.Type.Name}", "use a positional record struct or fields");
                Write(place.Fields[index], operands[i], creation);
            }

            return;
        }

        Inline(constructor, operands.ToImmutableArray(), creation, receiver: place);
    }

    private static int MemberIndex(ImmutableArray<IFieldSymbol> fields, ISymbol member)
    {
        for (int i = 0; i < fields.Length; i++)
            if (SymbolEqualityComparer.Default.Equals(fields[i], member) || SymbolEqualityComparer.Default.Equals(fields[i].AssociatedSymbol, member)) return i;
        return -1;
    }
}
