using System.Text.Json;

namespace GradBench.Protocol;

/// <summary>A workload made of the timed computation and of what writes its output.</summary>
internal sealed class Workload(Action run, Action<Utf8JsonWriter> write) : IWorkload
{
    public void Run() => run();

    public void Write(Utf8JsonWriter output) => write(output);

    /// <summary>A computation whose output is one number.</summary>
    public static Workload Number(Func<double> compute)
    {
        double value = 0;
        return new Workload(() => value = compute(), output => output.WriteFinite(value));
    }

    /// <summary>A computation that fills an array, which is its output.</summary>
    public static Workload Array(double[] result, Action run) => new(run, output => output.WriteArray(result));
}
