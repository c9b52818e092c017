using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AutoDiff.Analyzers.Shapes;

/// <summary>Names that the source of a type writes, whatever they are bound to: a member that is not among them keeps its value.</summary>
internal sealed class WrittenNames
{
    private static readonly HashSet<string> s_writers = new(StringComparer.Ordinal)
    {
        "Add", "TryAdd", "AddRange", "Insert", "InsertRange", "Remove", "RemoveAt", "RemoveAll", "RemoveRange", "Clear", "Sort", "Reverse",
        "Push", "Pop", "Enqueue", "Dequeue", "Fill", "SetValue",
    };

    private static readonly ConditionalWeakTable<SyntaxTree, WrittenNames> s_files = new();

    public HashSet<string> Assigned { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Changed { get; } = new(StringComparer.Ordinal);

    /// <summary>What is assigned or changed outside of constructors.</summary>
    public HashSet<string> Later { get; } = new(StringComparer.Ordinal);

    /// <summary>What is changed in another object than the one whose code it is: <c>net.Layers.Add(…)</c>.</summary>
    public HashSet<string> OfOthers { get; } = new(StringComparer.Ordinal);

    /// <summary>The names that one file writes. Goes with the file.</summary>
    public static WrittenNames In(SyntaxTree tree) => s_files.GetValue(tree, static t =>
    {
        var names = new WrittenNames();
        foreach (SyntaxNode node in t.GetRoot().DescendantNodes()) names.Visit(node);
        return names;
    });

    public static WrittenNames In(INamedTypeSymbol type)
    {
        while (type.ContainingType is { } outer) type = outer;
        var names = new WrittenNames();
        foreach (SyntaxReference reference in type.DeclaringSyntaxReferences)
            foreach (SyntaxNode node in reference.GetSyntax().DescendantNodes()) names.Visit(node);
        return names;
    }

    private void Visit(SyntaxNode node)
    {
        switch (node)
        {
            case AssignmentExpressionSyntax assignment:
                Write(assignment.Left);
                break;
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression
                or (int)SyntaxKind.AddressOfExpression } change:
                Write(change.Operand);
                break;
            case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression } step:
                Write(step.Operand);
                break;
            case RefExpressionSyntax taken:
                Write(taken.Expression);
                break;
            case ArgumentSyntax argument:
                if (!argument.RefKindKeyword.IsKind(SyntaxKind.None)) Write(argument.Expression);
                break;
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var receiver, Name.Identifier.ValueText: var method } }
                when s_writers.Contains(method):
                Add(Changed, receiver);
                break;
        }
    }

    private void Write(ExpressionSyntax target)
    {
        switch (target)
        {
            case TupleExpressionSyntax tuple:
                foreach (ArgumentSyntax argument in tuple.Arguments) Write(argument.Expression);
                break;
            case ParenthesizedExpressionSyntax inner:
                Write(inner.Expression);
                break;
            case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } sure:
                Write(sure.Operand);
                break;
            case ElementAccessExpressionSyntax { Expression: var collection }:
                Add(Changed, collection);
                break;
            default:
                Add(Assigned, target);
                break;
        }
    }

    private void Add(HashSet<string> names, ExpressionSyntax target)
    {
        string? name = target switch
        {
            IdentifierNameSyntax identifier => identifier.Identifier.ValueText,
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: var member } => member,
            _ => null,
        };
        if (name is null) return;
        names.Add(name);
        if (target.FirstAncestorOrSelf<ConstructorDeclarationSyntax>() is null) Later.Add(name);
        if (target is MemberAccessExpressionSyntax { Expression: not ThisExpressionSyntax }) OfOthers.Add(name);
    }
}
