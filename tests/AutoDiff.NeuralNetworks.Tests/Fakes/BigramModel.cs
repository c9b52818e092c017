using System.Numerics.Tensors;

namespace AutoDiff.NeuralNetworks.Tests;

/// <summary>
/// The smallest language model: the logits after a token are its row of a table. Its gradient, softmax − one-hot, is written out here
/// because tests of training must not depend on the compiler under test.
/// </summary>
internal sealed class BigramModel : ILanguageModel
{
    private readonly FakeParameters _parameters;
    private readonly ParameterSlot<float> _table, _bias;
    private readonly float[] _logits;

    public BigramModel(LanguageModelConfig config, ulong seed)
    {
        Config = config;
        _logits = new float[config.VocabularySize];
        _parameters = new FakeParameters(("Table", [config.VocabularySize, config.VocabularySize]), ("Bias", [config.VocabularySize]));
        (_table, _bias) = (Parameters["Table"], Parameters["Bias"]);
        Initialize.Normal(_table.Span, new CounterRandom(seed, 1), 0.02);
    }

    public LanguageModelConfig Config { get; }

    /// <summary>The call of <see cref="LossGradient"/>, counted from 1, that gives NaN; 0 for none.</summary>
    public int FailsAtCall { get; set; }

    public ParameterSet<float> Parameters => _parameters.Parameters;

    public GradientSet<float> CreateGradients() => new(Parameters);

    public float Loss(ReadOnlySpan<int> tokens, ReadOnlySpan<int> targets, int batch) => Run(tokens, targets, null);

    public float LossGradient(
        ReadOnlySpan<int> tokens, ReadOnlySpan<int> targets, int batch, GradientSet<float> gradients, bool accumulate = false)
    {
        if (!accumulate) gradients.Clear();
        float loss = Run(tokens, targets, gradients);
        if (FailsAtCall > 0 && --FailsAtCall == 0) gradients.Flat[0] = float.NaN;
        return loss;
    }

    public void Logits(ReadOnlySpan<int> tokens, Span<float> lastLogits)
    {
        if (tokens.Length == 0 || tokens.Length > Config.ContextLength) throw new ArgumentException("Not a window.", nameof(tokens));
        int size = Config.VocabularySize;
        var row = _table.Span.Slice(tokens[^1] * size, size);
        var bias = _bias.Span;
        for (int i = 0; i < size; i++) lastLogits[i] = row[i] + bias[i];
    }

    private float Run(ReadOnlySpan<int> tokens, ReadOnlySpan<int> targets, GradientSet<float>? gradients)
    {
        int size = Config.VocabularySize;
        var logits = _logits.AsSpan();
        double loss = 0;
        for (int t = 0; t < tokens.Length; t++)
        {
            Logits(tokens.Slice(t, 1), logits);
            double max = TensorPrimitives.Max<float>(logits), sum = 0;
            foreach (float logit in logits) sum += Math.Exp(logit - max);
            loss -= logits[targets[t]] - max - Math.Log(sum);
            if (gradients is null) continue;
            var table = gradients.For(_table).Slice(tokens[t] * size, size);
            var bias = gradients.For(_bias);
            for (int i = 0; i < size; i++)
            {
                float d = (float)((Math.Exp(logits[i] - max) / sum - (i == targets[t] ? 1 : 0)) / tokens.Length);
                table[i] += d;
                bias[i] += d;
            }
        }
        return (float)(loss / tokens.Length);
    }
}
