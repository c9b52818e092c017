using AutoDiff.Generators.Models;
using AutoDiff.Generators.Pipeline;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators;

/// <summary>Writes the derivatives of methods and the parameters of models marked <c>[Differentiable]</c>.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class DifferentiableGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // Types: parameters in one buffer, gradients.
        ModelPipeline.Register(context);

        // Derivatives that users wrote.
        RulePipeline.Register(context);

        // Overrides that lack a derivative.
        OverridePipeline.Register(context);

        // Marks without effect.
        MarkPipeline.Register(context);

        // Methods: derivatives.
        MethodPipeline.Register(context);
    }
}
