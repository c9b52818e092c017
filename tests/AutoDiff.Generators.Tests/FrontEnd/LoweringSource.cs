using System.Reflection;
using System.Runtime.Loader;
using AutoDiff.Generators.FrontEnd;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AutoDiff.Generators.Tests.FrontEnd;

/// <summary>Compiles a source text that declares <c>class C</c>, lowers a method of it, and runs the method itself for comparison.</summary>
internal sealed class LoweringSource
{
    private static readonly MetadataReference[] References = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(static path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "AutoDiff.dll" or "netstandard.dll" or "mscorlib.dll"))
        .Select(static path => (MetadataReference)MetadataReference.CreateFromFile(path))
        .ToArray();

    private const string Usings = "global using System; global using System.Collections.Generic; global using System.Numerics.Tensors; global using AutoDiff; ";

    private Assembly? _assembly;

    public LoweringSource(string source)
    {
        var options = new CSharpParseOptions(LanguageVersion.Preview);
        Compilation = CSharpCompilation.Create(
            "Lowered", [CSharpSyntaxTree.ParseText(Usings, options, "Usings.cs"), CSharpSyntaxTree.ParseText(source, options, "Source.cs")], References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    }

    public CSharpCompilation Compilation { get; }

    /// <summary>Wraps members in a static class.</summary>
    public static LoweringSource Members(string members) => new($"public static partial class C {{ {members} }}");

    public IMethodSymbol Method(string name = "F", string type = "C")
        => Compilation.GetTypeByMetadataName(type)!.GetMembers(name).OfType<IMethodSymbol>().First();

    public LoweringResult Lower(string name = "F", string type = "C") => MethodLowering.Lower(Method(name, type), Compilation, CancellationToken.None);

    /// <summary>The lowered function; fails with the diagnostics where there is none.</summary>
    public AutoDiff.Compiler.IR.Function Function(string name = "F", string type = "C")
    {
        LoweringResult result = Lower(name, type);
        Assert.True(result.Function is not null, "not lowered: " + string.Join("; ", result.Diagnostics)
            + string.Join("; ", Compilation.GetDiagnostics().Where(static d => d.Severity == DiagnosticSeverity.Error)));
        AutoDiff.Compiler.IR.Function function = result.Function!;
        string text = AutoDiff.Compiler.IR.IrPrinter.Print(function);
        IReadOnlyList<string> violations = AutoDiff.Compiler.IR.IrVerifier.Verify(function);
        Assert.True(violations.Count == 0, string.Join("\n", violations) + "\n" + text);
        Assert.Equal(text, AutoDiff.Compiler.IR.IrPrinter.Print(AutoDiff.Compiler.IR.IrParser.ParseFunction(text)));
        return function;
    }

    /// <summary>The compiled method itself.</summary>
    public TDelegate Compiled<TDelegate>(string name = "F", string type = "C")
        where TDelegate : Delegate
    {
        if (_assembly is null)
        {
            using var stream = new MemoryStream();
            var emitted = Compilation.Emit(stream);
            Assert.True(emitted.Success, string.Join("; ", emitted.Diagnostics));
            stream.Position = 0;
            _assembly = new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(stream);
        }

        return _assembly.GetType(type)!.GetMethod(name)!.CreateDelegate<TDelegate>();
    }
}
