using AutoDiff.NeuralNetworks;

namespace TinyLM.Cli;

/// <summary>Writes with a model, piece by piece.</summary>
internal static class Writing
{
    /// <summary>A sample between two lines.</summary>
    public static void Sample(
        TextWriter output, SavedModel saved, string? prompt, int length, SamplerOptions options, CancellationToken stop)
    {
        output.WriteLine("-------- sample");
        Text(output, saved, prompt, length, options, stop);
        output.WriteLine("--------");
    }

    /// <summary>The prompt and what follows it.</summary>
    public static void Text(TextWriter output, SavedModel saved, string? prompt, int length, SamplerOptions options, CancellationToken stop)
    {
        prompt = string.IsNullOrEmpty(prompt) ? DefaultPrompt(saved.Tokenizer) : prompt;
        var generator = new TextGenerator(saved.Model, saved.Tokenizer, options);
        var pieces = generator.Stream(prompt, length); // an unknown character in the prompt is an error before anything is written
        output.Write(prompt.TrimStart('\n'));
        foreach (string piece in pieces)
        {
            if (stop.IsCancellationRequested) break;
            output.Write(piece);
            output.Flush();
        }
        output.WriteLine();
    }

    private static string DefaultPrompt(ITokenizer tokenizer)
    {
        string vocabulary = tokenizer.Decode([.. Enumerable.Range(0, tokenizer.VocabularySize)]);
        return vocabulary.Contains('\n') ? "\n" : tokenizer.Decode([0]);
    }
}
