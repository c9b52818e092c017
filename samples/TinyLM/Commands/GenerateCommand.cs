using System.CommandLine;
using AutoDiff.NeuralNetworks;

namespace TinyLM.Cli;

/// <summary><c>generate</c>: writes with a saved model.</summary>
internal sealed class GenerateCommand(
    Terminal terminal, Func<LanguageModelConfig, ulong, ILanguageModel> createModel, CancellationToken stop)
{
    private readonly CheckpointOption _checkpoint = new();
    private readonly ThreadsOption _threads = new();
    private readonly SamplingOptions _sampling = new(defaultLength: 500, withSeed: true);

    public Command Build()
    {
        var command = new Command("generate", "Writes text with a saved model.");
        _checkpoint.AddTo(command);
        _sampling.AddTo(command);
        _threads.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult parse)
    {
        _threads.Apply(parse);
        var options = _sampling.Read(parse);
        int length = _sampling.Length(parse);
        var saved = SavedModel.Load(_checkpoint.Path(parse), createModel);
        Writing.Text(terminal.Output, saved, _sampling.Prompt(parse), length, options, stop);
        return stop.IsCancellationRequested ? ExitCodes.Interrupted : ExitCodes.Success;
    }
}
