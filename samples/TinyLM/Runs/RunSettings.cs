using System.Text.Json;
using System.Text.Json.Serialization;

namespace TinyLM.Cli;

/// <summary>What, with the configuration of the model and the text, determines a run to the last bit.</summary>
internal sealed record RunSettings
{
    public const string DefaultConfig = "gpt-cpu";
    public const long DefaultSteps = 2000;
    public const double DefaultLearningRate = 1e-3;
    public const int DefaultEvaluationInterval = 250;

    /// <summary>The full path of the text; null for this program's own source.</summary>
    public required string? TextPath { get; init; }

    /// <summary><see cref="TextSource.Hash"/>; empty until the text was read.</summary>
    public string TextHash { get; init; } = "";

    public required ulong Seed { get; init; }

    /// <summary>The steps that the learning rate is scheduled over.</summary>
    public required long Steps { get; init; }

    public required double LearningRate { get; init; }

    public required int EvaluationInterval { get; init; }

    /// <summary>Reads the text of the run, from another path where one is given.</summary>
    /// <exception cref="UserError">It is not there, or not the text that the run began with.</exception>
    public TextSource ReadText(string? otherPath)
    {
        string? path = otherPath ?? TextPath;
        var text = path is null ? RepositoryText.Read() : TextSource.Read(path);
        return TextHash.Length == 0 || text.Hash == TextHash
            ? text
            : throw new UserError($"{text.Name}: is not the text that the run was started with; its contents have changed.");
    }

    public string ToJson() => JsonSerializer.Serialize(this, RunSettingsJson.Default.RunSettings);

    /// <exception cref="FormatException">The text is not such a description, or has values that make no sense.</exception>
    public static RunSettings FromJson(string json)
    {
        try
        {
            var settings = JsonSerializer.Deserialize(json, RunSettingsJson.Default.RunSettings);
            return settings is { Steps: > 0, EvaluationInterval: > 0, LearningRate: > 0 and <= 10, TextHash: not null }
                ? settings
                : throw new FormatException("The settings of the run are not valid: a number is out of its range.");
        }
        catch (JsonException e)
        {
            throw new FormatException($"The settings of the run are not valid: {e.Message}", e);
        }
    }
}

/// <summary>Serialisation without reflection, strict about what it does not know.</summary>
[JsonSourceGenerationOptions(UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(RunSettings))]
internal sealed partial class RunSettingsJson : JsonSerializerContext;
