using System.Diagnostics;
using System.Text;
using AutoDiff.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AutoDiff.Benchmarks.Generator;

/// <summary>What the generator costs for one long method: statements one after the other, branches, and both in loops. It should grow with the length.</summary>
internal static class CompileTimeBenchmark
{
    public static void Run()
    {
        // The first run loads and compiles the generator itself.
        Milliseconds(Statements(50));
        Console.WriteLine("milliseconds of the generator for one method with a gradient and a Vjp, the median of 3");
        Curve("statements", [125, 250, 500, 1000], Statements);
        Curve("branches", [25, 50, 100, 200], Branches);
        Curve("statements in a loop", [125, 250, 500, 1000], static n => Looped(Statements(n)));
    }

    private static void Curve(string what, int[] sizes, Func<int, string> source)
    {
        foreach (int n in sizes)
        {
            double[] times = [.. Enumerable.Range(0, 3).Select(_ => Milliseconds(source(n))).Order()];
            Console.WriteLine(FormattableString.Invariant($"{n,5} {what,-22} {times[1],9:F0} ms {times[1] / n,8:F2} ms each"));
        }
    }

    private static string Statements(int count)
    {
        var text = new StringBuilder();
        for (int k = 0; k < count; k++)
        {
            string from = k % 7 == 0 ? "x" : FormattableString.Invariant($"t{(k * 5 + 2) % 11}");
            string step = (k % 5) switch { 0 => $"Math.Sin({from}) + y", 1 => $"{from} * y - x", 2 => $"Math.Exp(-{from} * {from})", 3 => $"{from} / (2 + y * y)", _ => $"x - {from} * 0.5" };
            text.Append(FormattableString.Invariant($"t{k % 11} = {step};\n"));
        }

        return text.ToString();
    }

    private static string Branches(int count)
    {
        var text = new StringBuilder();
        for (int k = 0; k < count; k++)
            text.Append(FormattableString.Invariant($"if (t{k % 11} > {k % 3}) t{(k + 1) % 11} = t{k % 11} * x; else t{(k + 2) % 11} -= Math.Cos(t{(k + 5) % 11});\n"));
        return text.ToString();
    }

    private static string Looped(string statements) => $"for (int i = 0; i < n; i++) {{\n{statements}}}\n";

    private static double Milliseconds(string body)
    {
        string names = string.Join(", ", Enumerable.Range(0, 11).Select(static k => FormattableString.Invariant($"t{k} = x * {k}")));
        string sum = string.Join(" + ", Enumerable.Range(0, 11).Select(static k => FormattableString.Invariant($"t{k}")));
        string source = $"using System; using AutoDiff; public static partial class C {{ [Differentiable] public static double F(double x, double y, int n) {{ double {names};\n{body}return {sum}; }} }}";
        var options = new CSharpParseOptions(LanguageVersion.Preview);
        string trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        var compilation = CSharpCompilation.Create("Measured", [CSharpSyntaxTree.ParseText(source, options)],
            trusted.Split(Path.PathSeparator).Select(static path => MetadataReference.CreateFromFile(path)), new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        compilation.GetDiagnostics();
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new DifferentiableGenerator().AsSourceGenerator()], parseOptions: options);
        long start = Stopwatch.GetTimestamp();
        driver = driver.RunGenerators(compilation);
        double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        if (driver.GetRunResult().GeneratedTrees.Length != 1) throw new InvalidOperationException(string.Join("\n", driver.GetRunResult().Diagnostics));
        return milliseconds;
    }
}
