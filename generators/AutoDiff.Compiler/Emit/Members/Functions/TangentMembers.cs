using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.Derivatives.Functions;
using AutoDiff.Compiler.Pipeline;

namespace AutoDiff.Compiler.Emit.Members.Functions;

/// <summary>The members that forward mode gives a method of scalars and spans, as far as they were asked for.</summary>
internal static class TangentMembers
{
    public static void Write(SourceWriter writer, MethodModel model, Explain explain, CancellationToken cancellation)
    {
        DerivativeOptions options = model.Options;
        if (model.Requested.HasFlag(RequestedDerivatives.Jvp))
        {
            writer.BlankLine();
            FunctionMember.Write(
                writer, model, TangentFunctions.Jvp(model.Expanded, options), "Jvp",
                "Jacobian-vector product of {0}: from the tangents of what it takes (a direction) to the tangents of what it gives.", explain);
        }

        cancellation.ThrowIfCancellationRequested();
        if (model.Requested.HasFlag(RequestedDerivatives.Hvp))
        {
            writer.BlankLine();
            FunctionMember.Write(
                writer, model, TangentFunctions.Hvp(model.Expanded, options), "Hvp", "Value, gradient and Hessian-vector product of {0}, forward over reverse.", explain);
        }

        cancellation.ThrowIfCancellationRequested();
        if (model.Requested.HasFlag(RequestedDerivatives.Jacobian)) JacobianMembers.Write(writer, model, explain, cancellation);
        cancellation.ThrowIfCancellationRequested();
        if (model.Requested.HasFlag(RequestedDerivatives.Hessian))
        {
            writer.BlankLine();
            DirectionsPlan plan = DirectionsPlan.Of(model.Expanded, DirectionsKind.Hessian, options);
            DirectionsMember.Write(
                writer, model, plan, new MatrixSignature(model, "Hessian", "hessian"),
                $"Value and Hessian of <see cref=\"{model.Cref}\"/> with respect to all inputs, one after another: forward over reverse, {plan.LanesText} columns at a time.", explain);
        }
    }
}
