using AutoDiff.Compiler.Interpretation;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Tests.Programs;

namespace AutoDiff.Compiler.Tests.Interpretation;

public sealed class InterpreterTests
{
    [Fact]
    public void RunsALoopAndCarriesTangents()
    {
        var w = new InterpretedBuffer(0.5, -1, 2);
        w[0] = Number.Varied(0.5, 1);
        var result = (InterpretedScalar)new Interpreter().Run(
            Examples.Fit(), [w, new InterpretedScalar(0.25), new InterpretedBuffer(0.1, 0.2, 0.3), new InterpretedScalar(0.75)])[0];
        double s = 0.25 + 0.05 - 0.2 + 0.6, p = Math.Tanh(s);
        Assert.Equal((p - 0.75) * (p - 0.75), result.Number.Real, 15);
        Assert.Equal(2 * (p - 0.75) * (1 - p * p) * 0.1, result.Number.Tangent, 15);
    }
}
