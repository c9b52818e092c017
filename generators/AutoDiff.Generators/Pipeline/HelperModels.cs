using System.Collections.Immutable;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Pipeline;
using AutoDiff.Generators.FrontEnd;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.Pipeline;

/// <summary>
/// The hidden members of methods without the attribute that call themselves. Each method that calls such a helper asks for what it needs of it; what several ask for is
/// written once, with all of that.
/// </summary>
internal static class HelperModels
{
    /// <summary>What calls need of a helper, given what their method is asked for: a matrix is filled direction by direction.</summary>
    public static RequestedDerivatives Needed(RequestedDerivatives asked)
        => (asked & (RequestedDerivatives.Hvp | RequestedDerivatives.Hessian)) != 0 ? RequestedDerivatives.Jvp | RequestedDerivatives.Hvp
            : (asked & (RequestedDerivatives.Jvp | RequestedDerivatives.Jacobian)) != 0 ? RequestedDerivatives.Jvp
            : RequestedDerivatives.None;

    public static MethodModel Of(IMethodSymbol helper, Function? inlined, RequestedDerivatives needed, Compilation compilation, CancellationToken cancellation)
        => MethodGatherer.Model(helper, compilation, needed, MethodLowering.Lower(helper, compilation, cancellation).Function!, cancellation) with { IsHelper = true, Inlined = inlined };

    /// <summary>One model for each helper: the one with the most derivatives, which has those of the others too.</summary>
    public static IEnumerable<MethodModel> Merge(ImmutableArray<MethodModel> asked)
        => asked.GroupBy(static m => m.HintName).Select(static same => same.OrderByDescending(static m => m.Requested).First());
}
