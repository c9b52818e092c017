using AutoDiff.Compiler.Analysis;
using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.Derivatives.Functions;
using AutoDiff.Compiler.Derivatives.Residuals;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Pipeline;

namespace AutoDiff.Compiler.Emit.Members.Functions;

/// <summary>The members that forward mode gives a method of scalars and spans, as far as they were asked for.</summary>
internal static class TangentMembers
{
    /// <summary>The hidden halves of MJvp, which second derivatives of its callers call: where calls of M stay calls, since it calls itself or is dispatched.</summary>
    private static void WritePair(SourceWriter writer, MethodModel model, Explain explain)
    {
        if (CalledDerivatives.TangentMethod(model.Expanded, model.Options) is not { } tangent) return;
        MethodModel method = MemoryOverload.Called(model) with
        {
            Name = model.Name + "Jvp", Function = tangent, ReturnTypeText = SignatureParts.Result(tangent)!.Name, Recomputes = false, HasOwnVjp = false,
        };
        PairMember.Write(writer, method, DerivativePair.Of(tangent, model.Keeps, isDispatched: true), explain);
    }

    /// <summary>
    /// What <c>FVjp</c> takes for an input (with calls that may read it) is one for <c>FJvp</c>: what the method leaves alone in it keeps its tangent.
    /// </summary>
    private static Function WithInputs(MethodModel model) => model.Inlined is not { } inlined ? model.Function : inlined with
    {
        Parameters = inlined.Parameters.Select(p => p with { HoldsInput = p.HoldsInput || p.IsWritten && TangentFunctions.IsInput(p, model.Function) }).ToEquatable(),
    };

    /// <summary>A matrix has columns for the inputs that are read, whatever signatures say.</summary>
    private static MethodModel OfWhatIsRead(MethodModel model)
    {
        static Function Read(Function function) => function with { Parameters = function.Parameters.Select(static p => p with { HoldsInput = false }).ToEquatable() };
        return model with { Function = Read(model.Function), Inlined = model.Inlined is { } inlined ? Read(inlined) : null };
    }

    public static void Write(SourceWriter writer, MethodModel model, Explain explain, CancellationToken cancellation)
    {
        DerivativeOptions options = model.Options;
        if (model.Requested.HasFlag(RequestedDerivatives.Jvp))
        {
            writer.BlankLine();
            FunctionMember.Write(
                writer, MemoryOverload.Called(model), TangentFunctions.Jvp(WithInputs(model), options), "Jvp",
                "Jacobian-vector product of {0}: from the tangents of what it takes (a direction) to the tangents of what it gives.", explain);
        }

        cancellation.ThrowIfCancellationRequested();
        if (model.Requested.HasFlag(RequestedDerivatives.Hvp))
        {
            bool isCalled = CallFacts.HasActiveCalls(model.Expanded);
            if (!model.IsHelper)
            {
                writer.BlankLine();
                FunctionMember.Write(
                    writer, model, isCalled ? CalledDerivatives.Hvp(model.Expanded, options)! : TangentFunctions.Hvp(model.Expanded, options), "Hvp",
                    $"Value, gradient and Hessian-vector product of {{0}}, {(isCalled ? "reverse over forward" : "forward over reverse")}.", explain);
            }

            if ((isCalled || model.IsDispatched || model.IsHelper) && model.Requested.HasFlag(RequestedDerivatives.Jvp)) WritePair(writer, model, explain);
        }

        cancellation.ThrowIfCancellationRequested();
        model = OfWhatIsRead(model);
        if (model.Requested.HasFlag(RequestedDerivatives.Jacobian)) JacobianMembers.Write(writer, model, explain, cancellation);
        cancellation.ThrowIfCancellationRequested();
        if (model.Requested.HasFlag(RequestedDerivatives.Hessian))
        {
            writer.BlankLine();
            DirectionsPlan plan = DirectionsPlan.Of(model.Expanded, DirectionsKind.Hessian, options);
            DirectionsMember.Write(
                writer, model, plan, new MatrixSignature(model, "Hessian", "hessian"),
                $"Value and Hessian of <see cref=\"{model.Cref}\"/> with respect to all inputs, one after another: {(CallFacts.HasActiveCalls(model.Expanded) ? "reverse over forward" : "forward over reverse")}, {plan.LanesText} columns at a time.", explain);
        }
    }
}
