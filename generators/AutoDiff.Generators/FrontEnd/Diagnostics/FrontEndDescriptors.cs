using AutoDiff.Compiler;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.FrontEnd;

/// <summary>What the front end cannot follow. Every message names the construct and says what to write instead.</summary>
internal static class FrontEndDescriptors
{
    /// <summary>{0} cannot be differentiated: {1}</summary>
    public static readonly DiagnosticDescriptor UnsupportedStatement = Error(
        "DIFF1001", "Statement cannot be differentiated", "{0} cannot be differentiated: {1}");

    /// <summary>{0} cannot be differentiated: {1}</summary>
    public static readonly DiagnosticDescriptor UnsupportedExpression = Error(
        "DIFF1002", "Expression cannot be differentiated", "{0} cannot be differentiated: {1}");

    /// <summary>{0} has the type '{1}', which cannot be differentiated: {2}</summary>
    public static readonly DiagnosticDescriptor UnsupportedType = Error(
        "DIFF1003", "Type cannot be differentiated", "{0} has the type '{1}', which cannot be differentiated: {2}");

    /// <summary>The call of '{0}' cannot be differentiated: {1}</summary>
    public static readonly DiagnosticDescriptor UnsupportedCall = Error(
        "DIFF1004", "Call cannot be differentiated", "The call of '{0}' cannot be differentiated: {1}");

    /// <summary>'{0}' is state outside the method: {1}</summary>
    public static readonly DiagnosticDescriptor OutsideState = Error(
        "DIFF1005", "Method reads or writes outside state", "'{0}' is state outside the method: {1}");

    /// <summary>'{0}' is written by the source generator, which does not see it here: {1}</summary>
    public static readonly DiagnosticDescriptor GeneratedMember = Error(
        "DIFF1006", "Generated member in a differentiable method",
            "'{0}' is written by the source generator, which does not see it here: {1}");

    /// <summary>'{0}' has tensors without a known shape: {1}</summary>
    public static readonly DiagnosticDescriptor MissingShape = Error(
        "DIFF1007", "Shape is not known", "'{0}' has a shape that is not known: {1}");

    /// <summary>The shape text \"{0}\" is not valid at position {1}: {2}</summary>
    public static readonly DiagnosticDescriptor InvalidShapeText = Error(
        "DIFF1008", "Shape text is not valid", "The shape text \"{0}\" is not valid at position {1}: {2}");

    /// <summary>{0}: {1}</summary>
    public static readonly DiagnosticDescriptor ShapeMismatch = Error(
        "DIFF1009", "Shapes do not fit", "{0}: {1}");

    /// <summary>The argument '{0}' of '{1}' must be {2}</summary>
    public static readonly DiagnosticDescriptor NotConstant = Error(
        "DIFF1010", "Argument must be known when the derivative is generated", "The argument '{0}' of '{1}' must be {2}");

    /// <summary>'{0}' keeps a value of different shapes: {1}</summary>
    public static readonly DiagnosticDescriptor ShapeChanges = Error(
        "DIFF1011", "Shape of a variable changes", "'{0}' holds tensors of different shapes: {1}");

    private static DiagnosticDescriptor Error(string id, string title, string message)
        => new(id, title, message, "AutoDiff.Differentiability", DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpLinks.Of(id));
}
