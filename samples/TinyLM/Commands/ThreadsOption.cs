using System.CommandLine;
using AutoDiff.Parallel;

namespace TinyLM.Cli;

/// <summary><c>--threads</c>: how many threads compute. The results do not depend on it.</summary>
internal sealed class ThreadsOption
{
    private readonly Option<int?> _threads = new("--threads")
    {
        Description = "The number of threads; results do not depend on it. Default: all.",
    };

    public void AddTo(Command command) => command.Add(_threads);

    public void Apply(ParseResult parse)
    {
        if (parse.GetValue(_threads) is { } threads)
            ForkJoin.MaxThreads = UsageError.InRange("--threads", threads, 1, 1024);
    }
}
