using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Tests.Programs;

/// <summary>Small functions that several tests use.</summary>
internal static class Examples
{
    /// <summary>A function of scalars and buffers as a callee.</summary>
    public static Callee Callee(Function function)
    {
        var parameters = function.Parameters.Select(static p
            => new CalleeParameter(p.Name, p.Value.Type, p.Passing, p.IsDifferentiable, p.IsWritten, p.TypeText));
        IrType? result = function.Outputs.FirstOrDefault(static o => o.Kind == OutputKind.Return)?.Type;
        return new Callee("global::Tests", function.Name, false, parameters.ToEquatable(), result, true, false, false, []);
    }

    /// <summary>(Tanh(bias + Σ w[i]·x[i]) − target)².</summary>
    public static Function Fit()
    {
        var f = new FunctionBuilder("Fit");
        Value w = f.Parameter("w", new BufferType(ElementKind.Double, BufferKind.ReadOnlySpan)), bias = f.Double("bias");
        Value x = f.Parameter("x", new BufferType(ElementKind.Double, BufferKind.ReadOnlySpan), isDifferentiable: false);
        Value target = f.Parameter("target", IrType.Double, isDifferentiable: false);
        f.Step("for i: s += w[i] * x[i]");
        Value zero = f.Body.Int(0), length = f.Values.New(IrType.Int32);
        f.Body.Append(new BufferLength(length, w));
        Value i = f.Values.New(IrType.Int32, "i"), s = f.Values.New(IrType.Double, "s"), sum = f.Values.New(IrType.Double, "s");
        InstructionBuilder body = f.Body.Nested();
        Value next = body.Named("s", new Elementwise(ScalarOp.Add), IrType.Double, s,
            body.Scalar(ScalarOp.Multiply, body.Load(w, i), body.Load(x, i)));
        f.Body.Append(new For([sum], zero, length, 1, [bias], body.ToRegion([i, s], [next])));
        f.Step("p = Math.Tanh(s)");
        Value p = f.Body.Named("p", new Elementwise(ScalarOp.Tanh), IrType.Double, sum);
        f.Step("return (p - target) * (p - target)");
        return f.Return(f.Body.Scalar(ScalarOp.Square, f.Body.Scalar(ScalarOp.Subtract, p, target)));
    }
}
