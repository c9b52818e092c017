using System.Collections.Immutable;
using AutoDiff.Analyzers.Shapes;
using AutoDiff.Compiler.Analysis.Shapes;
using AutoDiff.Generators.FrontEnd;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace AutoDiff.Analyzers.Declarations;

/// <summary>Reads every shape text: DIFF2016 where it cannot be read, DIFF2101 on what has no shape.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ShapeTextAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [ShapeDescriptors.UnreadableText, DeclarationDescriptors.WithoutShape];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSyntaxNodeAction(static node => Analyze(node), SyntaxKind.Attribute);
    }

    private static void Analyze(SyntaxNodeAnalysisContext context)
    {
        var attribute = (AttributeSyntax)context.Node;
        if (attribute.Name.ToString() is not ("Shape" or "ShapeAttribute" or "AutoDiff.Shape" or "AutoDiff.ShapeAttribute")
            || attribute.ArgumentList?.Arguments is not [{ Expression: var expression }, ..]
            || context.SemanticModel.GetTypeInfo(attribute, context.CancellationToken).Type is not { Name: "ShapeAttribute" } type
            || !type.IsIn(KnownAttributes.Namespace)) return;
        if (context.SemanticModel.GetConstantValue(expression, context.CancellationToken) is { HasValue: true, Value: string text }
            && ShapeText.Parse(text, out ShapeTextError? error) is null && error is not null)
            context.ReportDiagnostic(Diagnostic.Create(ShapeDescriptors.UnreadableText, Place(expression, text, error), text,
                error.Reason));

        // No variable has a static type: somebody is about to write its type argument.
        if (Declared(context, attribute) is ({ TypeKind: not TypeKind.Error, IsStatic: false } declared, var name) && !HasShape(declared))
            context.ReportDiagnostic(Diagnostic.Create(DeclarationDescriptors.WithoutShape, attribute.GetLocation(), name,
                declared.ToDisplayString()));
    }

    /// <summary>The characters that cannot be read, where the text is written out here without escapes.</summary>
    private static Location Place(ExpressionSyntax expression, string text, ShapeTextError error)
    {
        if (expression is not LiteralExpressionSyntax literal) return expression.GetLocation();
        int start = literal.Token.Text.IndexOf(text, StringComparison.Ordinal), position = error.Position, length = error.Length;
        if (start < 0 || text.Length == 0) return expression.GetLocation();

        // Something is missing at the end: the last character is what can be underlined.
        if (length == 0) (position, length) = (Math.Max(0, position - 1), 1);
        return Location.Create(expression.SyntaxTree, new TextSpan(literal.SpanStart + start + position, length));
    }

    private static (ITypeSymbol? Type, string Name) Declared(SyntaxNodeAnalysisContext context, AttributeSyntax attribute)
    {
        SyntaxNode? owner = attribute.Parent?.Parent;
        if (owner is FieldDeclarationSyntax { Declaration.Variables: [var variable, ..] }) owner = variable;
        return owner is null ? default : context.SemanticModel.GetDeclaredSymbol(owner, context.CancellationToken) switch
        {
            IMethodSymbol method => (method.ReturnType, "the result of " + method.Name),
            IParameterSymbol parameter => (parameter.Type, parameter.Name),
            IPropertySymbol property => (property.Type, property.Name),
            IFieldSymbol field => (field.Type, field.Name),
            _ => default,
        };
    }

    private static bool HasShape(ITypeSymbol type)
        => TypeMap.Tensor(type) is not null || TypeMap.Buffer(type) is not null
            || type is ITypeParameterSymbol or INamedTypeSymbol { IsGenericType: true };
}
