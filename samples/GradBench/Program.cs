using System.Text;
using GradBench;
using GradBench.Protocol;

// Nothing but answers goes to standard output, one line for each message, flushed at once.
using var messages = new StreamReader(Console.OpenStandardInput(), new UTF8Encoding(false), detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 20);
using var answers = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), bufferSize: 1 << 16) { NewLine = "\n" };
return new Session(Modules.All).Run(messages, answers, Console.Error);
