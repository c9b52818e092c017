using System.Text.Json;
using GradBench.Protocol;

namespace GradBench.Evals;

internal static class LstmModule
{
    public static readonly Module Module = new(
        "lstm",
        """{"main_params": [[0.1, 0.2, 0.3, 0.4], [0.5, 0.6, 0.7, 0.8]], "extra_params": [[0.9], [1.0], [0.1]], "state": [[0.2], [0.3]], "sequence": [[0], [1], [1]]}""",
        new Function("objective", static input =>
        {
            var data = new Input(input);
            return Workload.Number(data.Objective);
        }),
        new Function("jacobian", static input =>
        {
            var data = new Input(input);
            return new Workload(data.Jacobian, data.Write);
        }));

    private sealed class Input(JsonElement input)
    {
        private readonly double[] _main = input.Numbers("main_params"), _extra = input.Numbers("extra_params");
        private readonly double[] _state = input.Numbers("state"), _sequence = input.Numbers("sequence");
        private readonly double[] _dMain = new double[input.Numbers("main_params").Length], _dExtra = new double[input.Numbers("extra_params").Length];

        private int Width => _extra.Length / 3;

        public double Objective() => Lstm.Loss(_main, _extra, _state, _sequence, Width);

        public void Jacobian() => Lstm.LossGradient(_main, _extra, _state, _sequence, Width, _dMain, _dExtra);

        public void Write(Utf8JsonWriter output) => output.WriteArray([.. _dMain, .. _dExtra]);
    }
}
