using System.Globalization;
using System.Text;
using System.Text.Json;

namespace GradBench.Protocol;

/// <summary>
/// The tool's side of the conversation: one JSON object a line, one answer for each message, in order, until the input ends. A message that fails is answered
/// with <c>success: false</c>; the next one is served all the same.
/// </summary>
internal sealed class Session(IReadOnlyList<Module> modules)
{
    private const string ToolName = "AutoDiff";

    /// <returns>The exit code: 0 at the end of the input, 2 after a line that is no message.</returns>
    public int Run(TextReader messages, TextWriter answers, TextWriter log)
    {
        while (messages.ReadLine() is { } line)
        {
            if (line.Length == 0) continue;
            try
            {
                using JsonDocument message = JsonDocument.Parse(line);
                answers.WriteLine(Answer(message.RootElement, log));
                answers.Flush();
            }
            catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException)
            {
                log.WriteLine($"error: not a message: {error.Message}");
                return 2;
            }
        }

        return 0;
    }

    private string Answer(JsonElement message, TextWriter log)
    {
        long id = message.GetProperty("id").GetInt64();
        string kind = message.GetProperty("kind").GetString() ?? "";
        return kind switch
        {
            "start" => Write(id, static output => output.WriteString("tool", ToolName)),
            "define" => Attempt(id, log, output => Define(message, output)),
            "evaluate" => Attempt(id, log, output => Evaluate(message, output)),
            _ => Write(id, static _ => { }),
        };
    }

    private void Define(JsonElement message, Utf8JsonWriter output)
    {
        Find(message).WarmUp();
        output.WriteBoolean("success", true);
    }

    private void Evaluate(JsonElement message, Utf8JsonWriter output)
    {
        Module module = Find(message);
        string name = message.GetProperty("function").GetString() ?? "";
        Function function = module.Functions.FirstOrDefault(f => f.Name == name)
            ?? throw new ArgumentException($"'{module.Name}' has no function '{name}'; it has {string.Join(", ", module.Functions.Select(static f => f.Name))}");
        JsonElement input = message.GetProperty("input");
        IWorkload workload = function.Prepare(input);
        List<long> runs = Timing.Measure(workload, input);
        output.WriteBoolean("success", true);
        output.WritePropertyName("output");
        workload.Write(output);
        output.WriteStartArray("timings");
        foreach (long nanoseconds in runs)
        {
            output.WriteStartObject();
            output.WriteString("name", "evaluate");
            output.WriteNumber("nanoseconds", nanoseconds);
            output.WriteEndObject();
        }

        output.WriteEndArray();
    }

    private Module Find(JsonElement message)
    {
        string name = message.GetProperty("module").GetString() ?? "";
        return modules.FirstOrDefault(m => m.Name == name)
            ?? throw new ArgumentException($"there is no eval '{name}'; there are {string.Join(", ", modules.Select(static m => m.Name))}");
    }

    // A failure is an answer too; what had been written of the other answer is thrown away.
    private static string Attempt(long id, TextWriter log, Action<Utf8JsonWriter> write)
    {
        try
        {
            return Write(id, write);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"error in message {id}: {error.Message}"));
            return Write(id, output =>
            {
                output.WriteBoolean("success", false);
                output.WriteString("error", error.Message);
            });
        }
    }

    private static string Write(long id, Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var output = new Utf8JsonWriter(stream))
        {
            output.WriteStartObject();
            output.WriteNumber("id", id);
            write(output);
            output.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
