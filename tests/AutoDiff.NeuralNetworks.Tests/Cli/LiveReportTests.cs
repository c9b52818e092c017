using Spectre.Console;
using TinyLM.Cli;

namespace AutoDiff.NeuralNetworks.Tests;

public class LiveReportTests
{
    [Fact]
    public void ShowsABarAndKeepsTheValidations()
    {
        using var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes, ColorSystem = ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = 120;
        new LiveReport(console).Track(5, 7, progress =>
        {
            progress.Report(new TrainingProgress(6, 7, 1.5f, 1.25f, 0.5, 1e-3, 1000, TimeSpan.FromSeconds(1)));
            progress.Report(new TrainingProgress(7, 7, 1.4f, null, 0.5, 1e-3, 1000, TimeSpan.FromSeconds(2)));
        });
        Assert.Contains("step      6/7  loss 1.5000  validation 1.2500  1,000 tokens/s  1.0 s", output.ToString());
        Assert.Contains("step 7/7  loss 1.4000  1,000 tokens/s", output.ToString());
        Assert.Contains("100%", output.ToString());
    }
}
