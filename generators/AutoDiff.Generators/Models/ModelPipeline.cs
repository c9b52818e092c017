using AutoDiff.Compiler;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AutoDiff.Generators.Models;

/// <summary>The part of the generator that writes parameters and gradients of models.</summary>
internal static class ModelPipeline
{
    /// <summary>Names of the steps, for tests that watch what is computed anew.</summary>
    public static class Steps
    {
        public const string Models = "Models";
        public const string Problems = "ModelProblems";
    }

    public static void Register(IncrementalGeneratorInitializationContext context)
    {
        // Types that are models, or try to be.
        IncrementalValuesProvider<ModelResult> gathered = context.SyntaxProvider.ForAttributeWithMetadataName(
            ModelSymbols.DifferentiableAttribute,
            static (node, _) => node is TypeDeclarationSyntax,
            static (found, cancellation) => Declarations.IsFirst(found) ? ModelGatherer.Gather((INamedTypeSymbol)found.TargetSymbol, cancellation)! : null!)
            .Where(static result => result is not null);

        // One file for each, written again only where something in it changes.
        context.RegisterSourceOutput(
            gathered.Select(static (result, _) => result.Model).Where(static model => model is not null).WithTrackingName(Steps.Models),
            static (output, model) => output.AddSource(model!.HintName, ModelEmitter.Emit(model)));

        // What is wrong, in a step of its own: it moves with the lines of the source.
        context.RegisterSourceOutput(
            gathered.SelectMany(static (result, _) => result.Problems).WithTrackingName(Steps.Problems),
            static (output, problem) => output.ReportDiagnostic(problem.ToDiagnostic()));

        // Parameters of types that are not marked: nothing would be generated for them, and nobody would say so.
        context.RegisterSourceOutput(
            context.SyntaxProvider.ForAttributeWithMetadataName(
                ModelSymbols.ParameterAttribute,
                static (node, _) => node is PropertyDeclarationSyntax,
                static (found, _) => OrphanOf((IPropertySymbol)found.TargetSymbol))
                .Where(static problem => problem is not null),
            static (output, problem) => output.ReportDiagnostic(problem!.ToDiagnostic()));
    }

    private static ModelProblem? OrphanOf(IPropertySymbol property)
        => property.ContainingType.IsDifferentiable()
            ? null
            : new(ModelDiagnostics.NotDifferentiable, property.Locations[0], [property.ContainingType.Name, property.Name]);
}
