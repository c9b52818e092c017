using AutoDiff.NeuralNetworks;

namespace TinyLM.Cli;

/// <summary>Plain lines, for files and pipes: the first step, every validation, and now and then in between.</summary>
internal sealed class PlainReport(TextWriter output) : TrainingReport
{
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(5);

    public override void Track(long firstStep, long totalSteps, Action<IProgress<TrainingProgress>> train)
    {
        TimeSpan? last = null;
        train(new Handler(p =>
        {
            if (p.ValidationLoss is null && last is { } time && p.Elapsed - time < LongestSilence) return;
            last = p.Elapsed;
            output.WriteLine(Line(p));
            output.Flush();
        }));
    }
}
