using System.Globalization;
using System.Text.Json;

namespace GradBench.Protocol;

/// <summary>An output that JSON has no number for: NaN or an infinity.</summary>
internal sealed class NotFiniteException(double value)
    : Exception(string.Create(CultureInfo.InvariantCulture, $"the output is not finite: {value}"));

/// <summary>Numbers and arrays in messages.</summary>
internal static class Json
{
    public static double Number(this JsonElement input, string name) => input.GetProperty(name).GetDouble();

    /// <summary>An integer, also where it is spelled 3.0.</summary>
    public static int Integer(this JsonElement input, string name) => checked((int)input.GetProperty(name).GetDouble());

    /// <summary>All numbers below an element, whatever its nesting, in order.</summary>
    public static double[] Numbers(this JsonElement input, string name) => Flatten(input.GetProperty(name));

    public static int[] Integers(this JsonElement input, string name) => System.Array.ConvertAll(Numbers(input, name), static v => checked((int)v));

    public static void WriteFinite(this Utf8JsonWriter output, double value)
    {
        if (!double.IsFinite(value)) throw new NotFiniteException(value);
        output.WriteNumberValue(value);
    }

    public static void WriteArray(this Utf8JsonWriter output, ReadOnlySpan<double> values)
    {
        output.WriteStartArray();
        foreach (double value in values) output.WriteFinite(value);
        output.WriteEndArray();
    }

    /// <summary>Row-major values as an array of rows.</summary>
    public static void WriteRows(this Utf8JsonWriter output, ReadOnlySpan<double> values, int columns)
    {
        output.WriteStartArray();
        for (int start = 0; start + columns <= values.Length && columns > 0; start += columns) output.WriteArray(values.Slice(start, columns));
        output.WriteEndArray();
    }

    private static double[] Flatten(JsonElement element)
    {
        var numbers = new List<double>();
        Visit(element);
        return [.. numbers];

        void Visit(JsonElement part)
        {
            if (part.ValueKind == JsonValueKind.Array)
                foreach (JsonElement item in part.EnumerateArray()) Visit(item);
            else numbers.Add(part.GetDouble());
        }
    }
}
