namespace AutoDiff.NeuralNetworks;

/// <summary>Text to token ids in [0, <see cref="VocabularySize"/>) and back.</summary>
public interface ITokenizer
{
    /// <summary>The number of different tokens.</summary>
    int VocabularySize { get; }

    /// <summary>The ids of a text.</summary>
    /// <exception cref="TokenizationException">The text has something that the vocabulary has not.</exception>
    int[] Encode(ReadOnlySpan<char> text);

    /// <summary>The text of some ids.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An id is outside of the vocabulary.</exception>
    string Decode(ReadOnlySpan<int> tokens);

    /// <summary>A description from which <see cref="Tokenizers.FromJson"/> makes an equal tokenizer.</summary>
    string ToJson();
}
