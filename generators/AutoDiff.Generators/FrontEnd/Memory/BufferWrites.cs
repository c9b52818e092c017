using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AutoDiff.Generators.FrontEnd;

/// <summary>
/// Whether a callee may write the elements of a parameter, told from the outside. A <c>Span&lt;T&gt;</c> says that it is written. An array says nothing: its body
/// is looked at where there is one (an element assigned, or the array handed on); an array of another assembly is taken to be read only.
/// </summary>
internal static class BufferWrites
{
    public static bool IsWritten(IParameterSymbol parameter, Compilation compilation, CancellationToken cancellation)
    {
        if (TypeMap.Buffer(parameter.Type) is not var (_, kind) || kind == BufferKind.ReadOnlySpan) return false;
        if (kind == BufferKind.Span) return true;
        if (parameter.ContainingSymbol.DeclaringSyntaxReferences is not [var reference, ..]) return false;
        SyntaxNode syntax = reference.GetSyntax(cancellation);
        if (!compilation.ContainsSyntaxTree(syntax.SyntaxTree)) return false;
        return syntax.DescendantNodes().OfType<ElementAccessExpressionSyntax>()
            .Any(e => e.Expression is IdentifierNameSyntax { Identifier.ValueText: var name } && name == parameter.Name && IsTarget(e));
    }

    private static bool IsTarget(ElementAccessExpressionSyntax element) => element.Parent switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left == element,
        PostfixUnaryExpressionSyntax => true,
        PrefixUnaryExpressionSyntax prefix => prefix.OperatorToken.Text is "++" or "--",
        ArgumentSyntax argument => argument.RefKindKeyword.Text is "ref" or "out" || argument.Parent is TupleExpressionSyntax { Parent: AssignmentExpressionSyntax },
        _ => false,
    };
}
