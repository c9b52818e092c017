using AutoDiff.Compiler;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// Objects of classes that are not the user's: made where the method makes them, and only called. They carry no derivatives.
internal sealed partial class Lowering
{
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
