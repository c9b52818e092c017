using System.Globalization;
using System.Text;

namespace AutoDiff.Compiler.IR;

/// <summary>Spellings that the printer and the parser share.</summary>
internal static class IrText
{
    /// <summary>A name: as it is where it is an identifier, quoted otherwise.</summary>
    public static string Word(string name) => name.Length > 0 && IsWordStart(name[0]) && name.All(IsWordPart) ? name : Quote(name);

    public static bool IsWordStart(char c) => char.IsLetter(c) || c == '_';

    public static bool IsWordPart(char c) => char.IsLetterOrDigit(c) || c == '_';

    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (char c in text)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ => c.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>The literal of a constant; where no decimal spelling has the same bits (a NaN with a payload), the bits.</summary>
    public static string Literal(ElementKind kind, long bits)
    {
        if (kind == ElementKind.Bool && bits is 0 or 1) return bits == 1 ? "true" : "false";
        if (!kind.IsFloating()) return Integer(bits);
        double value = BitConverter.Int64BitsToDouble(bits);
        foreach (string format in (string[])["R", "G17"])
        {
            string text = bits == long.MinValue ? "-0" : value.ToString(format, CultureInfo.InvariantCulture);
            if (TryParseFloating(text, out long parsed) && parsed == bits) return text;
        }

        return "bits 0x" + bits.ToString("x16", CultureInfo.InvariantCulture);
    }

    /// <summary>The bits of a decimal literal of a floating kind.</summary>
    public static bool TryParseFloating(string text, out long bits)
    {
        bool isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value);
        bits = text == "-0" ? long.MinValue : BitConverter.DoubleToInt64Bits(value);
        return isNumber;
    }

    public static string Integer(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static string PassingText(PassingKind passing) => passing switch
    {
        PassingKind.ByValue => "value",
        PassingKind.In => "in",
        PassingKind.Ref => "ref",
        _ => "out",
    };
}
