using AutoDiff.Compiler;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// Objects of classes that are not the user's: made where the method makes them, and only called. They carry no derivatives.
internal sealed partial class Lowering
{
    /// <summary>What the members of an object from outside hold, one after the other; a positional record has a member for each of its parameters.</summary>
    private Value MatchesHeld(Value instance, IRecursivePatternOperation pattern)
    {
        Value? matches = null;
        for (int i = 0; i < pattern.DeconstructionSubpatterns.Length; i++)
        {
            IPropertySymbol? part = pattern.MatchedType.IsRecord && pattern.DeconstructSymbol is IMethodSymbol { IsImplicitlyDeclared: true, Parameters: var parts }
                ? pattern.MatchedType.GetMembers(parts[i].Name).OfType<IPropertySymbol>().FirstOrDefault() : null;
            if (part is null) throw UnsupportedExpression(pattern, $"The pattern '{StepText.Of(pattern.Syntax)}'", "match the properties by name");
            And(HeldMember(instance, part, part.Type, pattern), pattern.DeconstructionSubpatterns[i]);
        }

        foreach (IPropertySubpatternOperation property in pattern.PropertySubpatterns)
        {
            if (property.Member is not IMemberReferenceOperation { Member: var member, Type: { } type })
                throw UnsupportedExpression(property, $"The pattern '{StepText.Of(property.Syntax)}'", "match fields and properties");
            And(HeldMember(instance, member, type, property.Member), property.Pattern);
        }

        return matches ?? _builder.Bool(true);

        void And(Operand part, IPatternOperation inner)
        {
            Value next = MatchesValue(part, inner);
            matches = matches is null ? next : _builder.Scalar(ScalarOp.And, matches, next);
        }
    }

    /// <summary><c>new Random(5)</c>; null where the class is of this project, has an initializer, or takes what no call can be given.</summary>
    private Operand? OutsideObject(IObjectCreationOperation creation)
    {
        if (creation is not { Type: INamedTypeSymbol { TypeKind: TypeKind.Class } type, Initializer: null, Constructor: { } constructor }
            || !type.DeclaringSyntaxReferences.IsEmpty || TypeMap.Tensor(type) is not null || IsModel(type)) return null;
        var parameters = new List<CalleeParameter>();
        var inputs = new List<Value>();
        foreach (IArgumentOperation argument in creation.Arguments.OrderBy(static a => a.Parameter!.Ordinal))
        {
            IParameterSymbol parameter = argument.Parameter!;
            if (parameter.RefKind != RefKind.None || argument.ArgumentKind == ArgumentKind.ParamArray) return null;
            IrType? passed = EnumType(parameter.Type) ?? (TypeMap.ScalarOrBuffer(parameter.Type) as ScalarType) as IrType ?? (TypeMap.IsObject(parameter.Type) ? new OpaqueType(TypeText(parameter.Type)) : null);
            if (passed is null) return null;
            inputs.Add(ToSignature(ValueOf(argument.Value), passed));
            parameters.Add(new CalleeParameter(parameter.Name, passed, PassingKind.ByValue, passed.IsDifferentiable, false, TypeText(parameter.Type)));
        }

        var made = new OpaqueType(TypeText(type.WithNullableAnnotation(NullableAnnotation.NotAnnotated)));
        var callee = new Callee(made.Name, Callee.Constructor, false, parameters.ToEquatable(), made, IsDifferentiable: false, HasSideEffects: true, UsesPair: false, []);
        Value created = _values.New(made);
        _locations.AddValue(created.Id, creation.Syntax.GetLocation());
        Effect(new Call([created], callee, inputs.ToEquatable(), []));
        return new ValueOperand(created);
    }
}
