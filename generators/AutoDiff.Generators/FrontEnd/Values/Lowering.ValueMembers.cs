using System.Collections.Immutable;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// Members of value types: operators, conversions, properties, methods. The user's own are inlined; those of the framework have definitions.
internal sealed partial class Lowering
{
    /// <summary>Whether an operator is declared by a value type, so that it is inlined.</summary>
    private static bool IsOfValueType(IMethodSymbol? method)
        => method is { ContainingType: { } type } && TypeMap.Element(type) is null && Components.Of(type) is not null;

    /// <summary>Whether an operator is one whose body takes its place: of a value type, or of a class whose objects are followed.</summary>
    private static bool IsInlinedOperator(IMethodSymbol? method)
        => IsOfValueType(method) || method is { IsImplicitlyDeclared: false } && IsObject(method.ContainingType);

    /// <summary>An operator, a conversion or an accessor, in place of its call.</summary>
    private Operand ValueMember(IMethodSymbol member, ImmutableArray<Operand> operands, IOperation at, Place? receiver = null)
    {
        if (member is { IsImplicitlyDeclared: true, Name: "op_Equality" or "op_Inequality" } && member.ContainingType.IsRecord)
        {
            Value same = AreEqual(operands[0], operands[1], at);
            return new ValueOperand(member.Name == "op_Equality" ? same : _builder.Scalar(ScalarOp.Not, same));
        }

        if (!FrameworkDefinitions.Cover(member.ContainingType)) return Inline(member, operands, at, receiver: receiver);
        if (FrameworkDefinitions.Of(compilation)?.Find(member) is not { } definition) throw WithoutDefinition(member, at);
        if (receiver is not null) operands = operands.Insert(0, Read(receiver, at));
        return Defined(definition, operands, at);
    }

    /// <summary>A method of a framework type; null for other methods.</summary>
    private Operand? FrameworkCall(IInvocationOperation call)
    {
        IMethodSymbol target = call.TargetMethod;
        bool isSpanFunction = FrameworkDefinitions.HasSpanFunctions(target.ContainingType);
        if (!isSpanFunction && !FrameworkDefinitions.Cover(target.ContainingType)) return null;
        if (FrameworkDefinitions.Of(compilation)?.Find(target) is not { } definition)
            return isSpanFunction ? null : throw WithoutDefinition(target, call);
        var references = new Dictionary<int, Place>();
        var operands = new Operand[definition.Method.Parameters.Length];
        int first = target.IsStatic ? 0 : 1;
        if (first == 1) operands[0] = Visit(call.Instance!);
        foreach (IArgumentOperation argument in call.Arguments)
        {
            int ordinal = argument.Parameter!.Ordinal + first;
            if (argument.Parameter.RefKind is RefKind.Ref or RefKind.Out) references[ordinal] = PlaceOf(argument.Value);
            else operands[ordinal] = Visit(argument.Value);
        }

        return Defined(definition, operands.ToImmutableArray(), call, references);
    }

    /// <summary>A construction of a framework type: of all its components, or as it is defined.</summary>
    private Operand FrameworkObject(IObjectCreationOperation creation, ITypeSymbol type, ImmutableArray<Component> components)
    {
        IMethodSymbol constructor = creation.Constructor!;
        if (constructor.Parameters.IsEmpty) return DefaultOf(type, creation);
        var operands = new Operand[constructor.Parameters.Length];
        foreach (IArgumentOperation argument in creation.Arguments) operands[argument.Parameter!.Ordinal] = Visit(argument.Value);
        if (constructor.Parameters.Select(static p => p.Type.ToDisplayString()).SequenceEqual(components.Select(static c => c.Type.ToDisplayString())))
            return new AggregateOperand(type, operands.ToImmutableArray());
        if (FrameworkDefinitions.Of(compilation)?.Find(constructor) is not { } definition) throw WithoutDefinition(constructor, creation);
        return Defined(definition, operands.ToImmutableArray(), creation);
    }

    private Operand Defined(
        (IMethodSymbol Method, IOperation Body) definition, ImmutableArray<Operand> operands, IOperation at, IReadOnlyDictionary<int, Place>? references = null)
    {
        Location? outer = _locations.Instead;
        _locations.Instead = outer ?? at.Syntax.GetLocation();
        try
        {
            return Inline(definition.Method, definition.Body, operands, at, references);
        }
        finally
        {
            _locations.Instead = outer;
        }
    }

    private UnsupportedException WithoutDefinition(ISymbol member, IOperation at)
    {
        string name = member is IMethodSymbol { MethodKind: MethodKind.Constructor } ? "this constructor" : $"'{member.ContainingType.Name}.{member.Name}'";
        return Unsupported(
            FrontEndDescriptors.UnsupportedCall, at, StepText.Of(at.Syntax), $"{name} of '{member.ContainingType.ToDisplayString()}' has no derivative rule; write it "
                + "over the components");
    }
}
