using System.Globalization;
using AutoDiff.NeuralNetworks;

namespace TinyLM.Cli;

/// <summary>The text of a run as tokens.</summary>
internal static class RunData
{
    private const double ValidationShare = 0.1;

    /// <summary>The tokenizer of a text.</summary>
    /// <exception cref="UserError">The text has only one different character, so that there is nothing to predict.</exception>
    public static CharacterTokenizer Tokenizer(TextSource text)
    {
        var tokenizer = CharacterTokenizer.FromText(text.Content);
        return tokenizer.VocabularySize > 1
            ? tokenizer
            : throw new UserError(string.Create(CultureInfo.InvariantCulture,
                $"{text.Name}: has only one different character (U+{tokenizer.Vocabulary[0].Value:X4}); there is nothing to predict."));
    }

    /// <summary>The first nine tenths, for training, and the last tenth, for validation.</summary>
    public static (TokenDataset Training, TokenDataset Validation) Split(TextSource text, ITokenizer tokenizer) =>
        new TokenDataset(tokenizer.Encode(text.Content), text.Name).Split(ValidationShare);

    /// <summary>The last tenth.</summary>
    public static TokenDataset Validation(TextSource text, ITokenizer tokenizer) => Split(text, tokenizer).Validation;

    /// <summary>Windows, where the text is long enough for them.</summary>
    /// <exception cref="UserError">It is too short.</exception>
    public static T Checked<T>(Func<T> windows) where T : ITokenBatches
    {
        try
        {
            return windows();
        }
        catch (ArgumentException e)
        {
            throw new UserError(e.Message, e);
        }
    }
}
