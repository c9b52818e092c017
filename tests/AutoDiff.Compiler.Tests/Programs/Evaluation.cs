using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.Interpretation;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Tests.Programs;

/// <summary>Short ways to evaluate functions of scalars and their derivatives.</summary>
internal static class Evaluation
{
    /// <summary>A function of doubles x0, x1, …, written by <paramref name="body"/>.</summary>
    public static Function Of(int parameters, Func<InstructionBuilder, Value[], Value> body, params int[] constants)
    {
        var f = new FunctionBuilder();
        Value[] x = Enumerable.Range(0, parameters)
            .Select(k => f.Parameter($"x{k}", IrType.Double, isDifferentiable: !constants.Contains(k))).ToArray();
        return f.Return(body(f.Body, x));
    }

    /// <summary>The value and, by reverse mode, the gradient, for the given cotangent of the value; 0 for parameters without a
    /// gradient.</summary>
    public static (double Value, double[] Gradient) Reverse(Function function, double[] x, double seed = 1)
    {
        var program = new TestProgram(function, x.Select(static v => (InterpretedValue)new InterpretedScalar(v)).ToArray());
        Derivative derivative = program.Derivative(new DerivativeOptions());
        Assert.Empty(IrVerifier.Verify(derivative));
        DerivativeResult result = program.Interpreter().Run(derivative, program.Arguments, [new InterpretedScalar(seed)]);
        double[] gradient = function.Parameters
            .Select(p => result.Gradients.TryGetValue(p.Name, out InterpretedValue? g) ? ((InterpretedScalar)g).Number.Real : 0).ToArray();
        return (((InterpretedScalar)result.Outputs[0]).Number.Real, gradient);
    }

    /// <summary>The derivative in the direction of one parameter, by forward mode.</summary>
    public static double Forward(Function function, double[] x, int direction)
    {
        InterpretedValue[] arguments = x.Select((v, k) => (InterpretedValue)new InterpretedScalar(
            function.Parameters[k].IsDifferentiable ? Number.Varied(v, k == direction ? 1 : 0) : Number.Of(v))).ToArray();
        return ((InterpretedScalar)new Interpreter().Run(function, arguments)[0]).Number.Tangent;
    }

    public static double Value(Function function, params double[] x)
        => ((InterpretedScalar)new Interpreter()
            .Run(function, x.Select(static v => (InterpretedValue)new InterpretedScalar(v)).ToArray())[0]).Number.Real;

    /// <summary>The five-point difference quotient, with an error of the fourth order.</summary>
    public static double Quotient(Function function, double[] x, int direction, double step = 1e-4)
    {
        double At(double offset) => Value(function, x.Select((v, k) => k == direction ? v + offset * step : v).ToArray());
        return (At(-2) - 8 * At(-1) + 8 * At(1) - At(2)) / (12 * step);
    }
}
