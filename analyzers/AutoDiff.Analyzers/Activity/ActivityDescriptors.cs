using AutoDiff.Compiler;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Analyzers.Activity;

/// <summary>DIFF22xx: what carries derivatives, and where they go.</summary>
internal static class ActivityDescriptors
{
    /// <summary>The gradient of '{0}' is always zero: '{1}' does not use it</summary>
    public static readonly DiagnosticDescriptor UnusedParameter = Of(
        "DIFF2201", "A parameter takes a gradient that is always zero",
        "The gradient of '{0}' is always zero, since '{1}' does not use it: mark it [NoGradient]", DiagnosticSeverity.Hidden);

    /// <summary>'{0}' is also the argument '{1}', and '{2}' is written</summary>
    public static readonly DiagnosticDescriptor SameBuffer = Of(
        "DIFF2202", "One buffer is used twice as a destination",
        "'{0}' is also the argument '{1}' of '{2}', and one of the two is written: use buffers that do not overlap",
            DiagnosticSeverity.Warning);

    private static DiagnosticDescriptor Of(string id, string title, string message, DiagnosticSeverity severity)
        => new(id, title, message, "AutoDiff.Activity", severity, isEnabledByDefault: true, helpLinkUri: HelpLinks.Of(id));
}
