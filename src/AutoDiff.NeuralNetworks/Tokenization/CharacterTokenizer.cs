using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AutoDiff.NeuralNetworks;

/// <summary>One token per character (Unicode code point); ids follow the order of the code points.</summary>
public sealed class CharacterTokenizer : ITokenizer
{
    internal const string TypeName = "character";

    private readonly Dictionary<int, int> _ids;
    private readonly int? _replacement;

    private CharacterTokenizer(IEnumerable<Rune> characters, Rune? replacement)
    {
        Vocabulary = [.. characters.Distinct().Order()];
        if (Vocabulary.Length == 0) throw new TokenizationException("A vocabulary needs at least one character; the text is empty.");
        _ids = new Dictionary<int, int>(Vocabulary.Length);
        for (int id = 0; id < Vocabulary.Length; id++) _ids.Add(Vocabulary[id].Value, id);
        if (replacement is { } rune)
            _replacement = _ids.TryGetValue(rune.Value, out int id)
                ? id
                : throw new TokenizationException($"The replacement {Describe(rune)} is not in the vocabulary.");
    }

    /// <summary>The characters, in the order of their ids.</summary>
    public ImmutableArray<Rune> Vocabulary { get; }

    /// <summary>What an unknown character becomes; null where it is an error.</summary>
    public Rune? Replacement => _replacement is { } id ? Vocabulary[id] : null;

    /// <inheritdoc/>
    public int VocabularySize => Vocabulary.Length;

    /// <summary>The tokenizer of all characters of a text.</summary>
    /// <param name="text">Anything but the empty text.</param>
    /// <param name="replacement">What stands for characters that are not in the text; it must itself be in it.</param>
    /// <exception cref="TokenizationException">The text is empty or has an unpaired surrogate, or lacks the replacement.</exception>
    public static CharacterTokenizer FromText(ReadOnlySpan<char> text, Rune? replacement = null)
    {
        var seen = new HashSet<Rune>();
        for (int at = 0; at < text.Length;)
            seen.Add(Next(text, ref at));
        return new CharacterTokenizer(seen, replacement);
    }

    /// <inheritdoc/>
    public int[] Encode(ReadOnlySpan<char> text)
    {
        var tokens = new int[text.Length];
        int count = 0;
        for (int at = 0; at < text.Length;)
        {
            int start = at;
            Rune character = Next(text, ref at);
            tokens[count++] = _ids.TryGetValue(character.Value, out int id) ? id : _replacement ?? throw new TokenizationException(
                string.Create(CultureInfo.InvariantCulture,
                    $"The character {Describe(character)} at index {start} is not among the {VocabularySize} of the vocabulary."));
        }
        Array.Resize(ref tokens, count); // shorter where there are surrogate pairs
        return tokens;
    }

    /// <inheritdoc/>
    public string Decode(ReadOnlySpan<int> tokens)
    {
        var text = new StringBuilder(tokens.Length);
        Span<char> utf16 = stackalloc char[2];
        for (int i = 0; i < tokens.Length; i++)
        {
            if ((uint)tokens[i] >= (uint)VocabularySize)
                throw new ArgumentOutOfRangeException(nameof(tokens), tokens[i],
                    string.Create(CultureInfo.InvariantCulture, $"tokens[{i}]: expected an id in [0, {VocabularySize})."));
            text.Append(utf16[..Vocabulary[tokens[i]].EncodeToUtf16(utf16)]);
        }
        return text.ToString();
    }

    /// <inheritdoc/>
    public string ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", TypeName);
            json.WriteString("vocabulary", string.Concat(Vocabulary));
            if (Replacement is { } rune) json.WriteString("replacement", rune.ToString());
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    internal static CharacterTokenizer Read(JsonElement json)
    {
        string vocabulary = json.TryGetProperty("vocabulary", out var element) && element.ValueKind == JsonValueKind.String
            ? element.GetString()!
            : throw new TokenizationException("The description of a character tokenizer has no \"vocabulary\".");
        Rune? replacement = null;
        if (json.TryGetProperty("replacement", out var single))
        {
            string text = single.ValueKind == JsonValueKind.String ? single.GetString()! : "";
            if (!Rune.TryGetRuneAt(text.Length > 0 ? text : "\uD800", 0, out Rune rune) || rune.Utf16SequenceLength != text.Length)
                throw new TokenizationException("The \"replacement\" of a character tokenizer is not one character.");
            replacement = rune;
        }
        var tokenizer = FromText(vocabulary, replacement);
        if (string.Concat(tokenizer.Vocabulary) != vocabulary)
            throw new TokenizationException("The \"vocabulary\" of a character tokenizer is not in rising order of code points.");
        return tokenizer;
    }

    private static Rune Next(ReadOnlySpan<char> text, ref int at)
    {
        if (Rune.DecodeFromUtf16(text[at..], out Rune rune, out int length) != OperationStatus.Done)
            throw new TokenizationException(string.Create(CultureInfo.InvariantCulture,
                $"The text has an unpaired surrogate U+{(int)text[at]:X4} at index {at}."));
        at += length;
        return rune;
    }

    private static string Describe(Rune rune) => Rune.IsControl(rune) || Rune.IsWhiteSpace(rune)
        ? string.Create(CultureInfo.InvariantCulture, $"U+{rune.Value:X4}")
        : string.Create(CultureInfo.InvariantCulture, $"'{rune}' (U+{rune.Value:X4})");
}
