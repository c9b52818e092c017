using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AutoDiff.Analyzers.Tests.Fuzz;

/// <summary>Puts <c>[Differentiable]</c> on methods and types that nobody wrote it for.</summary>
internal sealed class Sprinkling(Random random) : CSharpSyntaxRewriter
{
    private static readonly string[] Attributes =
    [
        "AutoDiff.Differentiable", "AutoDiff.Differentiable(AutoDiff.Derivatives.Gradient | AutoDiff.Derivatives.Jvp)",
        "AutoDiff.Differentiable(AutoDiff.Derivatives.Gradient | AutoDiff.Derivatives.Hvp | AutoDiff.Derivatives.Hessian)",
        "AutoDiff.Differentiable(AutoDiff.Derivatives.Jacobian)", "AutoDiff.Differentiable, AutoDiff.Keep", "AutoDiff.Differentiable, AutoDiff.Recompute",
    ];

    public static string On(string text, Random random)
        => new Sprinkling(random).Visit(CSharpSyntaxTree.ParseText(text, TestCompilation.ParseOptions).GetRoot()).ToFullString();

    public override SyntaxNode? VisitMethodDeclaration(MethodDeclarationSyntax node)
    {
        var visited = (MethodDeclarationSyntax)base.VisitMethodDeclaration(node)!;
        return random.Next(2) == 0 ? Marked(visited, Attributes[random.Next(3) == 0 ? random.Next(Attributes.Length) : 0]) : visited;
    }

    public override SyntaxNode? VisitClassDeclaration(ClassDeclarationSyntax node) => Type((TypeDeclarationSyntax)base.VisitClassDeclaration(node)!);

    public override SyntaxNode? VisitStructDeclaration(StructDeclarationSyntax node) => Type((TypeDeclarationSyntax)base.VisitStructDeclaration(node)!);

    public override SyntaxNode? VisitRecordDeclaration(RecordDeclarationSyntax node) => Type((TypeDeclarationSyntax)base.VisitRecordDeclaration(node)!);

    public override SyntaxNode? VisitInterfaceDeclaration(InterfaceDeclarationSyntax node) => Type((TypeDeclarationSyntax)base.VisitInterfaceDeclaration(node)!);

    // A method of a type that is not partial gets no further than that.
    private SyntaxNode Type(TypeDeclarationSyntax type)
    {
        if (!type.Modifiers.Any(SyntaxKind.PartialKeyword) && random.Next(10) > 0)
        {
            SyntaxToken partial = SyntaxFactory.Token(SyntaxKind.PartialKeyword).WithTrailingTrivia(SyntaxFactory.Space);
            if (type.Modifiers.Count == 0) partial = partial.WithLeadingTrivia(SyntaxFactory.Space);
            type = type.Modifiers.Count > 0 ? type.AddModifiers(partial)
                : (TypeDeclarationSyntax)type.WithKeyword(type.Keyword.WithLeadingTrivia(SyntaxFactory.Space)).WithModifiers([partial.WithLeadingTrivia(type.Keyword.LeadingTrivia)]);
        }

        return random.Next(8) == 0 ? Marked(type, "AutoDiff.Differentiable") : type;
    }

    private static T Marked<T>(T member, string attributes)
        where T : MemberDeclarationSyntax
    {
        if (member.AttributeLists.Any(static list => list.ToString().Contains("Differentiable", StringComparison.Ordinal))) return member;
        MemberDeclarationSyntax parsed = SyntaxFactory.ParseMemberDeclaration($"[{attributes}] int _;")!;
        SyntaxTriviaList leading = member.GetLeadingTrivia();
        return (T)member.WithoutLeadingTrivia().WithAttributeLists(member.WithoutLeadingTrivia().AttributeLists.Insert(0, parsed.AttributeLists[0].WithTrailingTrivia(SyntaxFactory.LineFeed)))
            .WithLeadingTrivia(leading);
    }
}
