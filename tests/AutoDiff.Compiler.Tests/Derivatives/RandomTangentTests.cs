using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.Derivatives.Functions;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Tests.Programs;
using AutoDiff.Compiler.Transforms;

namespace AutoDiff.Compiler.Tests.Derivatives;

/// <summary>Forward mode and forward over reverse on random programs with loops, branches, memory, tensors and (inlined) calls.</summary>
public sealed class RandomTangentTests
{
    [Theory]
    [InlineData(3, 300)]
    [InlineData(8, 300)]
    [InlineData(20, 200)]
    [InlineData(60, 60)]
    public void ForwardModeIsWhatDualNumbersGive(int size, int count) => Check(size, count, static (check, options) => check.CompareJvp(options));

    [Theory]
    [InlineData(3, 200)]
    [InlineData(8, 200)]
    [InlineData(20, 100)]
    [InlineData(60, 30)]
    public void TheHessianVectorProductIsTheDifferenceOfGradients(int size, int count)
        => Check(size, count, static (check, options) => check.IsFollowedTwice(options) ? check.CompareHvp(options) : []);

    [Theory]
    [InlineData(3, 300)]
    [InlineData(8, 200)]
    [InlineData(20, 60)]
    public void ForwardModeOfTensorsIsWhatDualNumbersGive(int size, int count)
        => Check(RandomTensorProgram.Make, size, count, static _ => true, static (check, options) => check.CompareJvp(options));

    [Theory]
    [InlineData(3, 300)]
    [InlineData(8, 200)]
    [InlineData(20, 60)]
    public void TheHessianVectorProductOfTensorsIsTheDifferenceOfGradients(int size, int count)
        => Check(RandomTensorProgram.Make, size, count, static p => p.ReturnsScalar, static (check, options) => check.CompareHvp(options));

    [Theory]
    [InlineData(3, 200)]
    [InlineData(8, 200)]
    [InlineData(20, 80)]
    [InlineData(50, 15)]
    public void ReverseOverReverseIsForwardOverReverse(int size, int count)
        => Check(size, count, static (check, options) => check.IsFollowedTwice(options) ? check.CompareReverseOver(GradientFunction.Of(check.Function, options with { UnitSeed = true }), options) : []);

    [Theory]
    [InlineData(3, 200)]
    [InlineData(8, 200)]
    [InlineData(20, 80)]
    [InlineData(50, 15)]
    public void ReverseOverForwardIsForwardOverForward(int size, int count)
        => Check(size, count, static (check, options) => check.IsFollowedTwice(options) ? check.CompareReverseOver(TangentFunctions.Jvp(check.Function, options), options) : []);

    /// <summary>Several directions in one pass: the lanes are in the types and in the text.</summary>
    [Fact]
    public void WidenedFunctionsRoundTrip()
    {
        int wide = 0;
        for (int seed = 0; seed < 60; seed++)
        {
            TestProgram program = RandomProgram.Make(seed, 12);
            if (!program.IsFollowed || !program.ReturnsScalar) continue;
            DerivedFunction jvp = TangentFunctions.Jvp(new TangentCheck(program, seed).Function, new DerivativeOptions());
            Function function = Widening.Run(jvp, [ParameterRole.Tangent, ParameterRole.TangentDestination], 8).Function;
            string text = IrPrinter.Print(function);
            if (text.Contains("f64x8", StringComparison.Ordinal)) wide++;
            Assert.Equal(function, IrParser.ParseFunction(text));
            Assert.All(function.Outputs.Where(static o => o.Kind == OutputKind.Tangent), static o => Assert.Equal(new ScalarType(ElementKind.Double, 8), o.Type));
        }

        Assert.True(wide > 20);
    }

    private static void Check(int size, int count, Func<TangentCheck, DerivativeOptions, List<string>> compare)
        => Check(RandomProgram.Make, size, count, static p => p.ReturnsScalar, compare);

    private static void Check(
        Func<int, int, TestProgram> make, int size, int count, Func<TestProgram, bool> isMeant, Func<TangentCheck, DerivativeOptions, List<string>> compare)
    {
        for (int seed = 0; seed < count; seed++)
        {
            TestProgram program = make(seed, size);
            if (!program.IsFollowed || !isMeant(program)) continue;
            var options = new DerivativeOptions(UseActivity: seed % 3 != 0, StoreEverything: seed % 5 == 0);
            List<string> wrong = RandomProgramTests.Guard(() => compare(new TangentCheck(program, seed), options));
            Assert.True(wrong.Count == 0, Describe(program, seed, size, wrong, options));
        }
    }

    private static string Describe(TestProgram program, int seed, int size, List<string> wrong, DerivativeOptions options)
    {
        string text = $"seed {seed}, size {size}, {options}\n{string.Join("\n", wrong.Take(10))}\n{IrPrinter.Print(program.Function)}";
        return text + string.Join("\n", RandomProgramTests.Guard(() => [IrPrinter.Print(TangentFunctions.Jvp(new TangentCheck(program, seed).Function, options).Function)]));
    }
}
