using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Tests.Programs;

namespace AutoDiff.Compiler.Tests.Derivatives;

/// <summary>Random programs: well formed, and the same gradient in reverse mode and in forward mode. A failure prints the program, its size and its seed.</summary>
public sealed class RandomProgramTests
{
    [Theory]
    [InlineData(3, 400)]
    [InlineData(8, 400)]
    [InlineData(20, 300)]
    [InlineData(60, 100)]
    public void ReverseModeAgreesWithForwardMode(int size, int count)
    {
        for (int seed = 0; seed < count; seed++)
        {
            TestProgram program = RandomProgram.Make(seed, size);
            IReadOnlyList<string> violations = IrVerifier.Verify(program.Function);
            Assert.True(violations.Count == 0, Describe(program, seed, size, violations));
            if (!program.IsFollowed) continue;
            foreach (DerivativeOptions options in (DerivativeOptions[])[new(), new(UnitSeed: true)])
            {
                List<string> wrong;
                try
                {
                    wrong = new GradientCheck(program).Compare(options);
                }
                catch (Exception exception)
                {
                    wrong = [exception.ToString()];
                }

                Assert.True(wrong.Count == 0, Describe(program, seed, size, wrong, options));
            }
        }
    }

    internal static string Describe(TestProgram program, int seed, int size, IReadOnlyList<string> wrong, DerivativeOptions? options = null)
    {
        string text = $"seed {seed}, size {size}, {options}\n{string.Join("\n", wrong.Take(10))}\n{IrPrinter.Print(program.Function)}";
        foreach (Function callee in program.Callees.Values) text += IrPrinter.Print(callee);
        try
        {
            if (options is null) return text;
            text += IrPrinter.Print(program.Derivative(options));
            foreach (string callee in program.Callees.Keys) text += IrPrinter.Print(program.Derivative(callee, options with { UnitSeed = false }));
        }
        catch (Exception exception)
        {
            text += exception;
        }

        return text;
    }
}
