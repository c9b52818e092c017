using AutoDiff.Compiler.Derivatives.Functions;
using AutoDiff.Compiler.Derivatives.Reverse;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Pipeline;
using AutoDiff.Compiler.Transforms;

namespace AutoDiff.Compiler.Emit.Members.Functions;

/// <summary>
/// <c>FForward</c> of a method of spans and arrays: the method itself, with its loops in lanes. It is the primal taken for a derivative function that has nothing to add,
/// so that it goes through the passes and the emission of all the others.
/// </summary>
internal static class PrimalMember
{
    private const string Suffix = "Forward";

    /// <summary>
    /// Writes the member, where there is memory and a loop. Calls of a virtual method go to the object; a generic one runs in no lanes. Where M takes rectangular arrays,
    /// calls that have their elements go here in any case.
    /// </summary>
    public static void Write(SourceWriter writer, MethodModel model, Explain explain)
    {
        model = MemoryOverload.Called(model);
        bool isOffered = !model.IsHelper && !model.HasOwnForward && !model.IsDispatched && model.TypeParameters.Length == 0 && model.Function.Parameters.Any(static p => p.Value.Type is BufferType)
            && DerivativeBody.All(model.Function.Body).Any(static i => i is For or While);
        if (!isOffered && !model.IsCalled) return;
        if (!isOffered) model = model with { OverloadModifiers = "" };
        writer.BlankLine();
        FunctionMember.Write(
            writer, model, Of(model.Function), Suffix,
            isOffered ? "{0} with its loops in vector lanes where iterations allow it. Numbers are summed in another order, and memory that is written overlaps no other."
                : "{0} for calls that have the elements and the lengths of its arrays.", explain);
    }

    private static DerivedFunction Of(Function primal)
    {
        Function prepared = ReverseTransform.Prepared(primal);
        prepared = prepared with { Body = DeadCode.Run(prepared.Body) };
        return new DerivedFunction(primal, prepared, prepared.Parameters.Map(static p => new DerivedParameter(ParameterRole.Own, p.Name)));
    }
}
