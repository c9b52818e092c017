using AutoDiff.Compiler;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.Diagnostics;

/// <summary>What can be wrong with a differentiable method: its declaration (DIFF00xx), its derivative (DIFF11xx), the generator (DIFF9999).</summary>
internal static class MethodDiagnostics
{
    /// <summary>'{0}' must be partial: the derivatives of '{1}' are generated into it.</summary>
    public static readonly DiagnosticDescriptor NotPartial = Error(
        "DIFF0001", "A type with differentiable methods, and the types around it, must be partial",
        "'{0}' must be partial: the derivatives of '{1}' are generated into it; write 'partial' before the keyword of its declaration", "AutoDiff.Declarations");

    /// <summary>'{0}' is local to a file: nothing can be generated into it.</summary>
    public static readonly DiagnosticDescriptor FileLocal = Error(
        "DIFF0002", "A type with differentiable methods cannot be local to a file",
        "'{0}' is local to this file, and the derivatives of '{1}' are generated into another one: make it internal", "AutoDiff.Declarations");

    /// <summary>'{0}' implements an interface explicitly: mark a public method that it calls.</summary>
    public static readonly DiagnosticDescriptor ExplicitImplementation = Error(
        "DIFF0003", "An explicit interface implementation cannot be differentiable",
        "'{0}' implements an interface explicitly, so that members beside it could not be called: mark an ordinary method, and call it from here", "AutoDiff.Declarations");

    /// <summary>'{0}' has no body: mark the methods that implement it.</summary>
    public static readonly DiagnosticDescriptor NoBody = Error(
        "DIFF0004", "A differentiable method must have a body",
        "'{0}' has no body to differentiate: mark the methods that implement it, and declare it with numbers and spans alone", "AutoDiff.Declarations");

    /// <summary>{0} of '{1}' is not generated: {2}.</summary>
    public static readonly DiagnosticDescriptor NotGenerated = Error(
        "DIFF0005", "A derivative of this kind is not generated",
        "{0} of '{1}' is not generated: {2}", "AutoDiff.Declarations");

    /// <summary>'{0}' has no derivatives of its own.</summary>
    public static readonly DiagnosticDescriptor NotAMethod = Warning(
        "DIFF0006", "Only methods have derivatives of their own",
        "Nothing is generated for '{0}', since derivatives stand beside ordinary methods: its body is differentiated where a differentiable method uses it; take the attribute away, or mark a method that uses it",
        "AutoDiff.Declarations");

    /// <summary>'{0}' is no derivative rule of '{1}': {2}; it must be '{3}'.</summary>
    public static readonly DiagnosticDescriptor RuleSignature = Error(
        "DIFF0020", "A derivative rule must have the signature of the derivative",
        "'{0}' is no derivative rule of '{1}': {2}; it must be '{3}'", "AutoDiff.Declarations");

    /// <summary>The attribute of '{0}' names a method that there is not.</summary>
    public static readonly DiagnosticDescriptor RuleWithoutMethod = Error(
        "DIFF0021", "A derivative rule must name a method",
        "The [DerivativeOf] of '{0}' names a method that its type does not declare, or that is generic: write typeof(the declaring type) and nameof(the method)",
        "AutoDiff.Declarations");

    /// <summary>'{0}' is half of a rule for '{1}': a '{2}' is needed beside it.</summary>
    public static readonly DiagnosticDescriptor RuleHalf = Error(
        "DIFF0022", "A derivative rule with a residual has two halves",
        "'{0}' is half of a rule for '{1}': mark a '{2}' with the same [DerivativeOf] too", "AutoDiff.Declarations");

    /// <summary>'{0}' cannot be recomputed: {1}.</summary>
    public static readonly DiagnosticDescriptor RecomputeSideEffects = Error(
        "DIFF0023", "A method with side effects cannot be recomputed",
        "'{0}' cannot run again in the backward part: {1}; take [Recompute] away, or return the values", "AutoDiff.Declarations");

    /// <summary>'{0}' overrides the differentiable '{1}.{0}' and must be marked, too.</summary>
    public static readonly DiagnosticDescriptor UnmarkedOverride = Error(
        "DIFF0024", "An override of a differentiable method must be differentiable",
        "'{0}' overrides or implements the differentiable method of '{1}', whose derivative is not its own: mark it [Differentiable], too", "AutoDiff.Declarations");

    /// <summary>A derivative is lost here: {0}.</summary>
    public static readonly DiagnosticDescriptor LostDerivative = Error(
        "DIFF1101", "A derivative is lost",
        "A derivative is lost here: {0}; where that is meant, write 'Ad.Detach(…)' around the operand", "AutoDiff.Differentiability");

    /// <summary>Nothing is stopped here: {0} carries no derivative.</summary>
    public static readonly DiagnosticDescriptor NothingToStop = Warning(
        "DIFF1102", "Ad.Detach has nothing to stop",
        "'Ad.Detach' stops nothing here: '{0}' carries no derivative; leave it away");

    /// <summary>The result of '{0}' depends on none of its parameters: its gradient is 0.</summary>
    public static readonly DiagnosticDescriptor ConstantResult = Warning(
        "DIFF1103", "The result is constant",
        "The result of '{0}' depends on no differentiable parameter: its gradient is 0 everywhere; return what depends on them, or take the attribute away");

    /// <summary>The derivatives of '{0}' could not be generated: {1}.</summary>
    public static readonly DiagnosticDescriptor InternalError = Error(
        "DIFF9999", "Internal error of the generator",
        "The derivatives of '{0}' could not be generated; this is an error in AutoDiff, please report it: {1}", "AutoDiff.Internal");

    private static DiagnosticDescriptor Warning(string id, string title, string message, string category = "AutoDiff.Differentiability") => new(
        id, title, message, category, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: HelpLinks.Of(id));

    private static DiagnosticDescriptor Error(string id, string title, string message, string category) => new(
        id, title, message, category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpLinks.Of(id));
}
