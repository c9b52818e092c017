using System.Collections.Immutable;
using AutoDiff.Analyzers.Declarations;
using AutoDiff.Generators.FrontEnd;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Analyzers.Shapes;

/// <summary>
/// Follows the shapes of tensors through every method of a project and reports what cannot be right: DIFF20xx. Where nothing is known,
/// nothing is said.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ShapeAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        ShapeDescriptors.InnerSizes, ShapeDescriptors.Batch, ShapeDescriptors.Broadcast, ShapeDescriptors.SurprisingBroadcast,
        ShapeDescriptors.Axis, ShapeDescriptors.Count, ShapeDescriptors.Concat, ShapeDescriptors.Slice, ShapeDescriptors.Targets,
        ShapeDescriptors.Divisor, ShapeDescriptors.Returned, ShapeDescriptors.Argument, ShapeDescriptors.Member,
        ShapeDescriptors.OtherModel, ShapeDescriptors.EagerBroadcast, ShapeDescriptors.EagerBroadcastInDifferentiable,
        ShapeDescriptors.Rank, ShapeDescriptors.Features, ShapeDescriptors.SameShape, ShapeDescriptors.Shown, ShapeDescriptors.Unproven,
        DeclarationDescriptors.MissingShape,
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName("AutoDiff.ShapeAttribute") is null) return;
            var scope = new AnalysisScope(start.Compilation);
            start.RegisterOperationBlockAction(block => Analyze(block, scope));
        });
    }

    private static void Analyze(OperationBlockAnalysisContext context, AnalysisScope scope)
    {
        foreach (IOperation block in context.OperationBlocks)
        {
            if (block is not (IBlockOperation or IFieldInitializerOperation or IPropertyInitializerOperation or IConstructorBodyOperation
                or IMethodBodyOperation) || !block.DescendantsAndSelf().Any(o => IsOfInterest(o, scope))) continue;
            bool isStrict = IsStrict(context.Options, block.Syntax.SyntaxTree);
            var findings = new Findings(context.ReportDiagnostic, isStrict);
            try
            {
                new MethodAnalysis(scope, context.OwningSymbol, findings, context.CancellationToken).Run(block,
                    context.GetControlFlowGraph(block));
            }
            catch (OverflowException)
            {
                // Sizes beyond what 64 bits hold: nothing is said about such a method.
            }
        }
    }

    private static bool IsOfInterest(IOperation operation, AnalysisScope scope) => TypeMap.Tensor(operation.Type) is not null || operation switch
    {
        IInvocationOperation call => IsModel(call.Type) || call.TargetMethod.ContainingType?.Name == "TensorPrimitives" || TakesShapes(call.TargetMethod, scope),
        IObjectCreationOperation creation => IsModel(creation.Type) || creation.Constructor is { } constructor && TakesShapes(constructor, scope),
        _ => false,
    };

    private static bool IsModel(ITypeSymbol? type) => type is INamedTypeSymbol { TypeKind: TypeKind.Class } named && named.IsDifferentiable();

    /// <summary>Whether a method of spans and arrays says how long they are.</summary>
    private static bool TakesShapes(IMethodSymbol method, AnalysisScope scope)
        => method.Parameters.Any(static p => TypeMap.Buffer(p.Type) is not null) && !IsOfTheFramework(method) && !Signature.Of(scope, method).IsEmpty;

    private static bool IsOfTheFramework(IMethodSymbol method)
    {
        INamespaceSymbol? outermost = method.ContainingNamespace;
        while (outermost is { ContainingNamespace: { IsGlobalNamespace: false } outer }) outermost = outer;
        return outermost?.Name == "System";
    }

    /// <summary><c>autodiff_strict_shapes = true</c> in .editorconfig, or <c>AutoDiffStrictShapes</c> in the project.</summary>
    private static bool IsStrict(AnalyzerOptions options, SyntaxTree tree)
        => options.AnalyzerConfigOptionsProvider.GetOptions(tree).TryGetValue("autodiff_strict_shapes", out string? own) && IsTrue(own)
            || options.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue("build_property.AutoDiffStrictShapes", out string? all)
                && IsTrue(all);

    private static bool IsTrue(string text) => text.Trim().Equals("true", StringComparison.OrdinalIgnoreCase);
}
