namespace AutoDiff.Compiler.IR;

public sealed partial class IrVerifier
{
    private void CheckCall(Call call)
    {
        CheckArguments(call.Callee, call.Inputs, call.Dimensions);
        Report("a call that records, of a method without a pair", call.IsRecording && !call.Callee.UsesPair);
        CheckTypes(call.Defines, CallResults(call.Callee).Select(static r => r.Type).ToArray(), "the results");
    }

    private void CheckPullback(CallPullback pullback)
    {
        Callee callee = pullback.Callee;
        CheckArguments(callee, pullback.Inputs, pullback.Dimensions);
        Report("a pullback of a method that is not differentiable", !callee.IsDifferentiable);
        IrType[] cotangents = CallResults(callee).Where(static r => r.IsDifferentiable).Select(static r => r.Type).ToArray();
        CheckTypes(pullback.Cotangents, cotangents, "the cotangents");
        (CalleeParameter Parameter, Value Value)[] active = Operands(callee).Zip(pullback.Inputs, static (p, v) => (p, v))
            .Where(static o => o.p.IsDifferentiable).ToArray();
        Value[] buffers = active.Where(static o => o.Parameter.Type is BufferType).Select(static o => o.Value).ToArray();
        if (buffers.Length != pullback.Shadows.Length) Report($"the shadows: there are {pullback.Shadows.Length}, not {buffers.Length}");
        foreach ((Value buffer, Value shadow) in buffers.Zip(pullback.Shadows, static (b, s) => (b, s)))
        {
            CheckWritable(shadow);
            if (!HaveSameElements(buffer.Type, shadow.Type))
                Report($"the shadow {shadow} is {shadow.Type}, of a buffer {buffer.Type}");
        }

        IEnumerable<IrType> gradients = active.Where(static o => o.Parameter.Type is ScalarType)
            .Concat(active.Where(static o => o.Parameter.Type is TensorType))
            .Select(static o => o.Value.Type);
        CheckTypes(pullback.Defines, gradients.ToArray(), "the gradients");
    }

    private void CheckArguments(Callee callee, EquatableArray<Value> inputs, EquatableArray<Dim> dimensions)
    {
        CalleeParameter[] operands = Operands(callee).ToArray();
        if (inputs.Length != operands.Length) Report($"the operands: there are {inputs.Length}, not {operands.Length}");
        for (int i = 0; i < Math.Min(inputs.Length, operands.Length); i++)
        {
            if (!Fits(inputs[i].Type, operands[i].Type))
                Report($"the operand {operands[i].Name}: {inputs[i]} is {inputs[i].Type}, not {operands[i].Type}");
        }

        if (dimensions.Length != callee.DimensionNames.Length)
            Report($"the dimensions: there are {dimensions.Length}, not {callee.DimensionNames.Length}");
        foreach (Dim dim in dimensions) CheckDim(dim, "the call");
    }

    private static IEnumerable<CalleeParameter> Operands(Callee callee)
        => callee.Parameters.Where(static p => p.Passing != PassingKind.Out);

    /// <summary>The returned value, then the final values of <c>ref</c> and <c>out</c> scalars.</summary>
    private static IEnumerable<(IrType Type, bool IsDifferentiable)> CallResults(Callee callee)
    {
        foreach (IrType result in callee.ResultTypes) yield return (result, result.IsDifferentiable);
        foreach (CalleeParameter parameter in callee.Parameters)
            if (parameter is { Passing: PassingKind.Ref or PassingKind.Out, Type: ScalarType })
                yield return (parameter.Type, parameter.Type.IsDifferentiable);
    }

    /// <summary>Whether an argument fits a parameter. Shapes of parameters are in the callee's dimensions: only their element and rank
    /// are compared.</summary>
    private static bool Fits(IrType argument, IrType parameter) => (argument, parameter) switch
    {
        (BufferType, BufferType) => CanConvert(argument, parameter),
        (TensorType a, TensorType p) => a.Element == p.Element && (a.Shape.Rank == p.Shape.Rank || a.Shape.HasRest || p.Shape.HasRest),
        (ModelType or ModelListType, _) => parameter is ModelType or ModelListType,
        _ => argument == parameter,
    };
}
