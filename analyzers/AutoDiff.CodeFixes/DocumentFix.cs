using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;

namespace AutoDiff.CodeFixes;

/// <summary>A fix that edits one file, for one diagnostic or for all of them at once.</summary>
public abstract class DocumentFix : CodeFixProvider
{
    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider()
        => FixAllProvider.Create(async (context, document, diagnostics)
            => await FixAsync(document, diagnostics, context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root
            || await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false) is not { } model) return;
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (Title(root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true), model, diagnostic) is not { } title)
                continue;
            context.RegisterCodeFix(
                CodeAction.Create(title, token => FixAsync(context.Document, [diagnostic], token), GetType().Name), diagnostic);
        }
    }

    /// <summary>What the fix is called, or null where there is none at this place.</summary>
    private protected abstract string? Title(SyntaxNode node, SemanticModel model, Diagnostic diagnostic);

    /// <summary>Edits the file. <paramref name="edited"/> is for what several diagnostics ask for and is done once.</summary>
    private protected abstract void Fix(SyntaxNode node, SemanticModel model, Diagnostic diagnostic, SyntaxEditor editor,
        HashSet<SyntaxNode> edited);

    private async Task<Document> FixAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        if (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root
            || await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model) return document;
        var editor = new SyntaxEditor(root, document.Project.Solution.Services);
        var edited = new HashSet<SyntaxNode>();
        foreach (Diagnostic diagnostic in diagnostics)
        {
            SyntaxNode node = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            if (Title(node, model, diagnostic) is not null) Fix(node, model, diagnostic, editor, edited);
        }

        return document.WithSyntaxRoot(editor.GetChangedRoot());
    }
}
