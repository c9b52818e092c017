using System.Text.Json;
using GradBench.Protocol;

namespace GradBench.Evals;

internal static class BundleAdjustmentModule
{
    private const int Shown = 30;

    public static readonly Module Module = new(
        "ba",
        """{"n": 2, "m": 2, "p": 3, "cam": [0.1, 0.2, 0.3, 1, 2, 3, 4, 5, 6, 0.1, 0.2], "x": [3, 2, 1], "w": 0.5, "feat": [1, 2]}""",
        new Function("objective", static input =>
        {
            var data = new Input(input);
            return new Workload(data.Objective, data.WriteObjective);
        }),
        new Function("jacobian", static input =>
        {
            var data = new Input(input);
            return new Workload(data.Jacobian, data.WriteJacobian);
        }));

    // One camera, point, weight and feature stand for all; each gets its own copy all the same.
    private sealed class Input(JsonElement input)
    {
        private readonly int _n = input.Integer("n"), _m = input.Integer("m"), _p = input.Integer("p");
        private readonly double[] _cameras = Repeat(input.Numbers("cam"), input.Integer("n"));
        private readonly double[] _points = Repeat(input.Numbers("x"), input.Integer("m"));
        private readonly double[] _weights = Repeat([input.Number("w")], input.Integer("p"));
        private readonly double[] _features = Repeat(input.Numbers("feat"), input.Integer("p"));
        private readonly double[] _errors = new double[2 * input.Integer("p")], _weightErrors = new double[input.Integer("p")];
        private readonly SparseJacobian _jacobian = new(input.Integer("n"), input.Integer("m"), input.Integer("p"));

        public void Objective()
        {
            for (int i = 0; i < _p; i++)
            {
                ReadOnlySpan<double> camera = _cameras.AsSpan(i % _n * 11, 11), point = _points.AsSpan(i % _m * 3, 3);
                Reprojection.Error(
                    camera[0], camera[1], camera[2], camera[3], camera[4], camera[5], camera[6], camera[7], camera[8], camera[9], camera[10],
                    point[0], point[1], point[2], _weights[i], _features[2 * i], _features[2 * i + 1], out _errors[2 * i], out _errors[2 * i + 1]);
                _weightErrors[i] = Reprojection.WeightError(_weights[i]);
            }
        }

        public void Jacobian() => _jacobian.Fill(_cameras, _points, _weights, _features);

        public void WriteObjective(Utf8JsonWriter output)
        {
            output.WriteStartObject();
            output.WriteStartObject("reproj_error");
            output.WritePropertyName("elements");
            output.WriteArray(_errors.AsSpan(0, 2));
            output.WriteNumber("repeated", _p);
            output.WriteEndObject();
            output.WriteStartObject("w_err");
            output.WritePropertyName("element");
            output.WriteFinite(_weightErrors[0]);
            output.WriteNumber("repeated", _p);
            output.WriteEndObject();
            output.WriteEndObject();
        }

        public void WriteJacobian(Utf8JsonWriter output)
        {
            output.WriteStartObject();
            WriteEnds(output, "rows", _jacobian.Rows, static (o, v) => o.WriteNumberValue(v));
            WriteEnds(output, "cols", _jacobian.Columns, static (o, v) => o.WriteNumberValue(v));
            WriteEnds(output, "vals", _jacobian.Values, static (o, v) => o.WriteFinite(v));
            output.WriteEndObject();
        }

        // The first elements and the last one.
        private static void WriteEnds<T>(Utf8JsonWriter output, string name, T[] values, Action<Utf8JsonWriter, T> write)
        {
            output.WriteStartArray(name);
            foreach (T value in values.Take(Shown)) write(output, value);
            write(output, values[^1]);
            output.WriteEndArray();
        }

        private static double[] Repeat(double[] values, int times)
        {
            double[] all = new double[values.Length * times];
            for (int i = 0; i < times; i++) values.CopyTo(all, i * values.Length);
            return all;
        }
    }
}
