using System.CommandLine;

namespace TinyLM.Cli;

/// <summary><c>--checkpoint</c>: the model that a command works with.</summary>
internal sealed class CheckpointOption
{
    private readonly Option<string> _checkpoint = new("--checkpoint")
    {
        Description = "The model to load.", DefaultValueFactory = _ => "tinylm.safetensors",
    };

    public void AddTo(Command command) => command.Add(_checkpoint);

    public bool IsGiven(ParseResult parse) => parse.GetResult(_checkpoint) is { Implicit: false };

    public string Path(ParseResult parse) => parse.GetRequiredValue(_checkpoint);
}
