using System.CommandLine;
using System.Globalization;
using AutoDiff.NeuralNetworks;

namespace TinyLM.Cli;

/// <summary><c>summary</c>: the parameters of a saved model, or of a configuration.</summary>
internal sealed class SummaryCommand(Terminal terminal, Func<LanguageModelConfig, ulong, ILanguageModel> createModel)
{
    private readonly CheckpointOption _checkpoint = new();
    private readonly Option<string?> _config = new("--config") { Description = "The name of a configuration, in place of a saved model." };

    public Command Build()
    {
        var command = new Command("summary", "Shows the sizes and the parameters of a model.");
        _checkpoint.AddTo(command);
        command.Add(_config);
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult parse)
    {
        var model = parse.GetValue(_config) is { } name ? FromPreset(parse, name) : FromCheckpoint(_checkpoint.Path(parse));
        var config = model.Config;
        terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{config.Name}: {config.Layers} layers, {config.Heads} heads, {config.Width} wide, feed-forward {config.FeedForward}, "
            + $"context {config.ContextLength}, {config.VocabularySize} tokens, {config.Normalization}"));
        terminal.Output.WriteLine(model.Parameters.ToString());
        return ExitCodes.Success;
    }

    private ILanguageModel FromPreset(ParseResult parse, string name) => _checkpoint.IsGiven(parse)
        ? throw new UsageError("--config and --checkpoint exclude each other.")
        : createModel(TrainCommand.Preset(name), 0);

    private ILanguageModel FromCheckpoint(string path)
    {
        var saved = SavedModel.Load(path, createModel);
        terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}: step {saved.Step} of {saved.Settings.Steps}"));
        return saved.Model;
    }
}
