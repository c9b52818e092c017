using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Tests.Programs;

namespace AutoDiff.Compiler.Tests.Derivatives.Rules;

/// <summary>The written convention at kinks and domain edges: each of its rows, in reverse mode and on the dual numbers.</summary>
public sealed class KinkTests
{
    private const double Infinity = double.PositiveInfinity;

    [Theory]
    [InlineData(ScalarOp.Abs, 0, 0)]
    [InlineData(ScalarOp.Abs, -0.0, 0)]
    [InlineData(ScalarOp.Relu, 0, 0)]
    [InlineData(ScalarOp.Sqrt, 0, Infinity)]
    [InlineData(ScalarOp.Floor, 2, 0)]
    [InlineData(ScalarOp.Ceiling, 2, 0)]
    [InlineData(ScalarOp.Round, 2.5, 0)]
    [InlineData(ScalarOp.Truncate, -1, 0)]
    [InlineData(ScalarOp.Sign, 0, 0)]
    [InlineData(ScalarOp.Sigmoid, 800, 0)]
    [InlineData(ScalarOp.Sigmoid, -800, 0)]
    [InlineData(ScalarOp.Sigmoid, Infinity, 0)]
    [InlineData(ScalarOp.Sigmoid, -Infinity, 0)]
    [InlineData(ScalarOp.Softplus, 800, 1)]
    [InlineData(ScalarOp.Softplus, -800, 0)]
    [InlineData(ScalarOp.Softplus, Infinity, 1)]
    [InlineData(ScalarOp.Softplus, -Infinity, 0)]
    [InlineData(ScalarOp.Tanh, 800, 0)]
    [InlineData(ScalarOp.Erf, 40, 0)]
    [InlineData(ScalarOp.Gelu, -60, 0)]
    [InlineData(ScalarOp.Gelu, 60, 1)]
    [InlineData(ScalarOp.GeluTanh, -60, 0)]
    [InlineData(ScalarOp.Silu, -800, 0)]
    [InlineData(ScalarOp.Silu, 800, 1)]
    public void OfOneOperand(ScalarOp op, double x, double expected) => Check(Evaluation.Of(1, (b, v) => b.Scalar(op, v)), [x], [expected]);

    [Theory]
    [InlineData(ScalarOp.Max, 2, 2, 0.5, 0.5)]
    [InlineData(ScalarOp.Min, 2, 2, 0.5, 0.5)]
    [InlineData(ScalarOp.Max, 0.0, -0.0, 0.5, 0.5)]
    [InlineData(ScalarOp.Remainder, -7, 2, 1, 3)]
    [InlineData(ScalarOp.Remainder, 7, -2, 1, 3)]
    [InlineData(ScalarOp.Remainder, 7, 2, 1, -3)]
    [InlineData(ScalarOp.CopySign, 3, -2, -1, 0)]
    [InlineData(ScalarOp.CopySign, -3, -2, 1, 0)]
    [InlineData(ScalarOp.CopySign, -3, 2, -1, 0)]
    [InlineData(ScalarOp.CopySign, 0, 2, 0, 0)]
    [InlineData(ScalarOp.CopySign, 3, 0, 1, 0)]
    [InlineData(ScalarOp.CopySign, 3, -0.0, -1, 0)]
    [InlineData(ScalarOp.Pow, 2.5, 0, 0, 0.91629073187415511)]
    [InlineData(ScalarOp.Pow, 0, 2, 0, 0)]
    [InlineData(ScalarOp.Pow, 0, 0.5, Infinity, 0)]
    [InlineData(ScalarOp.Atan2, 1, 1, 0.5, -0.5)]
    [InlineData(ScalarOp.Atan2, 1, -1, -0.5, -0.5)]
    [InlineData(ScalarOp.Atan2, -1, -1, -0.5, 0.5)]
    [InlineData(ScalarOp.Atan2, -1, 1, 0.5, 0.5)]
    public void OfTwoActiveOperands(ScalarOp op, double x, double y, double dx, double dy)
        => Check(Evaluation.Of(2, (b, v) => b.Scalar(op, v)), [x, y], [dx, dy]);

    [Theory]
    [InlineData(ScalarOp.Max, 2, 2, 0)]
    [InlineData(ScalarOp.Min, 2, 2, 0)]
    [InlineData(ScalarOp.Pow, -2, 2, -4)]
    [InlineData(ScalarOp.Pow, -2, 3, 12)]
    [InlineData(ScalarOp.Pow, 3, 0, 0)]
    [InlineData(ScalarOp.Pow, 0, 0, 0)]
    [InlineData(ScalarOp.Pow, 0, 1, 1)]
    [InlineData(ScalarOp.Pow, 0, 3, 0)]
    public void AgainstAConstant(ScalarOp op, double x, double constant, double expected)
    {
        Check(Evaluation.Of(1, (b, v) => b.Scalar(op, v[0], b.Constant(IrType.Double, constant))), [x], [expected]);
        Check(Evaluation.Of(2, (b, v) => b.Scalar(op, v), constants: 1), [x, constant], [expected, 0]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1)]
    public void EverySpellingOfTheSameFunctionAgrees(double x)
    {
        Function[] spellings =
        [
            Evaluation.Of(1, static (b, v) => b.Scalar(ScalarOp.Relu, v)),
            Evaluation.Of(1, static (b, v) => b.Scalar(ScalarOp.Max, v[0], b.Constant(IrType.Double, 0))),
            Evaluation.Of(1, static (b, v) => b.Scalar(ScalarOp.Max, b.Constant(IrType.Double, 0), v[0])),
            Evaluation.Of(1, static (b, v)
                => b.Scalar(ScalarOp.Clamp, v[0], b.Constant(IrType.Double, 0), b.Constant(IrType.Double, Infinity))),
            Evaluation.Of(1, static (b, v) =>
            {
                Value zero = b.Constant(IrType.Double, 0);
                return b.Scalar(ScalarOp.Select, b.Scalar(ScalarOp.Greater, v[0], zero), v[0], zero);
            }),
            Evaluation.Of(1, static (b, v)
                => Ternary(b, b.Scalar(ScalarOp.Greater, v[0], b.Constant(IrType.Double, 0)), _ => v[0], static c
                => c.Constant(IrType.Double, 0))),
        ];
        foreach (Function spelling in spellings) Check(spelling, [x], [x > 0 ? 1 : 0]);
    }

    [Theory]
    [InlineData(ScalarOp.Sqrt, 0)]
    [InlineData(ScalarOp.Log, 0)]
    [InlineData(ScalarOp.Cbrt, 0)]
    [InlineData(ScalarOp.Asin, 1)]
    [InlineData(ScalarOp.Acosh, 1)]
    [InlineData(ScalarOp.Atanh, 1)]
    public void AnInfiniteDerivativeTimesAZeroAdjointIsZero(ScalarOp op, double x)
        => Assert.Equal([0], Evaluation.Reverse(Evaluation.Of(1, (b, v) => b.Scalar(op, v)), [x], seed: 0).Gradient);

    [Fact]
    public void Atan2AtTheOriginGivesZeroForAZeroSeed()
        => Assert.Equal([0, 0], Evaluation.Reverse(Evaluation.Of(2, static (b, v) => b.Scalar(ScalarOp.Atan2, v)), [0, 0], seed: 0)
            .Gradient);

    [Fact]
    public void AnInactiveExponentNeverEvaluatesALogarithm()
    {
        Function function = Evaluation.Of(2, static (b, v) => b.Scalar(ScalarOp.Pow, v), constants: 1);
        Assert.DoesNotContain("= log ", IrPrinter.Print(new TestProgram(function).Derivative(new()).Backward));
        Assert.Contains("= log ", IrPrinter.Print(new TestProgram(Evaluation.Of(2, static (b, v) => b.Scalar(ScalarOp.Pow, v)))
            .Derivative(new()).Backward));
    }

    [Theory]
    [InlineData(1e-12, 0.5)]
    [InlineData(-2, 2)]
    [InlineData(0, 0)]
    public void TheValueOfPowIsNeverAltered(double x, double y)
        => Assert.Equal(Math.Pow(x, y), Evaluation.Reverse(Evaluation.Of(2, static (b, v) => b.Scalar(ScalarOp.Pow, v)), [x, y]).Value);

    /// <summary>√x is computed at −1, where it is NaN, and does not reach the result.</summary>
    [Fact]
    public void AValueThatDoesNotReachTheResultContributesNothing()
        => Check(Evaluation.Of(1, static (b, v) =>
        {
            b.Scalar(ScalarOp.Sqrt, v[0]);
            return b.Scalar(ScalarOp.Multiply, v[0], b.Constant(IrType.Double, 2));
        }), [-1], [2]);

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(4, 0.25)]
    public void TheUntakenSideOfABranchIsNotDifferentiated(double x, double expected)
        => Check(Evaluation.Of(1, static (b, v) => Ternary(
            b, b.Scalar(ScalarOp.Greater, v[0], b.Constant(IrType.Double, 0)), c => c.Scalar(ScalarOp.Sqrt, v[0]), static c
                => c.Constant(IrType.Double, 7))), [x], [expected]);

    [Fact]
    public void DetachHasTheValueAndNoDerivativeAndIsNotFolded()
    {
        Function function = Evaluation.Of(1, static (b, v) => b.Scalar(ScalarOp.Subtract, v[0], b.Scalar(ScalarOp.Detach, v)));
        (double value, double[] gradient) = Evaluation.Reverse(function, [3.5]);
        Assert.Equal(0, value);
        Assert.Equal([1], gradient);
        Assert.Contains("= detach ", IrPrinter.Print(new TestProgram(function).Derivative(new()).Forward));
    }

    private static Value Ternary(InstructionBuilder b, Value condition, Func<InstructionBuilder, Value> whenTrue, Func<InstructionBuilder,
        Value> whenFalse)
    {
        InstructionBuilder then = b.Nested(), other = b.Nested();
        Value first = whenTrue(then), second = whenFalse(other), result = b.Values.New(IrType.Double);
        b.Append(new If([result], condition, then.ToRegion([], [first]), other.ToRegion([], [second])));
        return result;
    }

    private static void Check(Function function, double[] x, double[] expected)
    {
        double[] gradient = Evaluation.Reverse(function, x).Gradient;
        for (int k = 0; k < x.Length; k++)
        {
            Same(expected[k], gradient[k]);
            if (function.Parameters[k].IsDifferentiable) Same(expected[k], Evaluation.Forward(function, x, k));
        }
    }

    private static void Same(double expected, double actual)
        => Assert.True(expected == actual || Math.Abs(expected - actual) <= 1e-15, $"{actual:R} is not {expected:R}");
}
