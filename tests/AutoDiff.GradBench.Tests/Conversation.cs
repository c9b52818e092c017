using System.Text.Json;
using GradBench;
using GradBench.Protocol;

namespace AutoDiff.GradBench.Tests;

/// <summary>Messages to the tool, and its answers.</summary>
internal static class Conversation
{
    /// <summary>The answers to lines of input, the exit code and what was logged.</summary>
    public static (string[] Answers, int ExitCode, string Log) Run(params string[] messages)
    {
        using var answers = new StringWriter { NewLine = "\n" };
        using var log = new StringWriter();
        int exit = new Session(Modules.All).Run(new StringReader(string.Join("\n", messages)), answers, log);
        return (answers.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries), exit, log.ToString());
    }

    /// <summary>The output of one function on one input.</summary>
    public static JsonElement Evaluate(string module, string function, object input)
    {
        string message = JsonSerializer.Serialize(new { id = 7, kind = "evaluate", module, function, input });
        (string[] answers, _, string log) = Run(message);
        JsonElement answer = JsonDocument.Parse(Assert.Single(answers)).RootElement;
        Assert.True(answer.GetProperty("success").GetBoolean(), log);
        Assert.Equal(7, answer.GetProperty("id").GetInt32());
        Assert.NotEqual(0, answer.GetProperty("timings").GetArrayLength());
        return answer.GetProperty("output");
    }

    /// <summary>All numbers of an output, in order.</summary>
    public static double[] Numbers(this JsonElement output) => output.ValueKind switch
    {
        JsonValueKind.Array => [.. output.EnumerateArray().SelectMany(Numbers)],
        JsonValueKind.Object => [.. output.EnumerateObject().SelectMany(static p => Numbers(p.Value))],
        _ => [output.GetDouble()],
    };
}
