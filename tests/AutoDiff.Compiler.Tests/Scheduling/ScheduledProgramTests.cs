using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.Interpretation;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Scheduling;
using AutoDiff.Compiler.Tests.Derivatives;
using AutoDiff.Compiler.Tests.Programs;

namespace AutoDiff.Compiler.Tests.Scheduling;

/// <summary>Random tensor programs before and after scheduling: the same outputs and gradients, but for the order of sums.</summary>
public sealed class ScheduledProgramTests
{
    [Theory]
    [InlineData(1, 100)]
    [InlineData(3, 300)]
    [InlineData(10, 150)]
    public void SchedulingKeepsValuesAndGradients(int size, int count)
    {
        for (int seed = 0; seed < count; seed++)
        {
            TestProgram program = RandomTensorProgram.Make(seed, size);
            Derivative derivative = program.Derivative(new DerivativeOptions());
            Derivative? scheduled = null;
            List<string> wrong = RandomProgramTests.Guard(() =>
            {
                scheduled = Schedule(derivative);
                Assert.Equal(scheduled, IrParser.ParseDerivative(IrPrinter.Print(scheduled)));
                return new GradientCheck(program).Compare(derivative, scheduled);
            });
            Assert.True(wrong.Count == 0, RandomProgramTests.Describe(program, seed, size, wrong, new DerivativeOptions())
                + (scheduled is null ? "" : $"scheduled:\n{IrPrinter.Print(scheduled)}"));
        }
    }

    /// <summary>Both parts as kernels. Places are those of the emitter: parameters and cotangents from outside, gradients wherever they are computed.</summary>
    private static Derivative Schedule(Derivative derivative)
    {
        var values = new ValueFactory(1 + Math.Max(Numbering.NextId(derivative.Backward), Math.Max(Numbering.NextId(derivative.Forward), Numbering.NextId(derivative.Primal)))
            + derivative.Cotangents.Length + derivative.Shadows.Length);
        var places = new Dictionary<int, Place>();
        foreach (Value value in derivative.Primal.Parameters.Select(static p => p.Value).Concat(derivative.Cotangents.Select(static c => c.Value)))
            if (value.Type is TensorType tensor) places[value.Id] = new Place(value, Layout.RowMajor(tensor.Shape));
        ScheduledBody forward = Scheduler.Run(derivative.Forward, values, places, [.. derivative.Residuals, .. derivative.Forward.Yields], []);
        Value[] gradients = derivative.Gradients.Where(static g => g.Value is not null).Select(static g => g.Value!).ToArray();
        ScheduledBody backward = Scheduler.Run(derivative.Backward, values, places, gradients, []);
        return derivative with { Forward = forward.Region, Backward = backward.Region };
    }
}
