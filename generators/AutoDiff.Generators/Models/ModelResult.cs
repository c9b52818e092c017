using AutoDiff.Compiler;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.Models;

/// <summary>A type that was looked at: the model, where nothing is wrong with it, else what is.</summary>
internal sealed record ModelResult(ModelInfo? Model, EquatableArray<ModelProblem> Problems);

/// <summary>A diagnostic to report.</summary>
/// <remarks>
/// It keeps the real location, so that a moved line is another problem; it is reported by a step of its own, and the model beside it
/// stays equal.
/// </remarks>
internal sealed record ModelProblem(DiagnosticDescriptor Descriptor, Location Location, EquatableArray<string> Arguments)
{
    public Diagnostic ToDiagnostic() => Diagnostic.Create(Descriptor, Location, [.. Arguments]);
}
