using AutoDiff.Generators.Models;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators;

/// <summary>Writes the derivatives of methods and the parameters of models marked <c>[Differentiable]</c>.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class DifferentiableGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context) => ModelPipeline.Register(context);
}
