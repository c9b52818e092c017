using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Tests.Programs;

namespace AutoDiff.Compiler.Tests.IR;

public sealed class IrPrinterTests
{
    [Fact]
    public void PrintsOneInstructionALine()
    {
        const string Expected = """
            function Fit {
              parameter w = %0 w: ro<f64> value differentiable "global::System.ReadOnlySpan<double>"
              parameter bias = %1 bias: f64 value differentiable "double"
              parameter x = %2 x: ro<f64> value "global::System.ReadOnlySpan<double>"
              parameter target = %3 target: f64 value "double"
              output return "": f64
              step 1 "for i: s += w[i] * x[i]"
              step 2 "p = Math.Tanh(s)"
              step 3 "return (p - target) * (p - target)"
              body {
                %4: i32 = const 0 ; [1] for i: s += w[i] * x[i]
                %5: i32 = length %0 ; [1] for i: s += w[i] * x[i]
                %8 s: f64 = for %6 i: i32 = %4 to %5 step 1 carry (%7 s: f64 = %1) { ; [1] for i: s += w[i] * x[i]
                  %9: f64 = load %0[%6] ; [1] for i: s += w[i] * x[i]
                  %10: f64 = load %2[%6] ; [1] for i: s += w[i] * x[i]
                  %11: f64 = multiply %9, %10 ; [1] for i: s += w[i] * x[i]
                  %12 s: f64 = add %7, %11 ; [1] for i: s += w[i] * x[i]
                  yield %12
                }
                %13 p: f64 = tanh %8 ; [2] p = Math.Tanh(s)
                %14: f64 = subtract %13, %3 ; [3] return (p - target) * (p - target)
                %15: f64 = square %14 ; [3] return (p - target) * (p - target)
                yield %15
              }
            }

            """;
        Assert.Equal(Expected, IrPrinter.Print(Examples.Fit()));
    }
}
