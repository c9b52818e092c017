using System.Globalization;
using AutoDiff.NeuralNetworks;

namespace TinyLM.Cli;

/// <summary>Shows how a training goes.</summary>
internal abstract class TrainingReport
{
    /// <summary>Runs a training that reports to this.</summary>
    public abstract void Track(long firstStep, long totalSteps, Action<IProgress<TrainingProgress>> train);

    /// <summary>One line, without colours; a brief one fits a terminal of 80 columns.</summary>
    protected static string Line(TrainingProgress p, bool brief = false)
    {
        string validation = p.ValidationLoss is { } loss ? string.Create(CultureInfo.InvariantCulture, $"  validation {loss:F4}") : "";
        string details = brief
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"  norm {p.GradientNorm:F2}  rate {p.LearningRate:0.0e-0}");
        return string.Create(CultureInfo.InvariantCulture,
            $"step {p.Step,6}/{p.TotalSteps}  loss {p.Loss:F4}{validation}{details}  "
            + $"{p.TokensPerSecond:N0} tokens/s  {p.Elapsed.TotalSeconds:F1} s");
    }

    protected sealed class Handler(Action<TrainingProgress> action) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => action(value);
    }
}
