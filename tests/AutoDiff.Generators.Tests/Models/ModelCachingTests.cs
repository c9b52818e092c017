using System.Collections;
using System.Reflection;
using AutoDiff.Generators.Models;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.Tests.Models;

public sealed class ModelCachingTests
{
    private const string Source = """
        [Differentiable]
        public sealed partial class Part(int n) { [Parameter("n 2")] public partial Tensor<float> W { get; } }
        [Differentiable]
        public sealed partial class Net
        {
            public Part Part { get; } = new(3);
            public int Number() => 1;
        }
        """;

    [Fact]
    public void The_first_run_is_new()
    {
        GeneratorRun run = GeneratorHarness.Run(Source);
        Assert.Equal([IncrementalStepRunReason.New, IncrementalStepRunReason.New], run.Reasons(ModelPipeline.Steps.Models));
    }

    [Theory]
    [InlineData("a comment", "public int Number", "/* counts */ public int Number")]
    [InlineData("a moved line", "[Differentiable]", "\n\n[Differentiable]")]
    [InlineData("another body", "=> 1;", "=> 2;")]
    [InlineData("another member", "public int Number() => 1;", "public int Number() => 1; public string Name => \"\";")]
    [InlineData("the values of a sub-model", "new(3)", "new(4)")]
    public void Regenerates_nothing_after(string edit, string before, string after)
    {
        GeneratorRun run = GeneratorHarness.Run(Source).Edit(0, Source.Replace(before, after, StringComparison.Ordinal));
        Assert.Contains(after, run.Input.SyntaxTrees[0].ToString(), StringComparison.Ordinal);
        Assert.All(run.Reasons(ModelPipeline.Steps.Models), reason => Assert.True(IsCached(reason), edit));
        Assert.All(run.OutputReasons, reason => Assert.True(IsCached(reason), edit));
        run.Compile();
    }

    [Fact]
    public void An_edit_of_another_file_regenerates_nothing()
    {
        GeneratorRun run = GeneratorHarness.Run([Source, "public class Other;"]).Edit(1, "public class Other { public int X; }");
        Assert.Equal(2, run.Reasons(ModelPipeline.Steps.Models).Count());
        Assert.All(run.Reasons(ModelPipeline.Steps.Models), static reason => Assert.True(IsCached(reason)));
        Assert.All(run.OutputReasons, static reason => Assert.True(IsCached(reason)));
    }

    [Fact]
    public void Another_shape_regenerates_that_model_only()
    {
        GeneratorRun run = GeneratorHarness.Run(Source).Edit(0, Source.Replace("n 2", "n 3", StringComparison.Ordinal));
        IncrementalStepRunReason[] reasons = [.. run.Reasons(ModelPipeline.Steps.Models)];
        Assert.Equal(2, reasons.Length);
        Assert.Equal(IncrementalStepRunReason.Modified, reasons[0]);
        Assert.True(IsCached(reasons[1]));
        Assert.Contains("__Dim_n, 3", run.Generated("Part.Parameters.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_in_another_file_that_matters_is_seen()
    {
        const string Options = "public sealed record Options(int Width);";
        const string Model = """
            [Differentiable]
            public sealed partial class Net(Options options) { [Parameter("options.Width")] public partial Tensor<float> W { get; } }
            """;
        GeneratorRun run = GeneratorHarness.Run([Model, Options]);
        run.Compile();
        run = run.Edit(1, Options.Replace("int", "long", StringComparison.Ordinal));
        Assert.Equal(["DIFF0110: options.Width"], run.Reported);
        Assert.Empty(run.GeneratedSources);
    }

    [Fact]
    public void Cached_models_hold_no_symbols_syntax_or_compilations()
    {
        GeneratorRun run = GeneratorHarness.Run(Source);
        object[] models = [.. run.Steps(ModelPipeline.Steps.Models).SelectMany(static step => step.Outputs).Select(static output => output.Value)];
        Assert.Equal(2, models.Length);
        var visited = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (object model in models)
            Visit(model, visited);
        Assert.True(visited.Count > 10);
    }

    private static bool IsCached(IncrementalStepRunReason reason)
        => reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged;

    private static void Visit(object? node, HashSet<object> visited)
    {
        if (node is null || !visited.Add(node))
            return;
        Assert.False(node is ISymbol or SyntaxNode or SyntaxTree or Compilation or SemanticModel or Location, node.GetType().ToString());
        if (node is string || node.GetType().IsPrimitive)
            return;
        if (node is IEnumerable items)
        {
            foreach (object? item in items)
                Visit(item, visited);
            return;
        }
        foreach (FieldInfo field in node.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            Visit(field.GetValue(node), visited);
    }
}
