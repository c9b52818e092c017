using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.FrontEnd;

/// <summary>The front end: a C# method, as the compiler bound it, becomes a function of the IR.</summary>
internal static class MethodLowering
{
    /// <summary>
    /// Lowers <paramref name="method"/>. A construct that cannot be followed is a diagnostic at its span, and then there is no function; a
    /// method that does not compile gives nothing at all, since the compiler says it better.
    /// </summary>
    public static LoweringResult Lower(IMethodSymbol method, Compilation compilation, CancellationToken cancellation)
    {
        try
        {
            var lowering = new Lowering(method, compilation, cancellation);
            return method.IsAbstract ? lowering.RunDeclaration() : lowering.Run();
        }
        catch (UnsupportedException)
        {
            return LoweringResult.Nothing;
        }
    }
}
