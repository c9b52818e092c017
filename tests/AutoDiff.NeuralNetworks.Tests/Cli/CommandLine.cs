using TinyLM.Cli;

namespace AutoDiff.NeuralNetworks.Tests;

/// <summary>Runs the program in this process, with the bigram model, and keeps what it writes.</summary>
internal sealed record CommandLine(int ExitCode, string Output, string Error)
{
    public static CommandLine Run(params string[] args) => Run(CancellationToken.None, args);

    public static CommandLine Run(CancellationToken stop, params string[] args)
    {
        using var output = new StringWriter();
        return Run(output, stop, args);
    }

    public static CommandLine Run(StringWriter output, CancellationToken stop, params string[] args) =>
        Run(output, static (config, seed) => new BigramModel(config, seed), stop, args);

    public static CommandLine Run(Func<LanguageModelConfig, ulong, ILanguageModel> createModel, params string[] args)
    {
        using var output = new StringWriter();
        return Run(output, createModel, default, args);
    }

    private static CommandLine Run(
        StringWriter output, Func<LanguageModelConfig, ulong, ILanguageModel> createModel, CancellationToken stop, string[] args)
    {
        using var error = new StringWriter();
        int code = new Application(new Terminal(output, error), createModel).Run(args, stop);
        return new CommandLine(code, output.ToString(), error.ToString());
    }

    /// <summary>The one line of an error.</summary>
    public string ErrorLine()
    {
        Assert.Equal("", Output);
        string line = Error.TrimEnd('\n', '\r');
        Assert.DoesNotContain('\n', line);
        Assert.StartsWith("tinylm: ", line);
        return line;
    }
}
