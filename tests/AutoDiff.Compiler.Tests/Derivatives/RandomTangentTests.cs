using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.Derivatives.Functions;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Tests.Programs;

namespace AutoDiff.Compiler.Tests.Derivatives;

/// <summary>Forward mode and forward over reverse on random programs with loops, branches, memory and (inlined) calls.</summary>
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

    private static void Check(int size, int count, Func<TangentCheck, DerivativeOptions, List<string>> compare)
    {
        for (int seed = 0; seed < count; seed++)
        {
            TestProgram program = RandomProgram.Make(seed, size);
            if (!program.IsFollowed || !program.ReturnsScalar) continue;
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
