using System.CommandLine;
using System.Globalization;
using AutoDiff.NeuralNetworks;

namespace TinyLM.Cli;

/// <summary><c>eval</c>: the loss of a saved model on the part of its text that it has not learned, or on another text.</summary>
internal sealed class EvalCommand(
    Terminal terminal, Func<LanguageModelConfig, ulong, ILanguageModel> createModel, CancellationToken stop)
{
    private readonly CheckpointOption _checkpoint = new();
    private readonly ThreadsOption _threads = new();
    private readonly Option<string?> _text = new("--text")
    {
        Description = "The file to predict; default: the last tenth of what was learned.",
    };
    private readonly Option<int> _batches = new("--batches")
    {
        Description = "The number of batches, spread evenly over the text.", DefaultValueFactory = _ => 100,
    };

    public Command Build()
    {
        var command = new Command("eval", "Measures how well a saved model predicts a text.");
        _checkpoint.AddTo(command);
        command.Add(_text);
        command.Add(_batches);
        _threads.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult parse)
    {
        _threads.Apply(parse);
        int count = UsageError.InRange("--batches", parse.GetValue(_batches), 1, 1_000_000);
        var saved = SavedModel.Load(_checkpoint.Path(parse), createModel);
        var data = Data(parse, saved);
        var config = saved.Model.Config;
        var windows = RunData.Checked(() => new EvenWindows(data, config.ContextLength, config.BatchSize, count));
        double loss = new Evaluation(saved.Model, windows).Loss(stop);
        terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{data.Name}: loss {loss:F4} nats, {LanguageMetrics.BitsPerToken(loss):F4} bits per character, "
            + $"perplexity {LanguageMetrics.Perplexity(loss):F3} (after step {saved.Step}; {data.Length} characters, {count} batches)"));
        return ExitCodes.Success;
    }

    private TokenDataset Data(ParseResult parse, SavedModel saved)
    {
        if (parse.GetValue(_text) is not { } path) return RunData.Validation(saved.Settings.ReadText(null), saved.Tokenizer);
        var text = TextSource.Read(path);
        return new TokenDataset(saved.Tokenizer.Encode(text.Content), text.Name);
    }
}
