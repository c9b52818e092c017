using System.Globalization;
using AutoDiff.NeuralNetworks;

namespace TinyLM.Cli;

/// <summary>A training run: begun, resumed, saved.</summary>
/// <remarks>nanoGPT's recipe: AdamW with β 0.9 and 0.99, decay 0.1 of matrices, clipping to norm 1, cosine after a warm-up.</remarks>
internal sealed class TrainingRun
{
    private const int ValidationBatches = 20;
    private const double FinalRateShare = 0.1;
    private const long LongestWarmup = 100;

    private readonly SavedModel _start;
    private readonly long _totalSteps;

    private TrainingRun(SavedModel start, Optimizer optimizer, TextSource text, long totalSteps)
    {
        (_start, _totalSteps) = (start, totalSteps);
        var config = start.Model.Config;
        var (training, validation) = RunData.Split(text, start.Tokenizer);
        TrainingTokens = training.Length;
        TextName = text.Name;
        Trainer = new Trainer(
            start.Model, optimizer, Schedule(start.Settings),
            RunData.Checked(() => new TextWindows(training, config.ContextLength, config.BatchSize, start.Settings.Seed)),
            RunData.Checked(() => new EvenWindows(validation, config.ContextLength, config.BatchSize, ValidationBatches)),
            new TrainerOptions { EvaluationInterval = start.Settings.EvaluationInterval }, start.Step);
    }

    public Trainer Trainer { get; }

    public int TrainingTokens { get; }

    public string TextName { get; }

    public bool IsComplete => Trainer.Step >= _totalSteps;

    /// <summary>The model as it is now.</summary>
    public SavedModel Saved => _start with { Step = Trainer.Step };

    public static TrainingRun Start(
        LanguageModelConfig config, RunSettings settings, Func<LanguageModelConfig, ulong, ILanguageModel> createModel)
    {
        var text = settings.ReadText(null);
        var tokenizer = RunData.Tokenizer(text);
        var model = createModel(config with { VocabularySize = tokenizer.VocabularySize }, settings.Seed);
        var start = new SavedModel(model, tokenizer, settings with { TextHash = text.Hash }, Step: 0);
        return new TrainingRun(start, CreateOptimizer(model), text, settings.Steps);
    }

    public static TrainingRun Resume(
        string path, string? otherText, long? totalSteps, Func<LanguageModelConfig, ulong, ILanguageModel> createModel)
    {
        Optimizer? optimizer = null;
        var saved = SavedModel.Load(path, createModel, model => optimizer = CreateOptimizer(model));
        long total = totalSteps ?? saved.Settings.Steps;
        if (saved.Step >= total)
            throw new UserError(string.Create(CultureInfo.InvariantCulture,
                $"{path}: has done {saved.Step} of {total} steps; for more give a larger --steps."));
        return new TrainingRun(saved, optimizer!, saved.Settings.ReadText(otherText), total);
    }

    /// <summary>Trains to the end, or until asked to stop; saves at each validation.</summary>
    /// <exception cref="UserError">The training has diverged.</exception>
    public void Train(TrainingReport report, string path, CancellationToken stop)
    {
        try
        {
            report.Track(Trainer.Step, _totalSteps, inner => Trainer.Run(_totalSteps, new SavingProgress(inner, () => Save(path)), stop));
        }
        catch (NonFiniteGradientException e)
        {
            throw new UserError(string.Create(CultureInfo.InvariantCulture,
                $"the training has diverged at step {Trainer.Step}: {e.Message} Try a smaller --learning-rate."), e);
        }
    }

    public void Save(string path) => Saved.Save(path, Trainer.Optimizer);

    public string Describe()
    {
        var config = _start.Model.Config;
        string from = _start.Step == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" from step {_start.Step}");
        return string.Create(CultureInfo.InvariantCulture,
            $"Training {config.Name} ({_start.Model.Parameters.TotalLength:N0} parameters) on {TextName} ({TrainingTokens:N0} characters, "
            + $"{config.VocabularySize} different){from}: {_totalSteps} steps of {config.BatchSize} x {config.ContextLength}.");
    }

    private static AdamW CreateOptimizer(ILanguageModel model) => new(model.Parameters, beta1: 0.9, beta2: 0.99, weightDecay: 0.1);

    private static CosineSchedule Schedule(RunSettings settings) => new(
        settings.LearningRate, settings.LearningRate * FinalRateShare, Math.Min(LongestWarmup, settings.Steps / 10), settings.Steps);

    /// <summary>Saves wherever the validation loss was measured: a crash costs no more than one interval.</summary>
    private sealed class SavingProgress(IProgress<TrainingProgress> inner, Action save) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            inner.Report(value);
            if (value.ValidationLoss is not null && value.Step < value.TotalSteps) save();
        }
    }
}
