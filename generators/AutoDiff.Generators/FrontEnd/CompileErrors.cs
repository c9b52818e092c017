using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

/// <summary>
/// Whether code may have compile errors, told from its bound tree alone: asking the compiler for its diagnostics binds and analyses the code once more, which is most of what
/// an unrelated edit would cost. What this does not see (a variable that is not assigned, a missing return) does not bind to anything invalid.
/// </summary>
internal static class CompileErrors
{
    public static bool MayBeIn(SyntaxNode syntax, IOperation body)
        => syntax.ContainsDiagnostics || body.DescendantsAndSelf().Any(static node => node is IInvalidOperation
            || node.Type is IErrorTypeSymbol || node is IConversionOperation { Conversion.Exists: false, Operand.Type: not null });
}
