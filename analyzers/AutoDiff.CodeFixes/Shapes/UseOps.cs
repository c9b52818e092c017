using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;

namespace AutoDiff.CodeFixes.Shapes;

/// <summary>
/// The operation of <c>Ops</c> in place of an operator or a method of System.Numerics.Tensors: where that loses numbers (DIFF2017), and
/// where
/// it cannot be differentiated (DIFF1004).
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class UseOps : DocumentFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["DIFF2017", "DIFF2021", "DIFF1004"];

    private protected override string? Title(SyntaxNode node, SemanticModel model, Diagnostic diagnostic)
        => Target(node, model, diagnostic) is var (_, name) ? $"Use 'Ops.{name}'" : null;

    private protected override void Fix(SyntaxNode node, SemanticModel model, Diagnostic diagnostic, SyntaxEditor editor,
        HashSet<SyntaxNode> edited)
    {
        if (Target(node, model, diagnostic) is not var (target, name) || !edited.Add(target)) return;
        editor.ReplaceNode(target, (current, _) => current switch
        {
            BinaryExpressionSyntax binary => Call(name, binary.Left, binary.Right).WithTriviaFrom(binary),
            InvocationExpressionSyntax call => call.WithExpression(Operation(name).WithTriviaFrom(call.Expression)),
            _ => current,
        });
    }

    private static (SyntaxNode Target, string Name)? Target(SyntaxNode node, SemanticModel model, Diagnostic diagnostic)
    {
        if (diagnostic.Properties.TryGetValue("operation", out string? operation) && operation is not null)
        {
            SyntaxNode? target = node.Ancestors().FirstOrDefault(n => n is BinaryExpressionSyntax binary && binary.Right.Span == node.Span
                || n is ParenthesizedExpressionSyntax == false && n is InvocationExpressionSyntax);
            return target is null ? null : (target, operation);
        }

        if (diagnostic.Id != "DIFF1004" || node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } call
            || model.GetSymbolInfo(call).Symbol is not IMethodSymbol { ContainingType: { Name: "Tensor",
                ContainingNamespace: var ns } } method
            || ns.ToDisplayString() != "System.Numerics.Tensors") return null;
        string name = method.Name switch { "PermuteDimensions" => "Transpose", "SoftMax" => "Softmax", "Average" => "Mean", _
            => method.Name };
        return model.Compilation.GetTypeByMetadataName("AutoDiff.Ops")?.GetMembers(name).IsEmpty == false ? (call, name) : null;
    }

    private static InvocationExpressionSyntax Call(string name, ExpressionSyntax left, ExpressionSyntax right)
    {
        ArgumentSyntax[] arguments = [SyntaxFactory.Argument(Bare(left)), SyntaxFactory.Argument(Bare(right))];
        return SyntaxFactory.InvocationExpression(Operation(name), SyntaxFactory.ArgumentList(SyntaxFactory.SeparatedList(
            arguments, [SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space)])));
    }

    private static ExpressionSyntax Bare(ExpressionSyntax operand)
        => (operand is ParenthesizedExpressionSyntax parenthesized ? parenthesized.Expression : operand).WithoutTrivia();

    private static ExpressionSyntax Operation(string name)
        => SyntaxFactory.ParseExpression("global::AutoDiff.Ops." + name).WithAdditionalAnnotations(Simplifier.Annotation);
}
