using System.Collections.Immutable;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

internal sealed partial class Lowering
{
    /// <summary>
    /// <c>Map(x, f)</c>: the body of f with tensors for its parameters. Every scalar operation is elementwise as it is, and a conditional
    /// is a select; a branch or a loop that depends on an element has no such form.
    /// </summary>
    private Value MapOf(IInvocationOperation call)
    {
        ImmutableArray<IOperation> arguments = InOrder(call);
        ImmutableArray<Operand> operands = arguments.RemoveAt(arguments.Length - 1).Select(
            a => (Operand)new ValueOperand(ValueOf(a))).ToImmutableArray();
        IOperation f = arguments[arguments.Length - 1];
        if (Visit(f) is not FunctionOperand function)
            throw Unsupported(
                FrontEndDescriptors.UnsupportedCall, f, StepText.Of(f.Syntax), "Map needs a lambda or a method of this project");
        Value result = Single(Ask(function, operands, call), call);
        // A constant function: the same number everywhere.
        return result.Type is TensorType ? result : _builder.Apply(new BroadcastTo(), Single(operands[0], call).Type, result);
    }

    private UnsupportedException DependsOnElement(IOperation at)
        => UnsupportedStatement(at, "A branch or loop on one element in Map", "use a conditional expression a ? b : c, Max, Min or Where");
}
