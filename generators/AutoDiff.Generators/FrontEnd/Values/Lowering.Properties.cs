using System.Collections.Immutable;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// Properties with bodies, indexers, and what else the compiler makes of the members of value types.
internal sealed partial class Lowering
{
    /// <summary>A property of a value type that is no component, as a place; null for others.</summary>
    private PropertyPlace? AccessorsOf(IPropertyReferenceOperation property)
    {
        if (property.Instance is not { } instance || TypeMap.ScalarOrBuffer(instance.Type) is not null || Components.Of(instance.Type) is null
            || Components.IndexOf(instance.Type, property.Property) >= 0) return null;
        return new PropertyPlace(
            property.Property, ReceiverPlace(instance, property.Property.SetMethod ?? property.Property.GetMethod!),
            property.Arguments.OrderBy(static a => a.Parameter!.Ordinal).Select(a => Visit(a.Value)).ToImmutableArray());
    }

    private Operand AccessorCall(PropertyPlace property, IMethodSymbol accessor, ImmutableArray<Operand> operands, IOperation at)
        => property.Receiver is ObjectPlace made
            ? Inline(ObjectFields.Dispatch((INamedTypeSymbol)made.Fields.Type, accessor), operands, at, receiver: made)
            : ValueMember(accessor, operands, at, property.Receiver);

    /// <summary><c>var (a, b) = …</c> of a tuple, of a positional record, or through a <c>Deconstruct</c> method.</summary>
    private ImmutableArray<Operand> Deconstructed(Operand value, int count, IOperation at)
    {
        if (value is ObjectOperand { Place: var made }) return DeconstructedObject(made, count, at);
        if (value is not AggregateOperand source) throw UnsupportedExpression(at, "This deconstruction", "deconstruct a tuple");
        if (source.Type.IsTupleType && source.Fields.Length == count) return source.Fields;
        IMethodSymbol? method = source.Type.GetMembers("Deconstruct").OfType<IMethodSymbol>()
            .FirstOrDefault(m => !m.IsStatic && m.Parameters.Length == count && m.Parameters.All(static p => p.RefKind == RefKind.Out));
        if (method is null) throw UnsupportedExpression(at, "This deconstruction", "deconstruct a tuple, or give the type a Deconstruct method");
        if (method.IsImplicitlyDeclared)
        {
            return method.Parameters.Select(p => Components.IndexOfName(source.Type, p.Name) is >= 0 and var index ? source.Fields[index]
                : throw UnsupportedExpression(at, "This deconstruction", "deconstruct a tuple")).ToImmutableArray();
        }

        Place receiver = Declare(source.Type, "", at);
        Write(receiver, source, at);
        var references = method.Parameters.ToDictionary(static p => p.Ordinal, p => Declare(p.Type, "", at));
        Inline(method, [.. method.Parameters.Select(static _ => Nothing)], at, references, receiver);
        return method.Parameters.Select(p => Read(references[p.Ordinal], at)).ToImmutableArray();
    }

    private ImmutableArray<Operand> DeconstructedObject(ObjectPlace source, int count, IOperation at)
    {
        for (ITypeSymbol? type = source.Fields.Type; type is not null; type = type.BaseType)
        {
            IMethodSymbol? method = type.GetMembers("Deconstruct").OfType<IMethodSymbol>()
                .FirstOrDefault(m => !m.IsStatic && m.Parameters.Length == count && m.Parameters.All(static p => p.RefKind == RefKind.Out));
            if (method is null) continue;
            if (method.IsImplicitlyDeclared && method.Parameters.Select(p => type.GetMembers(p.Name).FirstOrDefault() is { } property ? ComponentPlace(source, property) : null).ToArray() is var places
                && places.All(static p => p is not null)) return places.Select(p => Read(p!, at)).ToImmutableArray();
            var references = method.Parameters.ToDictionary(static p => p.Ordinal, p => Declare(p.Type, "", at));
            Inline(method, [.. method.Parameters.Select(static _ => Nothing)], at, references, source);
            return method.Parameters.Select(p => Read(references[p.Ordinal], at)).ToImmutableArray();
        }

        throw UnsupportedExpression(at, "This deconstruction", "deconstruct a tuple, or give the type a Deconstruct method");
    }

    /// <summary><c>a == b</c> of tuples.</summary>
    private Operand TupleComparison(ITupleBinaryOperation comparison)
    {
        bool equal = comparison.OperatorKind == BinaryOperatorKind.Equals;
        Value same = AreEqual(Visit(comparison.LeftOperand), Visit(comparison.RightOperand), comparison);
        return new ValueOperand(equal ? same : _builder.Scalar(ScalarOp.Not, same));
    }

    /// <summary>Whether two values have equal components.</summary>
    private Value AreEqual(Operand left, Operand right, IOperation at)
    {
        switch (left, right)
        {
            case (AggregateOperand a, AggregateOperand b) when a.Fields.Length == b.Fields.Length && a.Fields.Length > 0:
                return a.Fields.Zip(b.Fields, (x, y) => AreEqual(x, y, at)).Aggregate((x, y) => _builder.Scalar(ScalarOp.And, x, y));
            default:
                Value first = Single(left, at), second = Single(right, at);
                if (first.Type == TextType && second.Type == TextType) return AreSameText(first, second);
                if (first.Element != second.Element) first = _builder.Convert(first, second.Element);
                return _builder.Scalar(ScalarOp.Equal, first, second);
        }
    }
}
