using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Transforms;

/// <summary>
/// A product of many rows with one matrix is one product: (…, m, k)·(k, n) becomes (…·m, k)·(k, n). The reshapes are views; forward and both backward products are
/// then single, large ones, and the gradient of the matrix needs no sum over the leading axes.
/// </summary>
public static class FlattenProducts
{
    public static Function Run(Function function)
    {
        var values = new ValueFactory(Numbering.NextId(function));
        return function with { Body = Visit(function.Body, values) };
    }

    private static Region Visit(Region region, ValueFactory values)
    {
        var builder = new InstructionBuilder(values);
        foreach (Instruction instruction in region.Body)
        {
            builder.Step = instruction.Step;
            switch (instruction)
            {
                case Apply { Operation: MatMul { TransposeA: false } } product when IsManyRows(product):
                    Flatten(product, builder);
                    break;
                case If branch:
                    builder.Append(branch with { Then = Visit(branch.Then, values), Else = Visit(branch.Else, values) });
                    break;
                case For loop:
                    builder.Append(loop with { Body = Visit(loop.Body, values) });
                    break;
                case While loop:
                    builder.Append(loop with { Body = Visit(loop.Body, values) });
                    break;
                default:
                    builder.Append(instruction);
                    break;
            }
        }

        return region with { Body = builder.Body.ToEquatable() };
    }

    private static bool IsManyRows(Apply product)
        => ((TensorType)product.Inputs[0].Type).Shape.Rank > 2 && ((TensorType)product.Inputs[1].Type).Shape.Rank == 2;

    private static void Flatten(Apply product, InstructionBuilder builder)
    {
        var a = (TensorType)product.Inputs[0].Type;
        var c = (TensorType)product.Result.Type;
        Dim rows = a.Shape.CountBefore(a.Shape.Rank - 1);
        Value flatA = builder.Apply(new Reshape(), a with { Shape = Shape.Of(rows, a.Shape[-1]) }, product.Inputs[0]);
        Value flatC = builder.Apply(product.Operation, c with { Shape = Shape.Of(rows, c.Shape[-1]) }, flatA, product.Inputs[1]);
        builder.Append(new Apply(product.Result, new Reshape(), [flatC]));
    }
}
