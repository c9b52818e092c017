using System.Text.Json;

namespace AutoDiff.GradBench.Tests;

public class ProtocolTests
{
    [Fact]
    public void EachMessageHasOneAnswerInOrder()
    {
        (string[] answers, int exit, _) = Conversation.Run(
            """{"id": 0, "kind": "start", "eval": "llsq", "config": {"any": [1]}}""",
            """{"id": 1, "kind": "define", "module": "llsq"}""",
            """{"id": 2, "kind": "evaluate", "module": "llsq", "function": "primal", "input": {"x": [1, 0.5], "n": 3, "min_runs": 2, "min_seconds": 0.0}, "description": "n=3,m=2"}""",
            """{"id": 3, "kind": "analysis", "of": 2, "valid": true}""",
            """{"id": 4, "kind": "something else"}""");
        Assert.Equal(0, exit);
        Assert.Equal(5, answers.Length);
        Assert.Equal("""{"id":0,"tool":"AutoDiff"}""", answers[0]);
        Assert.Equal("""{"id":1,"success":true}""", answers[1]);
        Assert.Equal("""{"id":3}""", answers[3]);
        Assert.Equal("""{"id":4}""", answers[4]);

        JsonElement answer = JsonDocument.Parse(answers[2]).RootElement;
        // Residuals −1 − (1 − ½), 0 − 1 and 1 − (1 + ½).
        Assert.Equal(0.5 * (1.5 * 1.5 + 1 + 0.5 * 0.5), answer.GetProperty("output").GetDouble(), 12);
        Assert.Equal(2, answer.GetProperty("timings").GetArrayLength());
        foreach (JsonElement run in answer.GetProperty("timings").EnumerateArray())
        {
            Assert.Equal("evaluate", run.GetProperty("name").GetString());
            Assert.True(run.GetProperty("nanoseconds").GetInt64() >= 0);
        }
    }

    [Fact]
    public void RunsUntilBothLimitsAreReached()
    {
        (string[] answers, _, _) = Conversation.Run(
            """{"id": 2, "kind": "evaluate", "module": "lse", "function": "gradient", "input": {"x": [1, 2], "min_runs": 1.0, "min_seconds": 0.001}}""");
        JsonElement timings = JsonDocument.Parse(answers[0]).RootElement.GetProperty("timings");
        Assert.True(timings.EnumerateArray().Sum(static t => t.GetProperty("nanoseconds").GetInt64()) >= 1_000_000);
    }

    [Fact]
    public void HelloTakesBareNumbers()
    {
        Assert.Equal(9, Conversation.Evaluate("hello", "square", 3).GetDouble());
        Assert.Equal(6, Conversation.Evaluate("hello", "double", 3.0).GetDouble());
    }

    [Theory]
    [InlineData("""{"id": 1, "kind": "define", "module": "unknown"}""")]
    [InlineData("""{"id": 1, "kind": "evaluate", "module": "llsq", "function": "unknown", "input": {}}""")]
    [InlineData("""{"id": 1, "kind": "evaluate", "module": "llsq", "function": "primal", "input": {"n": 3}}""")]
    [InlineData("""{"id": 1, "kind": "evaluate", "module": "llsq", "function": "primal", "input": {"x": [1e200], "n": 3}}""")]
    [InlineData("""{"id": 1, "kind": "evaluate", "module": "lse", "function": "gradient", "input": {"x": []}}""")]
    public void WhatFailsIsAnsweredAndTheNextMessageIsServed(string message)
    {
        (string[] answers, int exit, string log) = Conversation.Run(message, """{"id": 2, "kind": "start", "eval": "llsq"}""");
        Assert.Equal(0, exit);
        Assert.Equal(2, answers.Length);
        JsonElement answer = JsonDocument.Parse(answers[0]).RootElement;
        Assert.False(answer.GetProperty("success").GetBoolean());
        Assert.NotEqual("", answer.GetProperty("error").GetString());
        Assert.False(answer.TryGetProperty("output", out _));
        Assert.Contains("error in message 1", log, StringComparison.Ordinal);
    }

    [Fact]
    public void ALineThatIsNoMessageEndsTheConversation()
    {
        (string[] answers, int exit, string log) = Conversation.Run("""{"id": 0, "kind": "start"}""", "not json", """{"id": 1, "kind": "start"}""");
        Assert.Single(answers);
        Assert.Equal(2, exit);
        Assert.StartsWith("error: not a message", log, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryEvalIsDefined()
    {
        foreach (string eval in (string[])["hello", "llsq", "lse", "ode", "det", "gmm", "lstm", "ba", "kmeans"])
        {
            (string[] answers, _, string log) = Conversation.Run($$"""{"id": 1, "kind": "define", "module": "{{eval}}"}""");
            Assert.True(JsonDocument.Parse(answers[0]).RootElement.GetProperty("success").GetBoolean(), $"{eval}: {log}");
        }
    }
}
