using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Tests.Programs;

namespace AutoDiff.Compiler.Tests.IR;

/// <summary>Programs that are wrong in one way each, as text, and what the verifier says of them.</summary>
public sealed class IrVerifierTests
{
    private const string Head = """
        function F {
          parameter x = %0 x: f64 value differentiable "double"
          parameter n = %1 n: i32 value "int"
          parameter a = %2 a: ro<f64> value differentiable "ro"
          parameter b = %3 b: span<f64> value differentiable written "span"
          parameter t = %4 t: tensor<f64, (r, c)> value differentiable "tensor"
          parameter k = %5 k: tensor<i32, (r)> value "tensor"
          output return "": f64
          dim r of t axis 0
          dim c of t axis 1
          body {

        """;

    [Theory]
    [InlineData("%9: f64 = add %0, %0 \n yield %9", null)]
    [InlineData("%9: f64 = add %0, %0 \n %9: f64 = sin %0 \n yield %9", "%9 is defined twice")]
    [InlineData("yield %1", "the yields for the outputs: %1 is i32, not f64")]
    [InlineData("yield", "the yields for the outputs: there are 0, not 1")]
    [InlineData("%9: f64 = add %0 \n yield %0", "there are 1 operands, not 2")]
    [InlineData("%9: f64 = add %0, %1 \n yield %0", "the kinds of the operands differ: f64, i32")]
    [InlineData("%9: i32 = sin %1 \n yield %0", "sin does not take i32")]
    [InlineData("%9: f64 = less %0, %0 \n yield %0", "the result: %9 is f64, not bool")]
    [InlineData("%9: f64 = select %0, %0, %0 \n yield %0", "the condition is f64, not bool")]
    [InlineData("%9: f64 = load %2[%0] \n yield %0", "the index: %0 is f64, not i32")]
    [InlineData("%9: f32 = load %2[%1] \n yield %0", "the element: %9 is f32, not f64")]
    [InlineData("store %2[%1] = %0 \n yield %0", "not a buffer that can be written")]
    [InlineData("store %3[%1] = %1 \n yield %0", "the element: %1 is i32, not f64")]
    [InlineData("%9: span<f64> = view %2[%1, %1] \n yield %0", "a view of ro<f64> is not span<f64>")]
    [InlineData("%9: f64 = if %0 { yield %0 } else { yield %0 } \n yield %9", "the condition: %0 is f64, not bool")]
    [InlineData("%8: bool = less %0, %0 \n %9: f64 = if %8 { yield %1 } else { yield %0 } \n yield %9", "%1 is i32, not f64")]
    [InlineData("%8: bool = less %0, %0 \n %9: f64 = if %8 { %7: f64 = sin %0 \n yield %7 } else { yield %7 } \n yield %9",
        "%7 is not defined where it is read")]
    [InlineData("%9: f64 = for %7 i: i32 = %1 to %1 step 0 carry (%8: f64 = %0) { yield %8 } \n yield %9", "the stride is 0")]
    [InlineData("%9: f64 = for %7 i: f64 = %0 to %0 step 1 carry (%8: f64 = %0) { yield %8 } \n yield %9", "the counter is f64")]
    [InlineData("%9: f64 = for %7 i: i32 = %1 to %1 step 1 carry (%8: f32 = %0) { yield %8 } \n yield %9",
        "the carried values: %8 is f32, not f64")]
    [InlineData("%9: f64 = for %7 i: i32 = %1 to %1 step 1 carry (%8: f64 = %0) { yield %7 } \n yield %9",
        "the yields for the carried values: %7 is i32, not f64")]
    [InlineData("%9: f64 = for %7 i: i32 = %1 to %1 step 1 conditional carry (%8: f64 = %0) { yield %8 } \n yield %9",
        "is not a truth value")]
    [InlineData("%9: f64 = while carry (%8: f64 = %0) { yield %8 } \n yield %9", "the condition: %0 is f64, not bool")]
    [InlineData("%8: tape<f32> = newTape \n push %8, %0 \"why\" \n yield %0", "the residual: %0 is f64, not f32")]
    [InlineData("%8: tape<f64> = newTape \n %9: f32 = pop %8 \n yield %0", "the residual: %9 is f32, not f64")]
    [InlineData("%9: tensor<f64, (r, z)> = broadcast %0 \n yield %0", "the dimension z of %9 is not bound")]
    [InlineData("%9: tensor<f64, (r)> = sin %4 \n yield %0", "the result: %9 is tensor<f64, (r)>, not tensor<f64, (r, c)>")]
    [InlineData("%9: tensor<f64, (r, r)> = matmul %4, %4 \n yield %0", "the result: %9 is tensor<f64, (r, r)>, not tensor<f64, (r, c)>")]
    [InlineData("%9: tensor<f64, (r, r)> = matmul[tb] %4, %4 \n yield %0", null)]
    [InlineData("%9: tensor<f64, (r)> = reduceSum[axes=2] %4 \n yield %0", "the axes are not ascending axes of the operand")]
    [InlineData("%9: tensor<f64, (c, r)> = permute[axes=1,1] %4 \n yield %0", "the axes are not a permutation")]
    [InlineData("%9: tensor<f64, (r, c + 1)> = reshape %4 \n yield %0", null)]
    [InlineData("%8: tensor<f64, (2, 3)> = broadcast %0 \n %9: tensor<f64, (7)> = reshape %8 \n yield %0",
        "have not the same number of elements")]
    [InlineData("%9: tensor<f64, (c, c)> = broadcast %4 \n yield %0", "does not broadcast to (c, c)")]
    [InlineData("%9: f64 = crossEntropy[ignore=-100] %4, %4 \n yield %9", "the targets are tensor<f64, (r, c)>")]
    [InlineData("%9: tensor<f64, (r, c)> = gather %4, %4 \n yield %0", "the indices are tensor<f64, (r, c)>")]
    [InlineData("%9: f64 = crossEntropy[ignore=-100] %4, %5 \n yield %9", null)]
    [InlineData("%9: tensor<f64, (r, c)> = slice[axis=0 start=1] %5 \n yield %0", "does not become")]
    [InlineData("%9: tensor<f64, (r, c)> = rows (r, c) reads () { %9: tensor<f64, (r, c)> = sin %4 } \n yield %0",
        "%4 is not among what the kernel reads")]
    [InlineData("%9: tensor<f64, (r, c)> = rows (r, c) reads (%4) { %8: tensor<f64, (r, c)> = sin %4 } \n yield %0",
        "%9 is not computed in the kernel")]
    [InlineData("%9: tensor<f64, (r, c)> = rows (r, c) reads (%4) { %8: tensor<f64, (r, c)> = sin %4 \n %9: tensor<f64, (r, c)> = sin %8 } \n yield %0", null)]
    public void EachFault(string body, string? violation)
    {
        // One-line bodies of regions are written with blanks: the parser wants the yields of a region on their own line.
        Function function = IrParser.ParseFunction(Head + body.Replace(" }", "\n}").Replace("{ ", "{\n") + "\n } }");
        IReadOnlyList<string> violations = IrVerifier.Verify(function);
        if (violation is null) Assert.Empty(violations);
        else Assert.Contains(violations, v => v.Contains(violation, StringComparison.Ordinal));
    }

    [Fact]
    public void AParameterThatIsWrittenThroughAViewHasToSaySo()
    {
        Function function = IrParser.ParseFunction(Head.Replace(" written", "")
            + "%9: span<f64> = view %3[%1, %1] \n store %9[%1] = %0 \n yield %0 \n } }");
        Assert.Equal(["the parameter b is written, and is not marked so"], IrVerifier.Verify(function));
    }

    [Fact]
    public void AnOutParameterIsNeverRead()
    {
        var f = new FunctionBuilder();
        Value o = f.Parameter("o", IrType.Double, PassingKind.Out);
        Function function = f.Return(null, ("o", f.Body.Scalar(ScalarOp.Sin, o)));
        Assert.Contains("the out parameter o is read", IrVerifier.Verify(function));
    }

    [Fact]
    public void AResidualThatIsNotListedIsFound()
    {
        var program = new TestProgram(Evaluation.Of(1, static (b, x) => b.Scalar(ScalarOp.Exp, x)));
        Derivative derivative = program.Derivative(new DerivativeOptions());
        Assert.Empty(IrVerifier.Verify(derivative));
        Assert.Contains(IrVerifier.Verify(derivative with { Residuals = [] }), static v
            => v.Contains("is not among the residuals", StringComparison.Ordinal));
    }
}
