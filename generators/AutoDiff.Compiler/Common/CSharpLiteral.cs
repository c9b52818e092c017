using System.Globalization;
using System.Text;

namespace AutoDiff.Compiler;

/// <summary>
/// C# source text of constants: invariant culture, the same bits after parsing (including −0, ±∞ and NaN). A negative number is a
/// unary minus before a literal; whoever puts it behind an operator adds the parentheses.
/// </summary>
internal static class CSharpLiteral
{
    public static string Bool(bool value) => value ? "true" : "false";

    public static string Int32(int value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Int64(long value) => value.ToString(CultureInfo.InvariantCulture) + "L";

    public static string UInt64(ulong value) => value.ToString(CultureInfo.InvariantCulture) + "UL";

    public static string Single(float value)
    {
        if (float.IsNaN(value))
            return "float.NaN";
        if (float.IsInfinity(value))
            return value > 0 ? "float.PositiveInfinity" : "float.NegativeInfinity";
        if (value == 0)
            return IsNegativeZero(value) ? "-0f" : "0f";
        return ShortestSingle(value) + "f";
    }

    public static string Double(double value)
    {
        if (double.IsNaN(value))
            return "double.NaN";
        if (double.IsInfinity(value))
            return value > 0 ? "double.PositiveInfinity" : "double.NegativeInfinity";
        if (value == 0)
            return IsNegativeZero(value) ? "-0.0" : "0.0";
        string digits = ShortestDouble(value);
        // Without a point or an exponent it would be an integer.
        return digits.IndexOfAny(['.', 'E']) < 0 ? digits + ".0" : digits;
    }

    /// <summary>A <c>System.Half</c>, for which C# has no literal; every <c>Half</c> is exact as a <paramref name="value"/>.</summary>
    public static string Half(double value)
    {
        const string Type = "global::System.Half";
        if (double.IsNaN(value))
            return Type + ".NaN";
        if (double.IsInfinity(value))
            return Type + (value > 0 ? ".PositiveInfinity" : ".NegativeInfinity");
        if (value == 0)
            return IsNegativeZero(value) ? Type + ".NegativeZero" : Type + ".Zero";
        string literal = Single((float)value);
        return value < 0 ? "(" + Type + ")(" + literal + ")" : "(" + Type + ")" + literal;
    }

    public static string Char(char value) => "'" + (value == '"' ? "\"" : Escape(value, '\'')) + "'";

    /// <summary>A string literal; <c>null</c> becomes <c>null</c>.</summary>
    public static string String(string? value)
    {
        if (value is null)
            return "null";
        var text = new StringBuilder(value.Length + 2).Append('"');
        foreach (char c in value)
            text.Append(Escape(c, '"'));
        return text.Append('"').ToString();
    }

    private static string Escape(char c, char quote) => c switch
    {
        '\\' => "\\\\",
        '\0' => "\\0",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        _ when c == quote => "\\" + c,

        // Surrogates and line separators would break the encoding or the line of the generated file.
        _ when char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' or '\uFEFF'
            => "\\u" + ((int)c).ToString("X4", CultureInfo.InvariantCulture),
        _ => c.ToString(),
    };

    // "R" differs between hosts and 17 digits are hard to read: the fewest digits that give the same value.
    private static string ShortestDouble(double value)
    {
        foreach (string format in (ReadOnlySpan<string>)["G15", "G16"])
        {
            string digits = value.ToString(format, CultureInfo.InvariantCulture);
            if (double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed) && parsed == value)
                return digits;
        }
        return value.ToString("G17", CultureInfo.InvariantCulture);
    }

    private static string ShortestSingle(float value)
    {
        foreach (string format in (ReadOnlySpan<string>)["G6", "G7", "G8"])
        {
            string digits = value.ToString(format, CultureInfo.InvariantCulture);
            if (float.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out float parsed) && parsed == value)
                return digits;
        }
        return value.ToString("G9", CultureInfo.InvariantCulture);
    }

    private static bool IsNegativeZero(double value) => BitConverter.DoubleToInt64Bits(value) < 0;
}
