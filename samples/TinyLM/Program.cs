using System.Runtime.InteropServices;
using System.Text;
using Spectre.Console;
using TinyLM.Cli;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

// The first Ctrl-C asks the command to save and stop; the second is left to the system.
using var stop = new CancellationTokenSource();
void Stop(PosixSignalContext context)
{
    context.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
}
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

bool interactive = !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi;
var terminal = new Terminal(Console.Out, Console.Error, interactive ? AnsiConsole.Console : null);
return new Application(terminal, ModelFactory.Create).Run(args, stop.Token);
