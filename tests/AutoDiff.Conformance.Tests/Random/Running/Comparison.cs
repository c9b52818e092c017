using System.Globalization;
using System.Reflection;
using AutoDiff.Conformance.Oracle;

namespace AutoDiff.Conformance.RandomPrograms;

/// <summary>A program beside its derivatives: reverse mode and forward mode against dual numbers, and against themselves with analyses switched off.</summary>
internal static class Comparison
{
    /// <summary>What two libraries of elementary functions may differ by.</summary>
    private const double LastBits = 2e-15;

    public static Outcome Of(string text, Type duals, Type compiled, IReadOnlyDictionary<string, Type> variants)
    {
        DualRun expected;
        try
        {
            expected = DualRun.Of(duals.GetMethod("F")!);
        }
        catch (Exception exception)
        {
            return new Outcome(Verdict.Invalid, "throws", exception.ToString());
        }

        if (!(expected.Peak < 1e9)) return new Outcome(Verdict.Skipped, "great numbers");
        if (expected.Distance < 1e-5) return new Outcome(Verdict.Skipped, "near a kink");
        // Sums in lanes have another order, and the kernels of tensors elementary functions of their own.
        double precision = text.Contains("float", StringComparison.Ordinal) ? 1e-4 : text.Contains("Tensor", StringComparison.Ordinal) ? 1e-9 : 1e-11;
        try
        {
            return Check(expected, new Derivatives(compiled), variants, precision) ?? Outcome.Fine;
        }
        catch (Exception exception)
        {
            return Outcome.Failed("throws " + exception.GetType().Name, exception.ToString());
        }
    }

    private static Outcome? Check(DualRun expected, Derivatives derivatives, IReadOnlyDictionary<string, Type> variants, double precision)
    {
        int[] written = derivatives.Written;
        double[] values = [.. expected.Outputs(0, written).Select(static d => d.Value)];
        double room = precision * (1 + expected.Peak);
        if (Difference("value", values, derivatives.Run(), _ => room) is { } ownValue) return new Outcome(Verdict.Invalid, "oracle", ownValue.Details);

        // Sums in another order move the values by what the method makes of the last bits of a number: chaos is no mistake.
        double[] widths = new double[values.Length];
        for (int i = 0; i < expected.Inputs.Length; i++)
            foreach ((int k, Dual output) in expected.Outputs(i, written).Index()) widths[k] += output.Scale;
        if (widths.Any(static w => !(w < 1e9))) return new Outcome(Verdict.Skipped, "great derivatives");
        if (derivatives.Member("FForward") is { } primal
            && Difference("FForward", values, derivatives.Run(primal), k => room + precision * widths[k]) is { } inLanes) return inLanes;

        int results = expected.Result[0].Length;
        (double[] outputs, double[] gradient) = derivatives.Reverse(derivatives.Member("FVjp")!, results);
        if (Difference("value", values, outputs, k => room + precision * widths[k]) is { } value) return value;
        double[] wanted = new double[expected.Inputs.Length], scales = new double[expected.Inputs.Length];
        for (int i = 0; i < wanted.Length; i++)
        {
            Dual[] tangents = expected.Outputs(i, written);
            wanted[i] = tangents.Select(static (d, k) => d.Tangent * Point.Seed(k)).Sum();
            scales[i] = tangents.Select(static (d, k) => d.Scale * Math.Abs(Point.Seed(k))).Sum();
            if (!derivatives.HasGradient(expected.Inputs[i]) && IsPassedThrough(i, tangents)) wanted[i] = 0;
            // What is not said to be written must be as it was.
            if (Enumerable.Range(0, expected.After[i].Length).Except(written).Any(p => expected.Inputs.Contains(p) && IsWritten(expected, p)))
                return Outcome.Failed("written parameter", "a parameter that is written has no cotangent");
        }

        // An element that is neither read nor written is no input: its cotangent is its gradient.
        bool IsPassedThrough(int input, Dual[] tangents)
        {
            int parameter = expected.Inputs[input], element = input - Array.IndexOf(expected.Inputs, parameter);
            int output = expected.Result[input].Length + written.TakeWhile(p => p != parameter).Sum(p => expected.After[input][p].Length) + element;
            return tangents.Index().All(t => t.Item.Tangent == (t.Index == output ? 1 : 0));
        }

        if (Difference("gradient", wanted, gradient, i => precision * (1 + scales[i])) is { } slope) return slope;

        if (derivatives.Member("FGradient") is { } scalar && written.Length == 0)
        {
            double[] scaled = [.. derivatives.Reverse(scalar, results).Gradient.Select(static g => g * Point.Seed(0))];
            if (Difference("FGradient", wanted, scaled, i => precision * (1 + scales[i])) is { } other) return other;
        }

        if (derivatives.Member("FJvp") is { } forward)
        {
            double[] tangents = derivatives.Forward(forward), along = new double[tangents.Length];
            for (int i = 0; i < expected.Inputs.Length; i++)
            {
                // What nobody reads at entry is no input: of its tangent nothing is asked.
                if (!derivatives.HasGradient(expected.Inputs[i])) continue;
                Dual[] column = expected.Outputs(i, written);
                for (int k = 0; k < along.Length; k++)
                    along[k] += column[k].Tangent * Point.Direction(i);
            }

            if (Difference("FJvp", along, tangents, k => precision * (1 + widths[k])) is { } tangent) return tangent;
        }

        foreach ((string name, Type variant) in variants)
        {
            var other = new Derivatives(variant);
            // What an analysis leaves to be stored may keep a loop from running in lanes, which add in another order; what is computed again outside of them is an elementary function of another
            // library; and what nobody asks for is one more term in a sum. Bits are asked for by the rows of the catalogue.
            double difference = other.Kernels.SetEquals(derivatives.Kernels) ? LastBits : precision;
            if (Difference(name, gradient, other.Reverse(other.Member("FVjp")!, results).Gradient, i => difference * (1 + scales[i])) is { } bits) return bits;
        }

        return null;
    }

    private static bool IsWritten(DualRun expected, int parameter)
    {
        int first = Array.IndexOf(expected.Inputs, parameter);
        return expected.After[0][parameter].Where((d, k) => d.Value != Point.Input(first + k)).Any() && expected.After[0][parameter].Length > 1;
    }

    private static Outcome? Difference(string what, double[] expected, double[] actual, Func<int, double> room)
    {
        bool agrees = expected.Length == actual.Length;
        for (int i = 0; agrees && i < expected.Length; i++)
            agrees = expected[i].Equals(actual[i]) || expected[i] == actual[i] || Math.Abs(expected[i] - actual[i]) <= room(i);
        return agrees ? null : Outcome.Failed(what, $"{what}: expected ({Text(expected)}), actual ({Text(actual)})");
    }

    private static string Text(double[] numbers) => string.Join(", ", numbers.Select(static n => n.ToString("R", CultureInfo.InvariantCulture)));
}
