using AutoDiff.Generators.Pipeline;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AutoDiff.Generators.Tests;

/// <summary>Where a file does not compile anyway, a failure of the generator is not reported; everywhere else it is.</summary>
public class FileErrorsTests
{
    [Theory]
    [InlineData("public class C { public int F() => 1; }", false)]
    [InlineData("public class C { public int F() => G(); }", false)]
    [InlineData("public class C { public int F() => \"\"; }", true)]
    public void Only_what_no_generated_code_can_mend_counts(string source, bool expected) => Assert.Equal(expected, Are(source));

    [Fact]
    public void A_warning_taken_for_an_error_does_not_count()
    {
        const string Source = "public class C { public int F() { int unused = 1; return 2; } }";
        Assert.False(Are(Source, ReportDiagnostic.Error));
    }

    private static bool Are(string source, ReportDiagnostic warnings = ReportDiagnostic.Default)
    {
        SyntaxTree file = CSharpSyntaxTree.ParseText(source);
        var compilation = CSharpCompilation.Create("files", [file], [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)], new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, generalDiagnosticOption: warnings));
        return FileErrors.Are(file, compilation, default);
    }
}
