using Spectre.Console;

namespace TinyLM.Cli;

/// <summary>Where a command writes to.</summary>
/// <param name="Output">Results and progress.</param>
/// <param name="Error">One line where something is wrong.</param>
/// <param name="Live">A console that can redraw, or null where the output goes to a file or a pipe.</param>
internal sealed record Terminal(TextWriter Output, TextWriter Error, IAnsiConsole? Live = null);
