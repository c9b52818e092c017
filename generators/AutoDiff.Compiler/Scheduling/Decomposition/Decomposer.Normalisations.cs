using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Scheduling;

internal sealed partial class Decomposer
{
    private void DefineLayerNorm(Value result, EquatableArray<Value> inputs, bool hasBias)
    {
        Value x = inputs[0];
        Value centred = Scalar(ScalarOp.Subtract, x, MeanOverRow(x));
        Value normalised = Scalar(ScalarOp.Multiply, centred, InverseRoot(centred, inputs[hasBias ? 3 : 2]));
        if (hasBias) Define(result, ScalarOp.Add, Scalar(ScalarOp.Multiply, normalised, inputs[1]), inputs[2]);
        else Define(result, ScalarOp.Multiply, normalised, inputs[1]);
    }

    private void DefineRmsNorm(Value result, EquatableArray<Value> inputs)
    {
        Value normalised = Scalar(ScalarOp.Multiply, inputs[0], InverseRoot(inputs[0], inputs[2]));
        Define(result, ScalarOp.Multiply, normalised, inputs[1]);
    }

    /// <summary>1 / √(mean(x²) + ε) of each row.</summary>
    private Value InverseRoot(Value x, Value epsilon)
    {
        Value meanSquare = MeanOverRow(Scalar(ScalarOp.Square, x));
        Value shifted = Scalar(ScalarOp.Add, meanSquare, Convert(epsilon, x.Element));
        return Scalar(ScalarOp.Reciprocal, Scalar(ScalarOp.Sqrt, shifted));
    }
}
