using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.Interpretation;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Tests.Programs;

namespace AutoDiff.Compiler.Tests.Derivatives;

/// <summary>Buffers of structs: elements are read, written and added to leaf by leaf.</summary>
public sealed class StructBufferTests
{
    private const string Element = "struct \"P\" { A: f64 field differentiable, In: struct \"Q\" { B: f64 field differentiable, N: i32 field } field differentiable }";

    // a[0] = (x, (y, 3)); a[1] = a[0]; a[1].A *= a[0].In.B; b = view of a from 1; return b[0].A + b[0].In.B + N
    private const string Program = $$"""
        function F {
          parameter x = %0 x: f64 value differentiable "double"
          parameter y = %1 y: f64 value differentiable "double"
          output return "": f64
          body {
            %2: i32 = const 2
            %3: i32 = const 0
            %4: i32 = const 1
            %5: i32 = const 3
            %6 a: array<{{Element}}> = allocate %2
            store %6[%3] at ".A" = %0
            store %6[%3] at ".In.B" = %1
            store %6[%3] at ".In.N" = %5
            %7: span<{{Element}}> = view %6[%3, %4]
            %8: span<{{Element}}> = view %6[%4, %4]
            copy %8 = %7
            %9: f64 = load %8[%3] at ".A"
            %10: f64 = load %6[%3] at ".In.B"
            %11: f64 = multiply %9, %10
            store %8[%3] at ".A" = %11
            %12: f64 = load %6[%4] at ".A"
            %13: f64 = load %8[%3] at ".In.B"
            %14: f64 = add %12, %13
            %15: i32 = load %8[%3] at ".In.N"
            %16: f64 = convert %15
            %17: f64 = multiply %14, %16
            yield %17
          }
        }

        """;

    [Fact]
    public void Text()
    {
        Function function = IrParser.ParseFunction(Program);
        Assert.Equal(Program, IrPrinter.Print(function));
        Assert.Empty(IrVerifier.Verify(function));
    }

    [Theory]
    [InlineData("load %8[%3] at \".A\"", "load %8[%3] at \".C\"", "an element of %8 has no leaf '.C'")]
    [InlineData("at \".In.N\" = %5", "at \".In.N\" = %0", "the element")]
    public void Faults(string from, string to, string violation)
        => Assert.Contains(IrVerifier.Verify(IrParser.ParseFunction(Program.Replace(from, to))), v => v.Contains(violation, StringComparison.Ordinal));

    [Fact]
    public void Value()
        => Assert.Equal(3 * (2 * 5 + 5.0), ((InterpretedScalar)new Interpreter().Run(
            IrParser.ParseFunction(Program), [new InterpretedScalar(2.0), new InterpretedScalar(5.0)])[0]).Number.Real);

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void Gradient(bool activity, bool storeEverything)
    {
        var program = new TestProgram(IrParser.ParseFunction(Program), [new InterpretedScalar(2.0), new InterpretedScalar(5.0)], new Dictionary<string, Function>());
        var options = new DerivativeOptions(UnitSeed: true, UseActivity: activity, StoreEverything: storeEverything);
        Assert.Empty(new GradientCheck(program).Compare(options));
        Assert.Equal([3 * 5.0, 3 * (2 + 1.0)], new GradientCheck(program).Gradients(options));
    }
}
