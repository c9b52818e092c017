using System.Text.Json;

namespace AutoDiff.NeuralNetworks;

/// <summary>Reads tokenizers back from the descriptions that checkpoints carry.</summary>
public static class Tokenizers
{
    /// <summary>The tokenizer that <see cref="ITokenizer.ToJson"/> described.</summary>
    /// <exception cref="TokenizationException">The text is not such a description.</exception>
    public static ITokenizer FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json);
            string? type = document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("type", out var element) && element.ValueKind == JsonValueKind.String
                ? element.GetString()
                : throw new TokenizationException("The description of a tokenizer has no \"type\".");
            return type == CharacterTokenizer.TypeName
                ? CharacterTokenizer.Read(document.RootElement)
                : throw new TokenizationException($"Unknown type of tokenizer \"{type}\"; expected \"{CharacterTokenizer.TypeName}\".");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new TokenizationException($"The description of a tokenizer is not valid JSON: {e.Message}", e);
        }
    }
}
