namespace TinyLM.Cli;

/// <summary>An error that the user can do something about: one line, no stack.</summary>
internal sealed class UserError(string message, Exception? innerException = null) : Exception(message, innerException);
