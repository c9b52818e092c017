namespace AutoDiff.NeuralNetworks.Tests;

public sealed class GenerateAndEvalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _model;

    public GenerateAndEvalTests()
    {
        _model = _folder.File("m.safetensors");
        File.WriteAllText(_folder.File("t"), string.Concat(Enumerable.Repeat("abcd\n", 200)));
        var run = CommandLine.Run(
            "--text", _folder.File("t"), "--config", "tiny", "--steps", "200", "--learning-rate", "0.2", "--out", _model, "--length", "0");
        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        Assert.DoesNotContain("sample", run.Output);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void GenerateContinuesThePrompt()
    {
        var run = CommandLine.Run("generate", "--checkpoint", _model, "--prompt", "ab", "--length", "8", "--temperature", "0");
        Assert.Equal("abcd\nabcd\n" + Environment.NewLine, run.Output);
        Assert.Equal(("", 0), (run.Error, run.ExitCode));
    }

    [Fact]
    public void GenerateFollowsTheSeed()
    {
        string Text(string seed) => CommandLine.Run("generate", "--checkpoint", _model, "--temperature", "100", "--seed", seed).Output;
        Assert.Equal(Text("1"), Text("1"));
        Assert.NotEqual(Text("1"), Text("2"));
        Assert.Contains("@", CommandLine.Run("generate", "--checkpoint", _model, "--prompt", "@x").Error); // a prompt, not a response file
    }

    [Fact]
    public void EvalMeasuresTheLastTenthOrAnotherText()
    {
        var own = CommandLine.Run("eval", "--checkpoint", _model, "--batches", "3");
        Assert.Matches(@"\(validation\): loss 0\.0\d{3} nats, 0\.\d{4} bits per character, perplexity 1\.\d{3}", own.Output);
        Assert.Contains("(after step 200; 100 characters, 3 batches)", own.Output);
        File.WriteAllText(_folder.File("other"), string.Concat(Enumerable.Repeat("dcba\n", 20)));
        Assert.Matches(@"other: loss [1-9]", CommandLine.Run("eval", "--checkpoint", _model, "--text", _folder.File("other")).Output);
        File.WriteAllText(_folder.File("other"), "xyz");
        Assert.Contains("'x'", CommandLine.Run("eval", "--checkpoint", _model, "--text", _folder.File("other")).ErrorLine());
    }

    [Fact]
    public void SummaryListsTheParameters()
    {
        string output = CommandLine.Run("summary", "--checkpoint", _model).Output;
        Assert.Contains("step 200 of 200", output);
        Assert.Contains("tiny: 1 layers, 2 heads, 32 wide, feed-forward 64, context 32, 5 tokens, RmsNorm", output);
        Assert.Matches(@"Table +5, 5 +25", output);
        Assert.Contains("Table", CommandLine.Run("summary", "--config", "gpt-cpu").Output);
    }
}
