using TinyLM.Cli;

namespace AutoDiff.NeuralNetworks.Tests;

public sealed class TrainCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _text, _out;

    public TrainCommandTests()
    {
        _text = _folder.File("text.txt");
        _out = _folder.File("model.safetensors");
        File.WriteAllText(_text, string.Concat(Enumerable.Repeat("the quick brown fox jumps over the lazy dog\n", 60)));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true), InlineData(false)]
    public void TrainsSavesAndWritesASample(bool namesTheCommand)
    {
        string[] options = Train("--steps", "40", "--eval-interval", "20"), command = namesTheCommand ? ["train"] : [];
        var run = CommandLine.Run([.. command, .. options]);
        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        Assert.Contains("Training tiny (812 parameters) on", run.Output); // 28 characters: 28 · 28 + 28
        Assert.Matches(@"step +1/40  loss 3\.\d{4}  norm", run.Output);
        Assert.Matches(@"step +20/40  loss \d\.\d{4}  validation \d\.\d{4}  norm", run.Output);
        Assert.Matches(@"step +40/40  loss \d\.\d{4}  validation \d\.\d{4}  norm .* tokens/s", run.Output);
        Assert.Contains("-------- sample", run.Output);
        Assert.True(File.Exists(_out));
    }

    [Fact]
    public void AnInterruptedRunGoesOnBitForBit()
    {
        string straight = _folder.File("straight"), second = _folder.File("second");
        CommandLine.Run(Train("--steps", "30", "--out", straight));

        using var source = new CancellationTokenSource();
        using var output = new StopAt("step      5/30", source);
        var stopped = CommandLine.Run(output, source.Token, Train("--steps", "30", "--eval-interval", "5"));
        Assert.Equal(ExitCodes.Interrupted, stopped.ExitCode);
        Assert.Contains($"Stopped after step 5; saved {_out}. Go on with: TinyLM train --resume {_out}", stopped.Output);

        // The interval of validations is a setting of the run; without it, the metadata would differ.
        CommandLine.Run(Train("--steps", "30", "--eval-interval", "5", "--out", straight));
        var resumed = CommandLine.Run("train", "--resume", _out, "--out", second, "--length", "0");
        Assert.Equal(0, resumed.ExitCode);
        Assert.Contains("from step 5: 30 steps", resumed.Output);
        Assert.Equal(File.ReadAllBytes(straight), File.ReadAllBytes(second));
    }

    [Fact]
    public void ResumingWritesToTheSameFileByDefaultAndCanGoFurther()
    {
        CommandLine.Run(Train("--steps", "10"));
        Assert.Contains("has done 10 of 10 steps", CommandLine.Run("--resume", _out).ErrorLine());
        Assert.Equal(0, CommandLine.Run("--resume", _out, "--steps", "12", "--length", "0").ExitCode);
        Assert.Contains("step 12 of 10", CommandLine.Run("summary", "--checkpoint", _out).Output);
    }

    [Fact]
    public void TheNumberOfThreadsDoesNotMatter()
    {
        int threads = AutoDiff.Parallel.ForkJoin.MaxThreads;
        try
        {
            string one = _folder.File("one"), two = _folder.File("two");
            CommandLine.Run(Train("--steps", "5", "--out", one, "--threads", "1"));
            CommandLine.Run(Train("--steps", "5", "--out", two, "--threads", "2"));
            Assert.Equal(File.ReadAllBytes(one), File.ReadAllBytes(two));
        }
        finally
        {
            AutoDiff.Parallel.ForkJoin.MaxThreads = threads;
        }
    }

    [Fact]
    public void SettingsOfARunCannotChangeWhenItResumes()
    {
        CommandLine.Run(Train("--steps", "4"));
        Assert.Contains("--seed cannot be changed with --resume", CommandLine.Run("--resume", _out, "--seed", "2").ErrorLine());
        Assert.Contains("--config cannot be changed", CommandLine.Run("--resume", _out, "--config", "tiny").ErrorLine());
        File.AppendAllText(_text, "more");
        Assert.Contains("its contents have changed", CommandLine.Run("--resume", _out, "--steps", "9").ErrorLine());
        File.Delete(_text);
        Assert.Contains("there is no such file", CommandLine.Run("--resume", _out, "--steps", "9").ErrorLine());
    }

    [Fact]
    public void DivergenceIsSaidInOneLine()
    {
        var run = CommandLine.Run(static (config, seed) => new BigramModel(config, seed) { FailsAtCall = 3 }, Train("--steps", "10"));
        Assert.Equal(ExitCodes.Failure, run.ExitCode);
        Assert.StartsWith("tinylm: the training has diverged at step 2: The gradient of 'Table' is NaN at element 0.", run.Error);
        Assert.Single(run.Error.Trim().Split('\n'));
    }

    private string[] Train(params string[] options)
    {
        string[] output = options.Contains("--out") ? [] : ["--out", _out];
        return ["--text", _text, "--config", "tiny", "--batch", "2", "--length", "40", .. options, .. output];
    }

    /// <summary>Asks the program to stop as soon as it has written a text.</summary>
    private sealed class StopAt(string text, CancellationTokenSource source) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value!.StartsWith(text, StringComparison.Ordinal)) source.Cancel();
        }
    }
}
