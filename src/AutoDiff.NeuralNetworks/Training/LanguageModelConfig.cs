using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using static System.FormattableString;

namespace AutoDiff.NeuralNetworks;

/// <summary>The sizes of a decoder-only transformer, and the batch it is usually trained with.</summary>
public sealed record LanguageModelConfig
{
    /// <summary>Its name, such as that of the preset it comes from.</summary>
    public string Name { get; init; } = "custom";

    /// <summary>The number of blocks.</summary>
    public int Layers { get; init => field = InRange(value, 1 << 10, nameof(Layers)); } = 4;

    /// <summary>The number of attention heads of a block; divides <see cref="Width"/>.</summary>
    public int Heads { get; init => field = InRange(value, 1 << 10, nameof(Heads)); } = 4;

    /// <summary>The number of channels between blocks.</summary>
    public int Width { get; init => field = InRange(value, 1 << 16, nameof(Width)); } = 128;

    /// <summary>The number of channels inside of the feed-forward part.</summary>
    public int FeedForward { get; init => field = InRange(value, 1 << 18, nameof(FeedForward)); } = 512;

    /// <summary>The largest number of tokens that the model sees at once.</summary>
    public int ContextLength { get; init => field = InRange(value, 1 << 20, nameof(ContextLength)); } = 64;

    /// <summary>The number of different tokens.</summary>
    public int VocabularySize { get; init => field = InRange(value, 1 << 22, nameof(VocabularySize)); } = 65;

    /// <summary>The number of windows of a training step.</summary>
    public int BatchSize { get; init => field = InRange(value, 1 << 16, nameof(BatchSize)); } = 12;

    /// <summary>The normalisation.</summary>
    public Normalization Normalization { get; init; }

    /// <summary>11,392 parameters with 65 characters: for tests and for the impatient.</summary>
    public static LanguageModelConfig Tiny { get; } = new()
    {
        Name = "tiny", Layers = 1, Heads = 2, Width = 32, FeedForward = 64, ContextLength = 32, BatchSize = 32,
        Normalization = Normalization.RmsNorm,
    };

    /// <summary>nanoGPT's recipe for a CPU: 804,096 parameters with 65 characters.</summary>
    public static LanguageModelConfig GptCpu { get; } = new() { Name = "gpt-cpu" };

    /// <summary>nanoGPT's baby GPT: 10.7 million parameters.</summary>
    public static LanguageModelConfig Baby { get; } = new()
    {
        Name = "baby", Layers = 6, Heads = 6, Width = 384, FeedForward = 1536, ContextLength = 256, BatchSize = 8,
    };

    /// <summary>The configurations that have names.</summary>
    public static ImmutableArray<LanguageModelConfig> Presets { get; } = [Tiny, GptCpu, Baby];

    /// <summary>The preset of a name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static LanguageModelConfig Preset(string name) => Presets.FirstOrDefault(p => p.Name == name)
        ?? throw new ArgumentException(
            $"name: expected one of {string.Join(", ", Presets.Select(p => p.Name))}, got '{name}'.", nameof(name));

    /// <summary>This configuration, if its sizes fit each other.</summary>
    /// <exception cref="ArgumentException">The heads do not divide the width.</exception>
    public LanguageModelConfig Validated() => Width % Heads == 0
        ? this
        : throw new ArgumentException(Invariant($"Heads: expected a divisor of Width = {Width}, got {Heads}."));

    /// <summary>This configuration as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, LanguageModelJson.Default.LanguageModelConfig);

    /// <summary>The configuration that <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not such a configuration.</exception>
    public static LanguageModelConfig FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            return (JsonSerializer.Deserialize(json, LanguageModelJson.Default.LanguageModelConfig)
                ?? throw new FormatException("The configuration of a model is null.")).Validated();
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw new FormatException($"The configuration of a model is not valid: {e.Message}", e);
        }
    }

    // The limits are far above what one machine trains: they keep a damaged checkpoint from asking for a billion layers.
    private static int InRange(int value, int maximum, string name) => value > 0 && value <= maximum
        ? value
        : throw new ArgumentOutOfRangeException(name, value, Invariant($"{name}: expected an integer from 1 to {maximum}."));
}

/// <summary>Serialisation without reflection, strict about what it does not know.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(LanguageModelConfig))]
internal sealed partial class LanguageModelJson : JsonSerializerContext;
