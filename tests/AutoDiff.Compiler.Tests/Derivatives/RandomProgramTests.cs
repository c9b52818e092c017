using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Tests.Programs;

namespace AutoDiff.Compiler.Tests.Derivatives;

/// <summary>Random programs: well formed, and the same gradient in reverse mode and in forward mode. A failure prints the program, its
/// size and its seed.</summary>
public sealed class RandomProgramTests
{
    [Theory]
    [InlineData(3, 300)]
    [InlineData(8, 300)]
    [InlineData(20, 200)]
    [InlineData(60, 60)]
    public void GradientsOfScalarsAndBuffersAgreeWithForwardMode(int size, int count) => Check(RandomProgram.Make, size, count);

    [Theory]
    [InlineData(1, 100)]
    [InlineData(3, 200)]
    [InlineData(10, 100)]
    public void GradientsOfTensorsAgreeWithForwardMode(int size, int count) => Check(RandomTensorProgram.Make, size, count);

    [Theory]
    [InlineData(12, 150)]
    [InlineData(40, 40)]
    public void GradientsOfScalarsAndBuffersAreBitEqualWithEachAnalysisOff(int size, int count)
        => CheckOptions(RandomProgram.Make, size, count);

    [Fact]
    public void GradientsOfTensorsAreBitEqualWithEachAnalysisOff() => CheckOptions(RandomTensorProgram.Make, 6, 100);

    private static void Check(Func<int, int, TestProgram> make, int size, int count)
    {
        for (int seed = 0; seed < count; seed++)
        {
            TestProgram program = make(seed, size);
            IReadOnlyList<string> violations = IrVerifier.Verify(program.Function);
            Assert.True(violations.Count == 0, Describe(program, seed, size, violations));
            if (!program.IsFollowed) continue;
            var options = new DerivativeOptions(UnitSeed: seed % 2 == 0 && program.ReturnsScalar, JoinsLoops: seed % 3 != 0) { Checkpoints = seed % 4 != 0 };
            List<string> wrong = Guard(() => new GradientCheck(program).Compare(options));
            Assert.True(wrong.Count == 0, Describe(program, seed, size, wrong, options));
        }
    }

    private static void CheckOptions(Func<int, int, TestProgram> make, int size, int count)
    {
        for (int seed = 0; seed < count; seed++)
        {
            TestProgram program = make(seed, size);
            if (!program.IsFollowed) continue;
            double[] expected = new GradientCheck(program).Gradients(new DerivativeOptions());
            foreach (DerivativeOptions options in (
                DerivativeOptions[])[new() { Checkpoints = true }, new(UseActivity: false), new(StoreEverything: true), new(UseActivity: false, StoreEverything: true)])
            {
                List<string> wrong = Guard(() =>
                {
                    List<string> found = new GradientCheck(program).Compare(options);
                    double[] actual = new GradientCheck(program).Gradients(options);
                    if (!expected.Zip(actual).All(static p => p.First == p.Second || (double.IsNaN(p.First) && double.IsNaN(p.Second))))
                        found.Add($"gradients are [{string.Join(", ", actual)}], not [{string.Join(", ", expected)}]");
                    return found;
                });
                Assert.True(wrong.Count == 0, Describe(program, seed, size, wrong, options));
            }
        }
    }

    /// <summary>An exception is a finding too: it is reported with the program.</summary>
    internal static List<string> Guard(Func<List<string>> check)
    {
        try
        {
            return check();
        }
        catch (Exception exception)
        {
            return [exception.ToString()];
        }
    }

    internal static string Describe(TestProgram program, int seed, int size, IReadOnlyList<string> wrong, DerivativeOptions? options = null)
    {
        string text = $"seed {seed}, size {size}, {options}\n{string.Join("\n", wrong.Take(10))}\n{IrPrinter.Print(program.Function)}";
        foreach (Function callee in program.Callees.Values) text += IrPrinter.Print(callee);
        if (options is null) return text;
        List<string> derivatives = Guard(()
            => [IrPrinter.Print(program.Derivative(options)),
            .. program.Callees.Keys.Select(c => IrPrinter.Print(program.Derivative(c, options with { UnitSeed = false })))]);
        return text + string.Join("\n", derivatives);
    }
}
