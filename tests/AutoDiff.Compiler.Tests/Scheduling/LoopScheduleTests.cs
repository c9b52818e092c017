using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.Emit.Members;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Scheduling.Loops;
using AutoDiff.Compiler.Tests.Programs;

namespace AutoDiff.Compiler.Tests.Scheduling;

/// <summary>
/// The schedule of loops over numbers and spans: random programs have the same gradients before and after, though the interpreter runs loops that are in lanes
/// in the other direction; and what is and is not proved.
/// </summary>
public sealed class LoopScheduleTests
{
    [Theory]
    [InlineData(8, 200)]
    [InlineData(30, 100)]
    public void RandomProgramsKeepTheirGradients(int size, int count)
    {
        int inLanes = 0, runs = 0, onStack = 0;
        for (int seed = 0; seed < count; seed++)
        {
            TestProgram program = RandomProgram.Make(seed, size);
            if (!program.IsFollowed) continue;
            var options = new DerivativeOptions(StoreEverything: seed % 3 == 0, JoinsLoops: seed % 2 == 0) { Checkpoints = seed % 3 == 1 };
            Derivative derivative = program.Derivative(options);
            Derivative scheduled = ScalarSchedule.Run(EagerPushes.Run(LocalArrays.OnScratch(derivative)));
            if (ScalarSchedule.HasLanes(scheduled)) inLanes++;
            if (DerivativeBody.All(scheduled).Any(static i => i is ReserveTape)) runs++;
            if (DerivativeBody.All(scheduled).Any(static i => i is AllocateBuffer { IsOnStack: true })) onStack++;
            string printed = IrPrinter.Print(scheduled);
            Assert.Equal(printed, IrPrinter.Print(IrParser.ParseDerivative(printed)));
            double[] expected = new GradientCheck(program).Gradients(options), actual = new GradientCheck(program).Gradients(options, scheduled);
            for (int i = 0; i < expected.Length; i++)
            {
                bool same = expected[i].Equals(actual[i]) || Math.Abs(expected[i] - actual[i]) <= 1e-9 * Math.Max(1, Math.Abs(expected[i]));
                Assert.True(same, $"seed {seed}, size {size}: {expected[i]:R} became {actual[i]:R}\n{IrPrinter.Print(derivative)}\n{IrPrinter.Print(scheduled)}");
            }
        }

        Assert.True(inLanes > 0 && runs > 0 && onStack > 0, $"{inLanes} programs in lanes, {runs} with runs of residuals, {onStack} with memory on the stack");
    }

    [Fact]
    public void PolynomialsHaveOneForm()
    {
        IndexPolynomial i = IndexPolynomial.Atom(2), n = IndexPolynomial.Atom(3), two = IndexPolynomial.Constant(2);
        IndexPolynomial left = IndexPolynomial.Multiply(i + n, i - n)!, right = IndexPolynomial.Multiply(i, i)! - IndexPolynomial.Multiply(n, n)!;
        Assert.True(left.IsSame(right));
        Assert.Null(left.Split(2));
        (IndexPolynomial coefficient, IndexPolynomial rest) = (IndexPolynomial.Multiply(two, i)! + IndexPolynomial.Multiply(i, n)! + n).Split(2)!.Value;
        Assert.True(coefficient.IsSame(two + n));
        Assert.True(rest.IsSame(n));
        Assert.Equal(0, (i - i).AsConstant);
        Assert.Equal(5, (two + IndexPolynomial.Constant(3)).AsConstant);
        Assert.Null(i.AsConstant);
        Assert.True((i + n).IsNonNegative(static _ => true));
        Assert.False((i - n).IsNonNegative(static _ => true));
    }
}
