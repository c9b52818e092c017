using System.Text.Json;

namespace GradBench.Protocol;

/// <summary>One function of an eval on one input. What is not timed (decoding, buffers) was done when it was made.</summary>
internal interface IWorkload
{
    /// <summary>The whole computation, as often as it is called.</summary>
    void Run();

    /// <summary>Writes the output of the last run.</summary>
    void Write(Utf8JsonWriter output);
}

/// <summary>A function of an eval.</summary>
/// <param name="Name">As the messages call it.</param>
/// <param name="Prepare">Makes the workload from the message's input.</param>
internal sealed record Function(string Name, Func<JsonElement, IWorkload> Prepare);

/// <summary>An eval: its functions, and a small input on which all of them run once when the eval is defined, so that no timed run compiles anything.</summary>
internal sealed record Module(string Name, string WarmUpInput, params IReadOnlyList<Function> Functions)
{
    public void WarmUp()
    {
        using JsonDocument input = JsonDocument.Parse(WarmUpInput);
        foreach (Function function in Functions)
        {
            IWorkload workload = function.Prepare(input.RootElement);
            workload.Run();
            using var output = new Utf8JsonWriter(Stream.Null);
            workload.Write(output);
        }
    }
}
