using AutoDiff.Compiler;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

internal sealed partial class Lowering
{
    private static bool IsModel(ITypeSymbol type) => false;
    private static ModelListType? ModelList(ITypeSymbol type) => null;
    private Operand PairCall(IInvocationOperation call) => throw UnsupportedExpression(call, "pair", "");
    private Operand ModelMember(IOperation instance, ISymbol member, ITypeSymbol type, IOperation at) => throw Unsupported(FrontEndDescriptors.OutsideState, at, member.Name, "pass its value as a parameter");
    private Operand Element(Value list, IOperation index, IOperation at) => throw UnsupportedExpression(at, "list", "");
    private void EnterElement(Value list, Value item, IOperation at) { }
    private Parameter Receiver() { _this = null; throw UnsupportedExpression(null!, "", ""); }
}
