using System.Runtime.CompilerServices;
using static System.FormattableString;

namespace AutoDiff.NeuralNetworks;

/// <summary>Continues texts with a model.</summary>
/// <remarks>The same prompt and the same seed give the same text.</remarks>
public sealed class TextGenerator
{
    private readonly ILanguageModel _model;
    private readonly ITokenizer _tokenizer;

    /// <summary>A generator.</summary>
    /// <exception cref="ArgumentException">The model and the tokenizer have vocabularies of different sizes.</exception>
    public TextGenerator(ILanguageModel model, ITokenizer tokenizer, SamplerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(tokenizer);
        if (model.VocabularySize != tokenizer.VocabularySize)
            throw new ArgumentException(Invariant(
                $"tokenizer: expected the {model.VocabularySize} tokens of the model, got {tokenizer.VocabularySize}."), nameof(tokenizer));
        (_model, _tokenizer, Options) = (model, tokenizer, options ?? new SamplerOptions());
    }

    /// <summary>How tokens are chosen.</summary>
    public SamplerOptions Options { get; }

    /// <summary>The tokens after some others, one by one; without end where <paramref name="count"/> is not given.</summary>
    /// <exception cref="ArgumentException">The prompt is empty.</exception>
    public IEnumerable<int> Continue(ReadOnlyMemory<int> prompt, long count = long.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (prompt.IsEmpty) throw new ArgumentException("prompt: expected at least one token, got none.", nameof(prompt));
        return Run(prompt, count);
    }

    /// <summary>The text after a prompt, in pieces as they come.</summary>
    /// <exception cref="ArgumentException">The prompt is empty.</exception>
    /// <exception cref="TokenizationException">The prompt has something that the vocabulary has not.</exception>
    public IEnumerable<string> Stream(string prompt, long count)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        return Continue(_tokenizer.Encode(prompt), count).Select(token => _tokenizer.Decode([token]));
    }

    /// <summary>The text after a prompt, in pieces as they come; each is computed on the thread pool.</summary>
    /// <exception cref="ArgumentException">The prompt is empty.</exception>
    /// <exception cref="TokenizationException">The prompt has something that the vocabulary has not.</exception>
    public async IAsyncEnumerable<string> StreamAsync(
        string prompt, long count, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var pieces = Stream(prompt, count).GetEnumerator();
        while (await Task.Run(pieces.MoveNext, cancellationToken).ConfigureAwait(false))
            yield return pieces.Current;
    }

    /// <summary>The text after a prompt.</summary>
    /// <exception cref="ArgumentException">The prompt is empty.</exception>
    /// <exception cref="TokenizationException">The prompt has something that the vocabulary has not.</exception>
    public string Generate(string prompt, int count) => string.Concat(Stream(prompt, count));

    private IEnumerable<int> Run(ReadOnlyMemory<int> prompt, long count)
    {
        var session = _model.StartGeneration();
        var sampler = new Sampler(_model.VocabularySize, Options);
        var logits = new float[_model.VocabularySize];
        var history = new TokenHistory(Options, prompt.Span);
        int[] last = [0];
        for (long position = 0; position < count; position++)
        {
            session.Append(position == 0 ? prompt.Span : last, logits);
            last[0] = sampler.Next(logits, position, history.Tokens);
            history.Add(last[0]);
            yield return last[0];
        }
    }
}
