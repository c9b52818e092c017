using System.Reflection;
using System.Runtime.Loader;
using AutoDiff.CodeFixes;
using AutoDiff.CodeFixes.Differentiability;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AutoDiff.Analyzers.Tests;

/// <summary>Where a derivative is lost, the method has no members; after the fix it compiles with them, and they do what the fix says.</summary>
public class LostDerivativeTests
{
    /// <summary>A method whose derivative is lost with the result of <c>Lost(x) = ⌊x⌋</c> or the like, and its slope at x = 2.5, y = 3.5 where that part is a constant.</summary>
    public static TheoryData<string, double> Sources => new()
    {
        { "double F(double x, double y) => x * (int)y;", 3 },
        { "double F(double x, double y) { int n = (int)(y + 1); return x * n; }", 4 },
        { "double F(double x, double y) => x * (long)y * x;", 2 * 2.5 * 3 },
        { "double F(double x, double y) => x * BitConverter.DoubleToInt64Bits(y) * 1e-18;", 1e-18 * 0x400C000000000000 },
        { "double F(double x, double y) => x * Convert.ToInt32(y);", 4 },
        { "double F(double x, double y) { Console.Write(y); return 3 * x; }", 3 },
        { "double F(double x, double y) { double[] a = [1, 2, 3, 4]; return a[(int)y] * x; }", 4 },
        { "double F(double x, double y) => x * Math.ILogB(y);", 1 },
    };

    [Theory]
    [MemberData(nameof(Sources))]
    public Task Ad_Detach_keeps_the_value_and_drops_the_derivative(string method, double slope) => Mends(new InsertDetach(), method, slope, hasSecond: true);

    [Theory]
    [InlineData("double F(double x, double y) => x * (int)y;", 3)]
    [InlineData("double F(double x, double y) { int n = (int)(y); return x * n; }", 3)]
    public Task NoGradient_takes_the_parameter_out(string method, double slope) => Mends(new MarkNoGradient(), method, slope, hasSecond: false);

    private static async Task Mends(DocumentFix fix, string method, double slope, bool hasSecond)
    {
        string source = $"public static partial class P {{ [Differentiable] public static {method} }}";
        Assert.DoesNotContain(TestCompilation.Create(source).GetSymbolsWithName("FGradient"), static _ => true);
        string? mended = await FixRun.One(fix, "DIFF1101", source);
        Assert.NotNull(mended);
        CSharpCompilation compilation = TestCompilation.Create(mended);
        Assert.Empty(compilation.GetDiagnostics().Where(static d => d.Severity >= DiagnosticSeverity.Warning));
        using var image = new MemoryStream();
        Assert.True(compilation.Emit(image).Success);
        image.Position = 0;
        var context = new AssemblyLoadContext("mended", isCollectible: true);
        MethodInfo gradient = context.LoadFromStream(image).GetType("P", throwOnError: true)!.GetMethod("FGradient")!;
        object result = gradient.Invoke(null, [2.5, 3.5])!;
        Assert.Equal(slope, (double)result.GetType().GetField("Item2")!.GetValue(result)!, 1e-12);
        Assert.Equal(hasSecond ? 0.0 : null, result.GetType().GetField("Item3")?.GetValue(result));
        context.Unload();
    }
}
