using AutoDiff.Compiler;
using AutoDiff.Compiler.Analysis.Shapes;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

internal sealed partial class Lowering
{
    private Value MatMulOf(IInvocationOperation call)
    {
        Value a = TensorArgument(call, 0), b = TensorArgument(call, 1);
        var product = new MatMul(
            BoolArgument(Argument(call, "transposeA"), "transposeA", "MatMul"),
            BoolArgument(Argument(call, "transposeB"), "transposeB", "MatMul"));
        Shape x = ShapeOf(a), y = ShapeOf(b);
        if (x.Rank < 2 && x.HasRest || y.Rank < 2 && y.HasRest)
        {
            throw Unsupported(
                FrontEndDescriptors.MissingShape, call, x.Rank < 2 ? StepText.Of(call.Arguments[0].Syntax)
                : StepText.Of(call.Arguments[1].Syntax),
                "give its parameter a [Shape] that names at least the last two axes");
        }

        ShapeRules.MatMul(SizesAt(call), x, y, product.TransposeA, product.TransposeB);
        return Applied(call, product, a, b);
    }
}
