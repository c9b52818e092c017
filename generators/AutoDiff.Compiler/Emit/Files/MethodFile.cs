using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.Derivatives.Residuals;
using AutoDiff.Compiler.Derivatives.Reverse;
using AutoDiff.Compiler.Emit.Members;
using AutoDiff.Compiler.Emit.Members.Functions;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Pipeline;

namespace AutoDiff.Compiler.Emit.Files;

/// <summary>The generated file of one method: header, namespace, partial types, members.</summary>
internal static class MethodFile
{
    public static string Write(MethodModel model, Explain explain, CancellationToken cancellation)
    {
        var writer = new SourceWriter();
        FileHeader.Write(writer, model.Name, model.TypeHeaders, MayBeNull(model.Function));
        var scopes = new Stack<SourceWriter.Scope>();
        if (model.Namespace.Length > 0) scopes.Push(writer.Block($"namespace {model.Namespace}"));
        foreach (string header in model.TypeHeaders) scopes.Push(writer.Block(header));
        if (TensorMembers.IsTensorMethod(model.Function)) TensorMembers.Write(writer, model, explain, cancellation);
        else WriteScalarMembers(writer, model, explain, cancellation);
        while (scopes.Count > 0) scopes.Pop().Dispose();
        return writer.ToString().Replace(ElementKinds.GenericName, model.NumberParameter);
    }

    /// <summary>Whether a caller may leave an object or memory out, or an object hold none.</summary>
    private static bool MayBeNull(Function function)
        => function.Parameters.Where(static p => p.Value.Type is not ScalarType).Select(static p => p.TypeText).Concat(function.Memories.Select(static m => m.TypeText))
            .Any(static text => text.EndsWith("?", StringComparison.Ordinal))
            || DerivativeBody.All(function.Body).Any(static i => i is Apply { Operation: GetMember { MayBeNull: true } });

    private static void WriteScalarMembers(SourceWriter writer, MethodModel model, Explain explain, CancellationToken cancellation)
    {
        model = MemoryOverload.Inner(model);
        DerivativeOptions options = model.Options with { JoinsLoops = true, Checkpoints = true };
        if (model.Requested.HasFlag(RequestedDerivatives.Gradient) && ScalarMembers.HasScalarResult(model.Function))
        {
            Derivative gradient = ReverseTransform.Differentiate(model.Function, options with { UnitSeed = true });
            cancellation.ThrowIfCancellationRequested();
            ScalarMember.Write(writer, model, gradient, MemberKind.Gradient, explain);
            if (!model.HasOwnVjp) writer.BlankLine();
        }

        if (!model.HasOwnVjp && !model.IsHelper)
            ScalarMember.Write(writer, model, ReverseTransform.Differentiate(model.Function, options), MemberKind.Vjp, explain);
        cancellation.ThrowIfCancellationRequested();
        // An array that is returned goes to those who call the method themselves; other differentiable methods inline it.
        if (model.Function.Outputs.Any(static o => o.Type is BufferType)) return;
        // As are methods of memory with rows.
        MethodModel called = MemoryOverload.Called(model);
        if (model.Function.Memories.IsEmpty || called.IsCalled) PairMember.Write(writer, called, DerivativePair.Of(model.Function, model.Keeps, model.IsDispatched), explain);
        TangentMembers.Write(writer, model, explain, cancellation);
        cancellation.ThrowIfCancellationRequested();
        PrimalMember.Write(writer, model, explain);
    }
}
