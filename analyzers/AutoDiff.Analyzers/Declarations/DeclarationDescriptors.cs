using AutoDiff.Compiler;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Analyzers.Declarations;

/// <summary>DIFF21xx: declarations.</summary>
internal static class DeclarationDescriptors
{
    /// <summary>'{0}' has the type '{1}', which has no shape</summary>
    public static readonly DiagnosticDescriptor WithoutShape = Of(
        "DIFF2101", "A shape text on what has no shape",
        "'{0}' has the type '{1}', which has no shape: take the [Shape] away, or use a tensor, span or array", DiagnosticSeverity.Warning);

    /// <summary>'{0}' has no [Shape]</summary>
    public static readonly DiagnosticDescriptor MissingShape = Of(
        "DIFF2102", "A tensor without a shape text",
        "'{0}' has no [Shape]: with one, callers and the body of '{1}' are checked", DiagnosticSeverity.Hidden);

    private static DiagnosticDescriptor Of(string id, string title, string message, DiagnosticSeverity severity)
        => new(id, title, message, "AutoDiff.Declarations", severity, isEnabledByDefault: true, helpLinkUri: HelpLinks.Of(id));
}
