using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.Derivatives.Functions;
using AutoDiff.Compiler.Derivatives.Reverse;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Pipeline;
using AutoDiff.Compiler.Transforms;

namespace AutoDiff.Compiler.Emit;

/// <summary>Writes the generated members of a method with tensors or models: the pair that other generated code calls, and the entries that users call.</summary>
internal static class TensorMembers
{
    /// <summary>Whether a method goes through a pair.</summary>
    public static bool IsTensorMethod(Function function)
        => function.Parameters.Any(static p => p.Value.Type is TensorType or ModelType or ModelListType) || function.Outputs.Any(static o => o.Type is TensorType);

    public static void Write(SourceWriter writer, MethodModel model, Explain explain, CancellationToken cancellation)
    {
        var structs = new SourceWriter();
        model = model with { Function = DimensionUnification.Run(model.Function) };
        var method = new TensorMethod(model);
        EntryWriter.WriteForward(writer, method, explain);
        writer.BlankLine();
        EquatableArray<TensorStep> steps = TensorSteps.Of(model.Function);
        ForwardMember.Write(writer, structs, method, steps, explain);
        cancellation.ThrowIfCancellationRequested();
        Derivative derivative = ReverseTransform.Differentiate(model.Function, model.Options);
        cancellation.ThrowIfCancellationRequested();
        bool hasGradient = method.Result?.Type is ScalarType scalar && scalar.Kind.IsFloating() && model.Requested.HasFlag(RequestedDerivatives.Gradient);
        // The gradient of a model alone, as training wants it, and with the gradients of tensors and spans.
        bool[] forms = method.Models.Any() && GradientDestination.All(method, derivative, new UniqueNames()).Any() ? [false, true] : [true];
        foreach (bool withTensors in forms)
        {
            if (hasGradient) ReverseEntry.Write(writer.BlankLine(), method, derivative, steps, isGradient: true, withTensors, explain);
            ReverseEntry.Write(writer.BlankLine(), method, derivative, steps, isGradient: false, withTensors, explain);
        }

        writer.BlankLine();
        PairMembers.Write(writer, structs, method, derivative, steps, explain);
        WriteTangents(writer, structs, model, steps, explain, cancellation);
        writer.BlankLine();
        writer.Write(structs.ToString());
    }

    /// <summary>The members that forward mode gives, as far as they were asked for.</summary>
    private static void WriteTangents(SourceWriter writer, SourceWriter structs, MethodModel model, EquatableArray<TensorStep> steps, Explain explain, CancellationToken cancellation)
    {
        Function expanded = DimensionUnification.Run(model.Expanded);
        string method = $"<see cref=\"{model.Cref}\"/>";
        cancellation.ThrowIfCancellationRequested();
        if (model.Requested.HasFlag(RequestedDerivatives.Jvp))
        {
            DerivedMember.Write(
                writer.BlankLine(), structs, model, TangentFunctions.Jvp(expanded, model.Options), "Jvp",
                $"Jacobian-vector product of {method}: from the tangents of what it takes (a direction) to the tangent of its result.", steps, explain);
        }

        cancellation.ThrowIfCancellationRequested();
        if (model.Requested.HasFlag(RequestedDerivatives.Hvp))
        {
            DerivedMember.Write(
                writer.BlankLine(), structs, model, TangentFunctions.Hvp(expanded, model.Options), "Hvp",
                $"Value, gradient and Hessian-vector product of {method}, forward over reverse.", steps, explain);
        }
    }
}
