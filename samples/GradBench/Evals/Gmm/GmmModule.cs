using System.Text.Json;
using GradBench.Protocol;

namespace GradBench.Evals;

internal static class GmmModule
{
    public static readonly Module Module = new(
        "gmm",
        """{"d": 2, "k": 1, "n": 2, "m": 0, "gamma": 1, "x": [[1, 2], [3, 5]], "alpha": [0.5], "mu": [[0, 1]], "q": [[0.1, 0.2]], "l": [[0.3]]}""",
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
        private readonly int _d = input.Integer("d");
        private readonly int _m = input.Integer("m");
        private readonly double _gamma = input.Number("gamma");
        private readonly double[] _x = Layout.Transpose(input.Numbers("x"), input.Integer("d")), _alpha = input.Numbers("alpha"), _mu = input.Numbers("mu"), _q = input.Numbers("q"), _l = input.Numbers("l");
        private readonly double[] _dAlpha = new double[input.Integer("k")], _dMu = new double[input.Integer("k") * input.Integer("d")];
        private readonly double[] _dQ = new double[input.Integer("k") * input.Integer("d")];
        private readonly double[] _dL = new double[input.Integer("k") * input.Integer("d") * (input.Integer("d") - 1) / 2];

        public double Objective() => Gmm.LogLikelihood(_alpha, _mu, _q, _l, _x, _d, _gamma, _m);

        public void Jacobian() => Gmm.LogLikelihoodGradient(_alpha, _mu, _q, _l, _x, _d, _gamma, _m, _dAlpha, _dMu, _dQ, _dL);

        public void Write(Utf8JsonWriter output)
        {
            output.WriteStartObject();
            output.WritePropertyName("alpha");
            output.WriteArray(_dAlpha);
            output.WritePropertyName("mu");
            output.WriteRows(_dMu, _d);
            output.WritePropertyName("q");
            output.WriteRows(_dQ, _d);
            output.WritePropertyName("l");
            WriteBelow(output);
            output.WriteEndObject();
        }

        // In one dimension there is nothing below the diagonal: a row without elements for each component.
        private void WriteBelow(Utf8JsonWriter output)
        {
            int below = _d * (_d - 1) / 2;
            output.WriteStartArray();
            for (int k = 0; k < _dAlpha.Length; k++) output.WriteArray(_dL.AsSpan(k * below, below));
            output.WriteEndArray();
        }
    }
}
