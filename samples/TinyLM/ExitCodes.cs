namespace TinyLM.Cli;

internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>Something was wrong with a file, a text or the training.</summary>
    public const int Failure = 1;

    /// <summary>The command line itself was wrong.</summary>
    public const int Usage = 2;

    /// <summary>Stopped by Ctrl-C, after saving; 128 + SIGINT, as shells have it.</summary>
    public const int Interrupted = 130;
}
