using AutoDiff.Compiler;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

internal sealed partial class Lowering
{
    private readonly Dictionary<int, Dim> _dims = [];
    private readonly List<DimConstraint> _constraints = [];

    private Dim? DimOf(Value value) => _dims.TryGetValue(value.Id, out Dim? dim) ? dim : null;

    private static Dim? Combine(ScalarOp op, Dim a, Dim b) => op switch
    {
        ScalarOp.Add => a + b,
        ScalarOp.Subtract => a - b,
        ScalarOp.Multiply => a * b,
        ScalarOp.Divide => Dim.Divide(a, b),
        _ => null,
    };

    private Value DimensionOf(Dim dim)
    {
        Value value = _builder.Apply(new DimensionValue(dim));
        _dims[value.Id] = dim;
        return value;
    }

    private void BindParameterSymbol(string name, Value value) { }
    private void SetThis(Value v) => _this = v;
    private static bool IsModel(ITypeSymbol type) => false;
    private static ITypeSymbol? ModelList(ITypeSymbol type) => null;
    private Value TensorElementwise(ScalarOp op, IOperation at, params Value[] operands) => throw UnsupportedExpression(at, "tensor", "");
    private Operand? TensorCall(IInvocationOperation call) => null;
    private Operand PairCall(IInvocationOperation call) => throw UnsupportedExpression(call, "pair", "");
    private static bool UsesPair(IMethodSymbol target) => false;
    private Operand TensorProperty(IPropertyReferenceOperation p) => throw UnsupportedExpression(p, "tensor", "");
    private Operand ModelMember(IOperation instance, ISymbol member, ITypeSymbol type, IOperation at) => throw Unsupported(FrontEndDescriptors.OutsideState, at, member.Name, "pass its value as a parameter");
    private Operand Element(Value list, IOperation index, IOperation at) => throw UnsupportedExpression(at, "list", "");
    private void EnterElement(Value list, Value item, IOperation at) { }
    private Parameter Receiver() => throw UnsupportedExpression(null!, "", "");
    private IrType ParameterType(IParameterSymbol parameter, string? shape) => TypeMap.ScalarOrBuffer(parameter.Type) ?? throw Unsupported(FrontEndDescriptors.UnsupportedType, parameter.Locations[0], $"'{parameter.Name}'", parameter.Type.ToDisplayString(), SupportedTypes);
    private EquatableArray<DimBinding> UsedBindings(Region region) => [];
    private void CheckResultShape(TensorType tensor) { }
}
