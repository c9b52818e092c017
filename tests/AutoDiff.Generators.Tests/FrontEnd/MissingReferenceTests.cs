using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.Tests.FrontEnd;

/// <summary>
/// A project before its packages are restored: the compiler says what is missing, the generator neither throws nor adds to it, and methods that need nothing of
/// what is missing have their derivatives as before.
/// </summary>
public class MissingReferenceTests
{
    private const string Source = """
        public static partial class Scalars
        {
            [Differentiable] public static double F(double x, double y) => Math.Exp(x) * y;
            [Differentiable]
            public static double Fit(ReadOnlySpan<double> w, double b)
            {
                double s = b;
                for (int i = 0; i < w.Length; i++) s += w[i] * w[i];
                return s;
            }
        }

        public static partial class Mixed
        {
            [Differentiable] public static double H(double x) => Math.Tanh(x) * x;
            [Differentiable] [return: Shape("n")] public static Tensor<float> G([Shape("n")] Tensor<float> x) => Ops.Tanh(x) * 2f;
        }

        [Differentiable]
        public sealed partial class Mlp(int inputs, int outputs)
        {
            [Parameter("inputs outputs")] public partial Tensor<float> W { get; }
            public Mlp[] Others { get; } = [];
            [Differentiable]
            public float Loss([Shape("batch inputs")] Tensor<float> x, [Shape("batch")] ReadOnlySpan<int> labels)
                => Ops.CrossEntropy(Ops.MatMul(x, W), labels);
        }

        public abstract partial class Layer
        {
            [Differentiable] public abstract double Apply(double x);
        }

        public partial class Linear : Layer
        {
            [Differentiable] public override double Apply(double x) => 2 * x;
        }

        public static partial class Rules
        {
            public static double Cube(double x) => x * x * x;
            [DerivativeOf(typeof(Rules), nameof(Cube))] public static (double, double) CubeVjp(double x, double d) => (x * x * x, 3 * d * x * x);
            [Differentiable] public static double Sixth(double x) => Cube(x) * Cube(x);
        }
        """;

    private static readonly string[] _withoutTensors = ["Scalars.F.", "Scalars.Fit.", "Mixed.H.", "Layer.Apply.", "Linear.Apply.", "Rules.Sixth."];

    [Fact]
    public void NothingIsMissing()
    {
        GeneratorRun whole = GeneratorHarness.Run(Source);
        whole.Compile();
        foreach (string file in _withoutTensors.Concat(["Mixed.G.", "Mlp.Loss.", "Mlp.Parameters."])) Assert.NotEmpty(File(whole, file));
    }

    [Fact]
    public void TensorsAreMissing()
    {
        GeneratorRun whole = GeneratorHarness.Run(Source);
        MetadataReference[] rest = Without("System.Numerics.Tensors.dll");
        foreach (GeneratorRun run in new[] { GeneratorHarness.RunAgainst(rest, Source), whole.RunAgain(whole.Input.WithReferences(rest)) })
        {
            foreach (string file in _withoutTensors) Assert.Equal(File(whole, file), File(run, file));
            Assert.DoesNotContain(run.GeneratedSources.Keys, static name => name.Contains("Mixed.G.", StringComparison.Ordinal));
            Assert.DoesNotContain(run.GeneratedSources.Keys, static name => name.Contains("Mlp.Loss.", StringComparison.Ordinal));
            IsLeftToTheCompiler(run);
            // Restored: everything is back.
            Assert.Equal(whole.GeneratedSources, run.RunAgain(run.Input.WithReferences(References.All)).GeneratedSources);
        }
    }

    [Theory]
    [InlineData("AutoDiff.dll")]
    [InlineData("System.Private.CoreLib.dll")]
    [InlineData("System.Runtime.dll")]
    [InlineData("System.Private.CoreLib.dll", "System.Runtime.dll", "netstandard.dll", "mscorlib.dll")]
    [InlineData("AutoDiff.dll", "System.Numerics.Tensors.dll")]
    public void WhatEverythingNeedsIsMissing(params string[] files)
    {
        GeneratorRun whole = GeneratorHarness.Run(Source);
        MetadataReference[] rest = Without(files);
        foreach (GeneratorRun run in new[] { GeneratorHarness.RunAgainst(rest, Source), whole.RunAgain(whole.Input.WithReferences(rest)) })
        {
            IsLeftToTheCompiler(run);
            Assert.Equal(whole.GeneratedSources, run.RunAgain(run.Input.WithReferences(References.All)).GeneratedSources);
        }
    }

    [Fact]
    public void NothingIsReferenced() => IsLeftToTheCompiler(GeneratorHarness.RunAgainst([], Source));

    /// <summary>The attribute may be there where the library is not: declared by the project itself.</summary>
    [Fact]
    public void TheLibraryIsMissingButNotItsAttributes()
    {
        const string attributes = """
            namespace AutoDiff
            {
                public sealed class DifferentiableAttribute : Attribute;
                public sealed class ParameterAttribute(string shape) : Attribute { public string Shape => shape; }
                public sealed class ShapeAttribute(string shape) : Attribute { public string Shape => shape; }
                public sealed class DerivativeOfAttribute(Type type, string name) : Attribute { public Type Type => type; public string Name => name; }
            }
            """;
        IsLeftToTheCompiler(GeneratorHarness.RunAgainst(Without("AutoDiff.dll"), Source + attributes));
    }

    [Fact]
    public void AnAssemblyOfOneMethodIsMissing()
    {
        const string calls = """
            public static partial class Calls
            {
                [Differentiable] public static double K(double x) => Missing.Library.Call(x) * x;
                [Differentiable] public static double L(double x, Missing.Options options) => x * options.Scale;
                [Differentiable] public static double N(double x) => x * x;
            }
            public partial class Derived : Missing.Base
            {
                [Differentiable] public double M(double x) => x * x * x;
            }
            """;
        GeneratorRun whole = GeneratorHarness.Run(Source), run = GeneratorHarness.Run(Source + "\n" + calls);
        foreach ((string name, string text) in whole.GeneratedSources) Assert.Equal(text, run.GeneratedSources[name]);
        Assert.NotEmpty(File(run, "Calls.N."));
        Assert.DoesNotContain(run.GeneratedSources.Keys, static name => name.Contains("Calls.K.", StringComparison.Ordinal));
        IsLeftToTheCompiler(run);
    }

    private static MetadataReference[] Without(params string[] files)
    {
        MetadataReference[] rest = [.. References.All.Where(r => !files.Contains(Path.GetFileName(r.Display)))];
        foreach (string file in files) Assert.Contains(References.All, r => Path.GetFileName(r.Display) == file);
        return rest;
    }

    private static string File(GeneratorRun run, string part)
        => Assert.Single(run.GeneratedSources, source => source.Key.Contains(part, StringComparison.Ordinal)).Value;

    /// <summary>The harness throws where the generator has thrown; here it has been silent, and the compiler has not.</summary>
    private static void IsLeftToTheCompiler(GeneratorRun run)
    {
        Assert.Empty(run.Reported);
        Assert.Contains(run.Input.GetDiagnostics(), static d => d.Severity == DiagnosticSeverity.Error && d.Id != "CS9248");
    }
}
