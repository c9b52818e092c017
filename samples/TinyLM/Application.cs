using System.CommandLine;
using System.CommandLine.Parsing;
using AutoDiff.NeuralNetworks;

namespace TinyLM.Cli;

/// <summary>The program, apart from the process around it.</summary>
/// <param name="terminal">Where it writes to.</param>
/// <param name="createModel">Makes a model of the given sizes with the first values of the given seed.</param>
internal sealed class Application(Terminal terminal, Func<LanguageModelConfig, ulong, ILanguageModel> createModel)
{
    /// <summary>Runs a command line; returns the exit code.</summary>
    /// <param name="args">The arguments, without the name of the program.</param>
    /// <param name="stop">Asks the command to save what it has and to return.</param>
    public int Run(string[] args, CancellationToken stop)
    {
        var train = new TrainCommand(terminal, createModel, stop);
        var root = new RootCommand("Trains a small language model on this computer, and writes with it. Without a command: train.")
        {
            train.Build(),
            new GenerateCommand(terminal, createModel, stop).Build(),
            new EvalCommand(terminal, createModel, stop).Build(),
            new SummaryCommand(terminal, createModel).Build(),
        };
        train.Configure(root);

        // A prompt may begin with '@', which would otherwise name a file of arguments.
        var parse = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parse.Errors.Count > 0) return Fail(Describe(parse.Errors[0]), ExitCodes.Usage);
        try
        {
            return parse.Invoke(new InvocationConfiguration
            {
                Output = terminal.Output, Error = terminal.Error, EnableDefaultExceptionHandler = false,
            });
        }
        catch (UsageError e)
        {
            return Fail(e.Message, ExitCodes.Usage);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return Fail("stopped.", ExitCodes.Interrupted);
        }
        catch (Exception e) when (e is UserError or IOException or UnauthorizedAccessException or TokenizationException)
        {
            return Fail(e.Message, ExitCodes.Failure);
        }
    }

    /// <summary>The parser's own words, but for numbers, where those would speak of the types of .NET.</summary>
    private static string Describe(ParseError error)
    {
        var option = error.SymbolResult as OptionResult ?? error.SymbolResult?.Parent as OptionResult;
        if (option?.Tokens is not [var token]) return error.Message;
        var type = Nullable.GetUnderlyingType(option.Option.ValueType) ?? option.Option.ValueType;
        return type == typeof(double) ? $"{option.Option.Name}: expected a number, got '{token.Value}'."
            : type == typeof(ulong) ? $"{option.Option.Name}: expected a whole number from 0 on, got '{token.Value}'."
            : type == typeof(string) ? error.Message
            : $"{option.Option.Name}: expected a whole number, got '{token.Value}'.";
    }

    private int Fail(string message, int code)
    {
        string line = message.ReplaceLineEndings(" ").Trim();
        terminal.Error.WriteLine($"tinylm: {line}");
        return code;
    }
}
