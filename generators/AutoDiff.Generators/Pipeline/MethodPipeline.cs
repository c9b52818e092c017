using System.Collections.Immutable;
using AutoDiff.Compiler.Emit;
using AutoDiff.Compiler.Emit.Files;
using AutoDiff.Compiler.Pipeline;
using AutoDiff.Generators.Diagnostics;
using AutoDiff.Generators.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AutoDiff.Generators.Pipeline;

/// <summary>The part of the generator that writes derivatives of methods.</summary>
internal static class MethodPipeline
{
    public const string Attribute = "AutoDiff.DifferentiableAttribute";

    public static void Register(IncrementalGeneratorInitializationContext context)
    {
        // Methods marked [Differentiable], lowered to the IR: models without symbols or locations, and beside them what is wrong.
        IncrementalValuesProvider<MethodResult> results = context.SyntaxProvider.ForAttributeWithMetadataName(
            Attribute,
            static (node, _) => node is MethodDeclarationSyntax,
            static (found, cancellation) => Declarations.IsFirst(found)
                ? MethodGatherer.Gather((IMethodSymbol)found.TargetSymbol, found.SemanticModel.Compilation, found.Attributes[0], cancellation)
                : MethodResult.Nothing);

        IncrementalValuesProvider<MethodModel> models = results
            .Select(static (result, _) => result.Model).Where(static model => model is not null).Select(static (model, _) => model!)
            .WithTrackingName(TrackingNames.Methods);

        // What they call that has no attribute and needs members all the same.
        IncrementalValuesProvider<MethodModel> helpers = results.SelectMany(static (result, _) => result.Helpers).Collect().SelectMany(static (asked, _) => HelperModels.Merge(asked));

        IncrementalValueProvider<BuildOptions> options = context.AnalyzerConfigOptionsProvider
            .Select(static (provider, _) => BuildOptions.Of(provider.GlobalOptions));

        // Passes and emission: only for models that have changed.
        IncrementalValuesProvider<MethodOutput> outputs = Written(models), helperOutputs = Written(helpers);

        // One file for each method.
        context.RegisterSourceOutput(outputs.Where(static output => output.Failure is null), static (production, output) => production.AddSource(output.HintName, output.Source));
        context.RegisterSourceOutput(helperOutputs.Where(static output => output.Failure is null), static (production, output) => production.AddSource(output.HintName, output.Source));

        // One file for each type whose constructor's parameters are read.
        context.RegisterSourceOutput(
            results.SelectMany(static (result, _) => result.Captured).Collect().SelectMany(static (read, _) => CapturedMember.Files(read)),
            static (production, file) => production.AddSource(file.HintName, file.Source));

        // What is wrong, in a step of its own: it moves with the lines of the source. What several methods have inlined is said once.
        context.RegisterSourceOutput(
            results.SelectMany(static (result, _) => result.Diagnostics).Collect().SelectMany(static (all, _) => all.Distinct()).WithTrackingName(TrackingNames.Problems),
            static (production, diagnostic) => production.ReportDiagnostic(diagnostic));

        // A failure of the generator itself stays with the method that it happened to.
        context.RegisterSourceOutput(
            results.Where(static result => result.Model is not null).Combine(Failed(outputs)).Combine(Failed(helperOutputs))
                .SelectMany(static (pair, _) => FailuresOf(pair.Left.Left, pair.Left.Right.AddRange(pair.Right))).Combine(context.CompilationProvider),
            static (production, pair) => ReportFailure(production, pair.Left, pair.Right));

        IncrementalValuesProvider<MethodOutput> Written(IncrementalValuesProvider<MethodModel> of) => of.Combine(options)
            .Select(static (input, cancellation) => Write(input.Right.Apply(input.Left), input.Right.Explain, cancellation))
            .WithTrackingName(TrackingNames.Files);
    }

    private static IncrementalValueProvider<ImmutableArray<MethodOutput>> Failed(IncrementalValuesProvider<MethodOutput> outputs)
        => outputs.Where(static output => output.Failure is not null).Collect();

    private static MethodOutput Write(MethodModel model, Explain explain, CancellationToken cancellation)
    {
        try
        {
            return new MethodOutput(model.HintName, MethodFile.Write(model, explain, cancellation), null);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new MethodOutput(model.HintName, "", $"{exception.GetType().Name}: {exception.Message}");
        }
    }

    private static IEnumerable<(Location At, string Name, string Failure)> FailuresOf(MethodResult result, ImmutableArray<MethodOutput> failures)
        => failures.SelectMany(f => result.Helpers.Append(result.Model!).Where(m => m.HintName == f.HintName).Take(1).Select(m => (result.Identifier, m.Name, f.Failure!)));

    private static void ReportFailure(SourceProductionContext production, (Location At, string Name, string Failure) failed, Compilation compilation)
    {
        if (FileErrors.Are(failed.At.SourceTree, compilation, production.CancellationToken)) return;
        production.ReportDiagnostic(Diagnostic.Create(MethodDiagnostics.InternalError, failed.At, failed.Name, failed.Failure));
    }
}
