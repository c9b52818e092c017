using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Interpretation;

public sealed partial class Interpreter
{
    private void RunCall(Call call, Frame frame)
    {
        InterpretedValue[] inputs = Arguments(call.Callee, call.Inputs, frame);
        IReadOnlyDictionary<string, long> sizes = Sizes(call.Callee, call.Dimensions, frame);
        InterpretedValue[] results;
        if (call.IsRecording)
        {
            Derivative derivative = FindDerivative(call.Callee);
            Frame callee = Enter(derivative.Primal, inputs, sizes);
            results = RunRegion(derivative.Forward, callee);
            frame.Recorded.Push(new RecordedCall(derivative, callee));
        }
        else
        {
            Function function = Functions?.Invoke(call.Callee) ?? throw new InterpretationException(
                $"the method {call.Callee.Method} is not known");
            results = RunFunction(function, inputs, sizes);
        }

        for (int i = 0; i < call.Defines.Length; i++) Define(frame, call.Defines[i], results[i]);
    }

    /// <summary>The pullback of a recorded call, or for a method without residuals its forward part again, on copies of memory, and its
    /// pullback.</summary>
    private void RunPullback(CallPullback pullback, Frame frame)
    {
        Derivative derivative;
        Frame callee;
        if (pullback.Callee.UsesPair)
        {
            if (frame.Recorded.Count == 0)
                throw new InterpretationException($"the pullback of {pullback.Callee.Method} has no recorded call");
            (derivative, callee) = frame.Recorded.Pop();
            if (derivative != FindDerivative(pullback.Callee))
                throw new InterpretationException(
                    $"the pullback of {pullback.Callee.Method} meets the recorded call of {derivative.Primal.Name}");
        }
        else
        {
            derivative = FindDerivative(pullback.Callee);
            callee = Enter(derivative.Primal, Arguments(pullback.Callee, pullback.Inputs, frame).Select(Copied).ToArray(),
                Sizes(pullback.Callee, pullback.Dimensions, frame));
            RunRegion(derivative.Forward, callee);
        }

        InterpretedValue[] shadows = frame.Read(pullback.Shadows);
        string[] buffers = pullback.Callee.Parameters.Where(static p => p is { IsDifferentiable: true, Type: BufferType })
            .Select(static p => p.Name).ToArray();
        foreach (Shadow shadow in derivative.Shadows)
        {
            int k = Array.IndexOf(buffers, shadow.Parameter);
            if (k < 0 || k >= shadows.Length)
                throw new InterpretationException($"the pullback of {pullback.Callee.Method} has no shadow for {shadow.Parameter}");
            callee.Define(shadow.Value, shadows[k]);
        }

        DefineCotangents(derivative, frame.Read(pullback.Cotangents), callee);
        RunRegion(derivative.Backward, callee);

        EquatableArray<CalleeParameter> parameters = pullback.Callee.Parameters;
        IEnumerable<CalleeParameter> gradients = parameters.Where(static p => IsGradient<ScalarType>(p))
            .Concat(parameters.Where(static p => IsGradient<TensorType>(p)));
        int result = 0;
        foreach (CalleeParameter parameter in gradients)
        {
            Gradient gradient = derivative.Gradients.Single(g => g.Parameter == parameter.Name);
            Define(frame, pullback.Defines[result++], ReadGradient(gradient, callee));
        }
    }

    private static bool IsGradient<T>(CalleeParameter parameter)
        where T : IrType
        => parameter is { IsDifferentiable: true, Type: T, Passing: not PassingKind.Out };

    /// <summary>The operands; what goes to a parameter without a gradient is a constant there.</summary>
    private static InterpretedValue[] Arguments(Callee callee, EquatableArray<Value> inputs, Frame frame)
        => callee.Parameters.Where(static p => p.Passing != PassingKind.Out)
            .Zip(inputs, (p, v) => p.IsDifferentiable || p.IsWritten ? frame[v] : Detached(frame[v])).ToArray();

    private static InterpretedValue Copied(InterpretedValue value) => value is InterpretedBuffer buffer ? buffer.Copy() : value;

    private static InterpretedValue Detached(InterpretedValue value) => value switch
    {
        InterpretedScalar scalar => new InterpretedScalar(scalar.Number.Detached),
        InterpretedTensor tensor => new InterpretedTensor(tensor.Shape, tensor.Elements.Select(static e => e.Detached).ToArray()),
        InterpretedBuffer buffer => new InterpretedBuffer(Enumerable.Range(0, buffer.Length).Select(i => buffer[i].Detached)
            .ToArray(), 0, buffer.Length),
        _ => value,
    };

    private Derivative FindDerivative(Callee callee)
        => Derivatives?.Invoke(callee) ?? throw new InterpretationException($"the derivative of {callee.Method} is not known");

    private static IReadOnlyDictionary<string, long> Sizes(Callee callee, EquatableArray<Dim> dimensions, Frame frame)
    {
        var sizes = new Dictionary<string, long>(StringComparer.Ordinal);
        for (int i = 0; i < callee.DimensionNames.Length; i++) sizes[callee.DimensionNames[i]] = frame.Dimensions.Evaluate(dimensions[i]);
        return sizes;
    }
}
