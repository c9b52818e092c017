using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.Pipeline;

/// <summary>
/// Whether a file does not compile whatever is generated. What fails in the generator there (a type without a name, two parameters of one) is not worth a word beside what the
/// compiler says. Warnings that a project takes for errors are none of these.
/// </summary>
internal static class FileErrors
{
    public static bool Are(SyntaxTree? file, Compilation compilation, CancellationToken cancellation)
        => file is not null && compilation.ContainsSyntaxTree(file)
            && compilation.GetSemanticModel(file).GetDiagnostics(cancellationToken: cancellation).Any(static d => d.DefaultSeverity == DiagnosticSeverity.Error && !MayBeMended(d));

    /// <summary>Names that are not there, and parts that are: the generator may write what is missing.</summary>
    private static bool MayBeMended(Diagnostic diagnostic) => diagnostic.Id is "CS0103" or "CS0117" or "CS1061" or "CS8795" or "CS9248";
}
