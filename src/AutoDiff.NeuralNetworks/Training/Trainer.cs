using System.Diagnostics;
using static System.FormattableString;

namespace AutoDiff.NeuralNetworks;

/// <summary>Trains a language model: batch, gradients, clipping, schedule, step. Allocates nothing per step.</summary>
/// <remarks>
/// The batch and the learning rate are functions of <see cref="Step"/>. So the parameters, the state of the optimizer and the step
/// are all there is to a run: whoever restores them goes on bit for bit.
/// </remarks>
public sealed class Trainer
{
    private readonly ITokenBatches _batches;
    private readonly Evaluation? _evaluation;
    private readonly GradientSet<float> _gradients;
    private readonly int[] _tokens, _targets;

    /// <summary>A run from the beginning, or from <paramref name="firstStep"/> on.</summary>
    /// <param name="model">What is trained.</param>
    /// <param name="optimizer">An optimizer of the parameters of the model.</param>
    /// <param name="schedule">The learning rate of each step.</param>
    /// <param name="batches">Windows that are not longer than the context of the model.</param>
    /// <param name="validation">What the validation loss is measured on, or null.</param>
    /// <param name="options">Clipping, accumulation, evaluation.</param>
    /// <param name="firstStep">The number of steps that were done before.</param>
    public Trainer(ILanguageModel model, Optimizer optimizer, LearningRateSchedule schedule, ITokenBatches batches,
                   EvenWindows? validation = null, TrainerOptions? options = null, long firstStep = 0)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentOutOfRangeException.ThrowIfNegative(firstStep);
        if (!ReferenceEquals(optimizer.Parameters, model.Parameters))
            throw new ArgumentException("optimizer: expected one of the parameters of this model, got one of others.", nameof(optimizer));
        if (batches.Context > model.ContextLength)
            throw new ArgumentException(Invariant(
                $"batches: expected windows of at most {model.ContextLength} tokens, the context of the model, got {batches.Context}."),
                nameof(batches));
        (Model, Optimizer, Schedule, Options, Step) = (model, optimizer, schedule, options ?? new TrainerOptions(), firstStep);
        _batches = batches;
        _evaluation = validation is null ? null : new Evaluation(model, validation);
        _gradients = model.CreateGradients();
        _tokens = new int[batches.Batch * batches.Context];
        _targets = new int[_tokens.Length];
    }

    /// <summary>What is trained.</summary>
    public ILanguageModel Model { get; }

    /// <summary>What changes the parameters.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>The learning rate of each step.</summary>
    public LearningRateSchedule Schedule { get; }

    /// <summary>Clipping, accumulation, evaluation.</summary>
    public TrainerOptions Options { get; }

    /// <summary>The number of steps done.</summary>
    public long Step { get; private set; }

    /// <summary>Does one step.</summary>
    /// <returns>The loss of its batches before the step, and the norm of the gradients before clipping.</returns>
    /// <exception cref="NonFiniteGradientException">A gradient is NaN or infinite, and the options say to throw.</exception>
    public (float Loss, double GradientNorm) RunStep()
    {
        int count = Options.AccumulatedBatches;
        float loss = 0;
        for (int i = 0; i < count; i++)
        {
            _batches.Fill(Step * count + i, _tokens, _targets);
            loss += Model.LossGradient(_tokens, _targets, _batches.Batch, _gradients, accumulate: i > 0) / count;
        }
        Optimizer.LearningRate = Schedule.At(Step);
        double norm = Optimizer.ClipAndStep(_gradients, Options.MaxGradientNorm, Options.NonFinite, gradientScale: 1f / count);
        Step++;
        return (loss, norm);
    }

    /// <summary>Does steps until there are <paramref name="totalSteps"/>, or until cancelled (after the current one).</summary>
    /// <returns>Where the run stands; null where there was nothing to do.</returns>
    public TrainingProgress? Run(
        long totalSteps, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        long begin = Stopwatch.GetTimestamp(), evaluating = 0, firstStep = Step;
        TrainingProgress? last = null;
        while (Step < totalSteps && !cancellationToken.IsCancellationRequested)
        {
            double rate = Schedule.At(Step);
            var (loss, norm) = RunStep();
            long stepped = Stopwatch.GetTimestamp();
            double seconds = Stopwatch.GetElapsedTime(begin, stepped - evaluating).TotalSeconds;
            double tokens = (double)(Step - firstStep) * Options.AccumulatedBatches * _tokens.Length;
            float? validation = EvaluatesAt(Step, totalSteps) ? (float?)_evaluation?.Loss(CancellationToken.None) : null;
            evaluating += Stopwatch.GetTimestamp() - stepped;
            last = new TrainingProgress(Step, totalSteps, loss, validation, norm, rate, tokens / seconds, Stopwatch.GetElapsedTime(begin));
            progress?.Report(last.Value);
        }
        return last;
    }

    private bool EvaluatesAt(long step, long totalSteps) =>
        step == totalSteps || (Options.EvaluationInterval > 0 && step % Options.EvaluationInterval == 0);
}
