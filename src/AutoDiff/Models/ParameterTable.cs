using System.Globalization;
using System.Numerics;
using System.Text;

namespace AutoDiff;

/// <summary>The parameters of a model as text: name, shape, elements, and the sums.</summary>
internal static class ParameterTable
{
    public static string Format<T>(ParameterSet<T> parameters)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        IReadOnlyList<string> names = parameters.Names;
        int nameWidth = names.Select(static name => name.Length).Append("parameter".Length).Max();
        int shapeWidth = parameters.Select(static slot => slot.ShapeText.Length).Append("shape".Length).Max();

        var text = new StringBuilder();
        text.Append("parameter".PadRight(nameWidth)).Append("  ").Append("shape".PadRight(shapeWidth)).Append("      elements\n");
        for (int i = 0; i < names.Count; i++)
        {
            text.Append(names[i].PadRight(nameWidth)).Append("  ").Append(parameters[i].ShapeText.PadRight(shapeWidth));
            text.Append(Number(parameters[i].Length).PadLeft(14)).Append('\n');
        }

        string size = "total, " + Bytes((long)parameters.TotalLength * System.Runtime.CompilerServices.Unsafe.SizeOf<T>());
        text.Append(size.PadRight(nameWidth + 2 + shapeWidth)).Append(Number(parameters.TotalLength).PadLeft(14));
        return text.ToString();
    }

    private static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Bytes(long bytes) => bytes switch
    {
        < 1 << 10 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1 << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.#} KiB"),
        < 1 << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024):0.#} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024 * 1024):0.##} GiB"),
    };
}
