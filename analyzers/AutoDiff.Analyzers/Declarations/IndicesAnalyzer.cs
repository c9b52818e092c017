using System.Collections.Immutable;
using AutoDiff.Analyzers.Shapes;
using AutoDiff.Generators.FrontEnd;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AutoDiff.Analyzers.Declarations;

/// <summary>
/// Indices and targets that are not <c>int</c>: DIFF2009. The compiler refuses the call anyway, but says only that it finds no overload.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class IndicesAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [ShapeDescriptors.Indices];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSyntaxNodeAction(static node => Analyze(node), SyntaxKind.InvocationExpression);
    }

    private static void Analyze(SyntaxNodeAnalysisContext context)
    {
        var call = (InvocationExpressionSyntax)context.Node;
        SimpleNameSyntax? name = call.Expression switch
        {
            SimpleNameSyntax simple => simple,
            MemberAccessExpressionSyntax member => member.Name,
            _ => null,
        };
        if (name?.Identifier.ValueText is not ("Gather" or "CrossEntropy") || call.ArgumentList.Arguments.Count < 2) return;
        SymbolInfo bound = context.SemanticModel.GetSymbolInfo(call, context.CancellationToken);
        if (bound.Symbol is not null || bound.CandidateSymbols.Any(static c => !IsOps(c.ContainingType)) || bound.CandidateSymbols.IsEmpty)
            return;
        ArgumentSyntax argument = call.ArgumentList.Arguments.FirstOrDefault(
            static a => a.NameColon?.Name.Identifier.ValueText is "indices" or "targets") ?? call.ArgumentList.Arguments[1];
        ITypeSymbol? type = context.SemanticModel.GetTypeInfo(argument.Expression, context.CancellationToken).Type;
        ITypeSymbol? element = TypeMap.Tensor(type) ?? TypeMap.Buffer(type)?.Element;
        if (type is null || element is null or { SpecialType: SpecialType.System_Int32 } or { TypeKind: TypeKind.Error }) return;
        string what = name.Identifier.ValueText == "Gather" ? "indices into a table" : "targets, each the number of its class,";
        context.ReportDiagnostic(Diagnostic.Create(
            ShapeDescriptors.Indices, argument.Expression.GetLocation(),
            $"'{argument.Expression}' is '{type.ToMinimalDisplayString(context.SemanticModel, argument.SpanStart)}', but {what} are 'Tensor<int>', 'int[]' or 'ReadOnlySpan<int>'"));
    }

    private static bool IsOps(ISymbol? type) => type is { Name: "Ops" } && type.IsIn(KnownAttributes.Namespace);
}
