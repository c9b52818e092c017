namespace AutoDiff.Generators.Tests.Models;

/// <summary>What is wrong is reported at the very token, and nothing is generated for the type.</summary>
public sealed class ModelDiagnosticsTests
{
    [Theory]
    [InlineData("DIFF0101: Model", """[Differentiable] public class Model { [Parameter("1")] public partial Tensor<float> W { get; } }""")]
    [InlineData("DIFF0101: Outer", """
        public class Outer { [Differentiable] public partial class Model { [Parameter("1")] public partial Tensor<float> W { get; } } }
        """)]
    [InlineData("DIFF0102: W", """public partial class Model { [Parameter("1")] public partial Tensor<float> W { get; } }""")]
    [InlineData("DIFF0103: Model", """[Differentiable] public partial struct Model { [Parameter("1")] public partial Tensor<float> W { get; } }""")]
    [InlineData("DIFF0104: Model", """[Differentiable] file partial class Model { [Parameter("1")] public partial Tensor<float> W { get; } }""")]
    [InlineData("DIFF0105: W", """[Differentiable] public partial class Model { [Parameter("1")] public Tensor<float> W { get; } = null!; }""")]
    [InlineData("DIFF0106: set;", """[Differentiable] public partial class Model { [Parameter("1")] public partial Tensor<float> W { get; set; } }""")]
    [InlineData("DIFF0107: float[]", """[Differentiable] public partial class Model { [Parameter("1")] public partial float[] W { get; } }""")]
    [InlineData("DIFF0107: Tensor<Half>", """[Differentiable] public partial class Model { [Parameter("1")] public partial Tensor<Half> W { get; } }""")]
    [InlineData("DIFF0107: Tensor<float>?", """[Differentiable] public partial class Model { [Parameter("1")] public partial Tensor<float>? W { get; } }""")]
    [InlineData("DIFF0108: W", """[Differentiable] public partial class Model { [Parameter("1")] public static partial Tensor<float> W { get; } }""")]
    [InlineData("DIFF0110: inptus", """
        [Differentiable] public partial class Model(int inputs) { [Parameter("inputs 3*inptus")] public partial Tensor<float> W { get; } }
        """)]
    [InlineData("DIFF0110: options.Name", """
        public record Options(string Name);
        [Differentiable] public partial class Model(Options options) { [Parameter("options.Name")] public partial Tensor<float> W { get; } }
        """)]
    [InlineData("DIFF0110: scale", """
        [Differentiable] public partial class Model(float scale) { [Parameter("2 scale")] public partial Tensor<float> W { get; } }
        """)]
    [InlineData("DIFF0111: Tensor<double>", """
        [Differentiable] public partial class Model
        {
            [Parameter("1")] public partial Tensor<float> W { get; }
            [Parameter("1")] public partial Tensor<double> V { get; }
        }
        """)]
    [InlineData("DIFF0111: _part", """
        [Differentiable] public partial class Part { [Parameter("1")] public partial Tensor<double> V { get; } }
        [Differentiable] public partial class Model
        {
            private readonly Part _part = new();
            [Parameter("1")] public partial Tensor<float> W { get; }
        }
        """)]
    [InlineData("DIFF0112: Parts", """
        [Differentiable] public sealed partial class Part { [Parameter("1")] public partial Tensor<float> V { get; } }
        [Differentiable] public partial class Model { public Dictionary<string, Part> Parts { get; } = []; }
        """)]
    [InlineData("DIFF0112: Pair", """
        [Differentiable] public sealed partial class Part { [Parameter("1")] public partial Tensor<float> V { get; } }
        [Differentiable] public partial class Model { public (Part, int) Pair; }
        """)]
    [InlineData("DIFF0113: Inner", """
        [Differentiable] public partial class Model
        {
            private Part Inner { get; } = new();
            [Differentiable] private sealed partial class Part { [Parameter("1")] public partial Tensor<float> V { get; } }
        }
        """)]
    [InlineData("DIFF0114: Parameters", """
        [Differentiable] public partial class Model { public int Parameters; [Parameter("1")] public partial Tensor<float> W { get; } }
        """)]
    public void Is_reported_at_its_token(string expected, string source)
    {
        GeneratorRun run = GeneratorHarness.Run(source);
        Assert.Equal([expected], run.Reported);
        Assert.DoesNotContain(run.GeneratedSources.Keys, static name => name.EndsWith("Model.Parameters.g.cs", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "\"\"", "no dimension")]
    [InlineData("n*", "\"", "a dimension is missing")]
    [InlineData("(n+1", "\"", "')' is missing")]
    [InlineData("n ? 2", "?", "'?' is unexpected")]
    [InlineData("n %", "%", "'%' is unexpected")]
    [InlineData("batch ...", "...", "must know all its dimensions")]
    [InlineData("n _", "_", "must know all its dimensions")]
    [InlineData("n 99999999999", "99999999999", "not the length")]
    [InlineData("0 n", "0", "not the length")]
    [InlineData("n..m", "n..m", "must know all its dimensions")]
    public void An_unreadable_shape_is_reported_at_the_piece_that_is_wrong(string shape, string at, string reason)
    {
        GeneratorRun run = GeneratorHarness.Run(
            $$"""[Differentiable] public partial class Model(int n, int batch) { [Parameter("{{shape}}")] public partial Tensor<float> W { get; } }""");
        Assert.NotEmpty(run.Reported);
        Assert.All(run.Diagnostics, static diagnostic => Assert.Equal("DIFF0109", diagnostic.Id));
        Assert.Contains(reason, run.Diagnostics[0].GetMessage(), StringComparison.Ordinal);
        Assert.Equal("DIFF0109: " + (at == "\"\"" ? "\"" : at), run.Reported.Single());
    }

    [Fact]
    public void A_message_names_the_thing_and_what_to_do()
    {
        GeneratorRun run = GeneratorHarness.Run(
            """[Differentiable] public partial class Model(int inputs) { [Parameter("inptus")] public partial Tensor<float> W { get; } }""");
        Assert.Equal(
            "'inptus' in the shape of 'W' is neither a parameter of the primary constructor nor an integer field, property or constant of 'Model'",
            run.Diagnostics.Single().GetMessage());
    }
}
