using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// Pools of arrays. What is rented is an array like any other: nobody may count on what it holds, and generated members rent their memory in any case.
internal sealed partial class Lowering
{
    /// <summary>A pool, which has a name at times; null for other properties.</summary>
    private Operand? Pool(IPropertySymbol property)
        => property is { Name: "Shared", ContainingType: { Name: "ArrayPool" } pool } && pool.IsIn("System.Buffers")
            ? new ValueOperand(_builder.Apply(new Outside($"{TypeText(pool)}.Shared"), new OpaqueType(TypeText(pool)))) : null;

    /// <summary><c>Rent</c> and <c>Return</c> of an <c>ArrayPool&lt;T&gt;</c>; null for other calls.</summary>
    private Operand? PoolCall(IInvocationOperation call)
    {
        if (call.TargetMethod is not { ContainingType: { Name: "ArrayPool", TypeArguments: [var element] } pool, Name: var name } || !pool.IsIn("System.Buffers")) return null;
        switch (name)
        {
            case "Rent" when TypeMap.Element(element) is not null || Components.Of(element) is not null:
                return new ValueOperand(Allocate(ItemsOf(element, call.Syntax.GetLocation()), _builder.Convert(ValueOf(call.Arguments[0].Value), ElementKind.Int32)));
            case "Return":
                foreach (IOperation argument in InOrder(call)) Visit(argument);
                return Nothing;
            default:
                return null;
        }
    }
}
