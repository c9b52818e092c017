using System.CommandLine;
using AutoDiff.NeuralNetworks;

namespace TinyLM.Cli;

/// <summary>The options that say how to write.</summary>
internal sealed class SamplingOptions(int defaultLength, bool withSeed)
{
    private readonly Option<string?> _prompt = new("--prompt") { Description = "What the text begins with. Default: a new line." };
    private readonly Option<int> _length = new("--length")
    {
        Description = "The number of characters to write.", DefaultValueFactory = _ => defaultLength,
    };
    private readonly Option<double> _temperature = new("--temperature")
    {
        Description = "Below 1 safer, above 1 wilder, 0 always the likeliest.", DefaultValueFactory = _ => 0.8,
    };
    private readonly Option<int> _topK = new("--top-k") { Description = "Choose among the k likeliest; 0 for all." };
    private readonly Option<double> _topP = new("--top-p")
    {
        Description = "Choose among the likeliest that make up this probability.", DefaultValueFactory = _ => 1,
    };
    private readonly Option<double> _minP = new("--min-p")
    {
        Description = "Choose among those at least this times as likely as the likeliest.",
    };
    private readonly Option<double> _penalty = new("--repetition-penalty")
    {
        Description = "Above 1: avoid characters that were there.", DefaultValueFactory = _ => 1,
    };
    private readonly Option<ulong> _seed = new("--seed") { Description = "The seed of the choices.", DefaultValueFactory = _ => 1 };

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _prompt, _length, _temperature, _topK, _topP, _minP, _penalty }) command.Add(option);
        if (withSeed) command.Add(_seed);
    }

    public string? Prompt(ParseResult parse) => parse.GetValue(_prompt);

    public int Length(ParseResult parse) => UsageError.InRange("--length", parse.GetValue(_length), 0, int.MaxValue);

    public SamplerOptions Read(ParseResult parse)
    {
        double topP = parse.GetValue(_topP), penalty = parse.GetValue(_penalty);
        return new SamplerOptions
        {
            Temperature = UsageError.InRange("--temperature", parse.GetValue(_temperature), 0, 1000),
            TopK = UsageError.InRange("--top-k", parse.GetValue(_topK), 0, int.MaxValue),
            TopP = UsageError.Positive("--top-p", topP, 1),
            MinP = UsageError.InRange("--min-p", parse.GetValue(_minP), 0, 1),
            RepetitionPenalty = UsageError.Positive("--repetition-penalty", penalty, 1000),
            RepetitionWindow = 64,
            Seed = withSeed ? parse.GetValue(_seed) : 1,
        };
    }
}
