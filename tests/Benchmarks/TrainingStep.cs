using AutoDiff.NeuralNetworks;

namespace AutoDiff.Benchmarks;

/// <summary>A training step of a model on random tokens: loss, gradients, clipping, AdamW.</summary>
internal sealed class TrainingStep
{
    private readonly LanguageModelConfig _config;
    private readonly ILanguageModel _model;
    private readonly GradientSet<float> _gradients;
    private readonly AdamW _optimizer;
    private readonly int[] _tokens;
    private readonly int[] _targets;
    private readonly Random _random = new(1);

    public TrainingStep(string preset)
    {
        _config = LanguageModelConfig.Preset(preset);
        _model = LanguageModels.Create(_config, seed: 1);
        _gradients = _model.CreateGradients();
        _optimizer = new AdamW(_model.Parameters, learningRate: 1e-3, beta2: 0.99, weightDecay: 0.1);
        (_tokens, _targets) = (new int[_config.BatchSize * _config.ContextLength], new int[_config.BatchSize * _config.ContextLength]);
    }

    public int Tokens => _tokens.Length;

    public long Parameters => _model.Parameters.TotalLength;

    /// <summary>Draws the next batch.</summary>
    public void Draw()
    {
        for (int i = 0; i < _tokens.Length; i++) (_tokens[i], _targets[i]) = (_random.Next(_config.VocabularySize), _random.Next(_config.VocabularySize));
    }

    /// <summary>Trains on it; the loss.</summary>
    public float Run()
    {
        float loss = _model.LossGradient(_tokens, _targets, _config.BatchSize, _gradients);
        _optimizer.ClipAndStep(_gradients, maxNorm: 1);
        return loss;
    }
}
