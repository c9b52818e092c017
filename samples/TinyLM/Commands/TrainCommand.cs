using System.CommandLine;
using AutoDiff.NeuralNetworks;

namespace TinyLM.Cli;

/// <summary><c>train</c>: learns a text, shows how it goes, saves the model and writes a sample.</summary>
internal sealed class TrainCommand(
    Terminal terminal, Func<LanguageModelConfig, ulong, ILanguageModel> createModel, CancellationToken stop)
{
    private const string DefaultFile = "tinylm.safetensors";
    private static readonly string Presets = string.Join(", ", LanguageModelConfig.Presets.Select(p => p.Name));

    private readonly Option<string?> _text = new("--text")
    {
        Description = "The file to learn (UTF-8); default: this program's own source.",
    };
    private readonly Option<string?> _config = new("--config")
    {
        Description = $"The size of the model: {Presets}. Default: {RunSettings.DefaultConfig}.",
    };
    private readonly Option<long?> _steps = new("--steps")
    {
        Description = $"The number of training steps. Default: {RunSettings.DefaultSteps}.",
    };
    private readonly Option<int?> _batch = new("--batch")
    {
        Description = "The number of windows of a step. Default: that of the configuration.",
    };
    private readonly Option<double?> _learningRate = new("--learning-rate")
    {
        Description = FormattableString.Invariant($"The highest learning rate. Default: {RunSettings.DefaultLearningRate}."),
    };
    private readonly Option<int?> _interval = new("--eval-interval")
    {
        Description = $"The number of steps between validations; each also saves. Default: {RunSettings.DefaultEvaluationInterval}.",
    };
    private readonly Option<ulong?> _seed = new("--seed") { Description = "The seed of everything random. Default: 1." };
    private readonly Option<string?> _out = new("--out")
    {
        Description = $"The checkpoint to write. Default: {DefaultFile}, or that of --resume.",
    };
    private readonly Option<string?> _resume = new("--resume") { Description = "A checkpoint to go on from, with its own settings." };
    private readonly ThreadsOption _threads = new();
    private readonly SamplingOptions _sampling = new(defaultLength: 300, withSeed: false);

    public Command Build()
    {
        var command = new Command("train", "Trains a model, saves it, and writes a sample.");
        Configure(command);
        return command;
    }

    /// <summary>Makes a command this one; the root command is it, too.</summary>
    public void Configure(Command command)
    {
        foreach (Option option in new Option[] { _text, _config, _steps, _batch, _learningRate, _interval, _seed, _out, _resume })
            command.Add(option);
        _threads.AddTo(command);
        _sampling.AddTo(command);
        command.SetAction(Run);
    }

    private int Run(ParseResult parse)
    {
        _threads.Apply(parse);
        var sampler = _sampling.Read(parse);
        int length = _sampling.Length(parse);
        string? resume = parse.GetValue(_resume);
        string path = OutputPath(parse.GetValue(_out) ?? resume ?? DefaultFile);
        var run = resume is null ? Start(parse) : Resume(parse, resume);
        terminal.Output.WriteLine(run.Describe());

        TrainingReport report = terminal.Live is { } live ? new LiveReport(live) : new PlainReport(terminal.Output);
        run.Train(report, path, stop);
        run.Save(path);
        if (stop.IsCancellationRequested && !run.IsComplete)
        {
            terminal.Output.WriteLine($"Stopped after step {run.Trainer.Step}; saved {path}. Go on with: TinyLM train --resume {path}");
            return ExitCodes.Interrupted;
        }
        terminal.Output.WriteLine($"Saved {path}. Write more with: TinyLM generate --checkpoint {path}");
        if (length > 0) Writing.Sample(terminal.Output, run.Saved, _sampling.Prompt(parse), length, sampler, stop);
        return ExitCodes.Success;
    }

    private TrainingRun Start(ParseResult parse)
    {
        var config = Preset(parse.GetValue(_config) ?? RunSettings.DefaultConfig);
        if (parse.GetValue(_batch) is { } batch) config = config with { BatchSize = UsageError.InRange("--batch", batch, 1, 1 << 16) };
        double rate = parse.GetValue(_learningRate) ?? RunSettings.DefaultLearningRate;
        int interval = parse.GetValue(_interval) ?? RunSettings.DefaultEvaluationInterval;
        var settings = new RunSettings
        {
            TextPath = parse.GetValue(_text) is { } text ? Path.GetFullPath(text) : null,
            Seed = parse.GetValue(_seed) ?? 1,
            Steps = UsageError.InRange("--steps", parse.GetValue(_steps) ?? RunSettings.DefaultSteps, 1, long.MaxValue),
            LearningRate = UsageError.Positive("--learning-rate", rate, 10),
            EvaluationInterval = UsageError.InRange("--eval-interval", interval, 1, int.MaxValue),
        };
        return TrainingRun.Start(config, settings, createModel);
    }

    private TrainingRun Resume(ParseResult parse, string path)
    {
        // The run goes on with the settings it has; others would make it another run.
        foreach (Option option in new Option[] { _config, _batch, _learningRate, _interval, _seed })
            if (parse.GetResult(option) is not null)
                throw new UsageError($"{option.Name} cannot be changed with --resume.");
        long? steps = parse.GetValue(_steps);
        if (steps is { } total) UsageError.InRange("--steps", total, 1, long.MaxValue);
        return TrainingRun.Resume(path, parse.GetValue(_text), steps, createModel);
    }

    public static LanguageModelConfig Preset(string name) => LanguageModelConfig.Presets.FirstOrDefault(p => p.Name == name)
        ?? throw new UsageError($"--config: expected one of {Presets}, got '{name}'.");

    /// <summary>Checks before the training what would fail after it.</summary>
    private static string OutputPath(string path)
    {
        if (path.Length == 0 || Directory.Exists(path)) throw new UserError($"--out: '{path}' is not the name of a file.");
        string? folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (!Directory.Exists(folder)) throw new UserError($"--out: there is no folder '{folder}'.");
        try
        {
            File.Create(Path.Combine(folder, $".tinylm.{Guid.NewGuid():N}.tmp"), bufferSize: 1, FileOptions.DeleteOnClose).Dispose();
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"--out: nothing can be written to the folder '{folder}'.", e);
        }
    }
}
