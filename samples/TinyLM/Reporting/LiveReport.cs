using System.Globalization;
using AutoDiff.NeuralNetworks;
using Spectre.Console;

namespace TinyLM.Cli;

/// <summary>A progress bar with the loss and the speed; validations stay above it as lines.</summary>
internal sealed class LiveReport(IAnsiConsole console) : TrainingReport
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(100);

    public override void Track(long firstStep, long totalSteps, Action<IProgress<TrainingProgress>> train) => console.Progress()
        .Columns(new SpinnerColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(),
            new TaskDescriptionColumn { Alignment = Justify.Left })
        .Start(context =>
        {
            var task = context.AddTask("starting", maxValue: totalSteps);
            task.Value = firstStep;
            TimeSpan next = TimeSpan.Zero;
            train(new Handler(p =>
            {
                if (p.ValidationLoss is not null) console.WriteLine(Line(p, brief: true));
                if (p.Elapsed < next && p.Step < totalSteps) return; // a text per step would cost more than a small step
                next = p.Elapsed + Refresh;
                task.Value = p.Step;
                task.Description = Markup.Escape(string.Create(CultureInfo.InvariantCulture,
                    $"step {p.Step}/{totalSteps}  loss {p.Loss:F4}  {p.TokensPerSecond:N0} tokens/s"));
            }));
            task.Value = Math.Max(task.Value, firstStep);
        });
}
