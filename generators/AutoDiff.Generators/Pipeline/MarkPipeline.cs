using AutoDiff.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AutoDiff.Generators.Pipeline;

/// <summary>The part of the generator that looks for marks without effect: on operators, accessors and local functions, beside which no members can stand.</summary>
internal static class MarkPipeline
{
    public static void Register(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<Diagnostic> problems = context.SyntaxProvider.ForAttributeWithMetadataName(
            MethodPipeline.Attribute,
            static (node, _) => node is OperatorDeclarationSyntax or ConversionOperatorDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax,
            static (found, _) => Diagnostic.Create(MethodDiagnostics.NotAMethod, Identifier(found.TargetNode), found.TargetSymbol.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat)));
        context.RegisterSourceOutput(problems, static (production, problem) => production.ReportDiagnostic(problem));
    }

    private static Location Identifier(SyntaxNode node) => (node switch
    {
        OperatorDeclarationSyntax @operator => @operator.OperatorToken,
        ConversionOperatorDeclarationSyntax conversion => conversion.OperatorKeyword,
        AccessorDeclarationSyntax accessor => accessor.Keyword,
        _ => ((LocalFunctionStatementSyntax)node).Identifier,
    }).GetLocation();
}
