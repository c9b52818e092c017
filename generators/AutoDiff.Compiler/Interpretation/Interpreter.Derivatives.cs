using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Interpretation;

/// <summary>What a derivative gave.</summary>
/// <param name="Outputs">The yields of the forward part.</param>
/// <param name="Gradients">The gradients of scalar and tensor parameters, by name; zeros where nothing depends on the parameter.</param>
/// <param name="Shadows">The adjoint buffers of buffer parameters at the end, by name.</param>
public sealed record DerivativeResult(
    IReadOnlyList<InterpretedValue> Outputs, IReadOnlyDictionary<string, InterpretedValue> Gradients, IReadOnlyDictionary<string,
        InterpretedBuffer> Shadows);

public sealed partial class Interpreter
{
    /// <summary>Runs the forward and then the backward part of a derivative. Buffers are written in place; gradients of models are left
    /// in the models.</summary>
    /// <param name="derivative">The derivative.</param>
    /// <param name="arguments">One for each parameter that is not <c>out</c>.</param>
    /// <param name="cotangents">One for each of <see cref="Derivative.Cotangents"/>.</param>
    /// <param name="bufferCotangents">The cotangents of written buffers, by parameter; they are copied. Without one it is zero.</param>
    /// <param name="dimensions">Sizes of dimension names that no argument binds.</param>
    public DerivativeResult Run(
        Derivative derivative, IReadOnlyList<InterpretedValue> arguments, IReadOnlyList<InterpretedValue> cotangents,
        IReadOnlyDictionary<string, InterpretedBuffer>? bufferCotangents = null, IReadOnlyDictionary<string, long>? dimensions = null)
    {
        _steps = 0;
        Frame forward = Enter(derivative.Primal, arguments, dimensions, Memory);
        DefineCotangents(derivative, cotangents, forward);
        InterpretedValue[] outputs = RunRegion(derivative.Forward, forward);

        // The backward part sees what the frame between the two parts would hold, and nothing else of the forward part.
        var backward = new Frame(forward.Dimensions, Memory) { Recorded = forward.Recorded };
        foreach (Parameter parameter in derivative.Primal.Parameters.Where(static p => p.Passing != PassingKind.Out))
            backward.Define(parameter.Value, forward[parameter.Value]);
        foreach (Value residual in derivative.Residuals) backward.Define(residual, forward[residual]);

        var shadows = new Dictionary<string, InterpretedBuffer>(StringComparer.Ordinal);
        foreach (Shadow shadow in derivative.Shadows)
        {
            InterpretedBuffer? given = null;
            if (shadow.Kind == ShadowKind.Cotangent) bufferCotangents?.TryGetValue(shadow.Parameter, out given);
            int length = forward.Buffer(shadow.Primal).Length;
            InterpretedBuffer buffer = given?.Copy() ?? Zeros(shadow.Primal.Type, length);
            if (buffer.Length != length) throw new ArgumentException(
                $"the cotangent of {shadow.Parameter} has {buffer.Length} elements, not {length}", nameof(bufferCotangents));
            shadows[shadow.Parameter] = buffer;
            backward.Define(shadow.Value, buffer);
        }

        DefineCotangents(derivative, cotangents, backward);
        RunRegion(derivative.Backward, backward);
        if (backward.Recorded.Count > 0) throw new InterpretationException($"{backward.Recorded.Count} recorded calls have no pullback");
        Dictionary<string, InterpretedValue> gradients =
            derivative.Gradients.ToDictionary(static g => g.Parameter, g => ReadGradient(g, backward), StringComparer.Ordinal);
        return new DerivativeResult(outputs, gradients, shadows);
    }

    private void DefineCotangents(Derivative derivative, IReadOnlyList<InterpretedValue> cotangents, Frame frame)
    {
        if (cotangents.Count != derivative.Cotangents.Length)
            throw new ArgumentException($"{derivative.Primal.Name} has {derivative.Cotangents.Length} cotangents, not {cotangents.Count}",
                nameof(cotangents));
        for (int i = 0; i < cotangents.Count; i++) Define(frame, derivative.Cotangents[i].Value, cotangents[i]);
    }

    private static InterpretedValue ReadGradient(Gradient gradient, Frame frame) => (gradient.Value, gradient.Type) switch
    {
        ({ } value, _) => frame[value],
        (_, TensorType type) => TensorFunctions.Make(frame.Dimensions.Evaluate(type.Shape), static _ => Number.Of(0.0)),
        _ => new InterpretedScalar(0.0),
    };
}
