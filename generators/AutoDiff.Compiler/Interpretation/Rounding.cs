using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Interpretation;

/// <summary>Rounds and wraps to what an element kind can hold.</summary>
internal static class Rounding
{
    public static double ToKind(double value, ElementKind kind) => kind switch
    {
        ElementKind.Single => (float)value,
        ElementKind.Half => ToHalf(value),
        _ => value,
    };

    /// <summary>The low bits of an integer, read in the kind, as C# does unchecked.</summary>
    public static long Wrap(long value, ElementKind kind) => unchecked(kind switch
    {
        ElementKind.Bool => value & 1,
        ElementKind.Byte => (byte)value,
        ElementKind.SByte => (sbyte)value,
        ElementKind.Int16 => (short)value,
        ElementKind.UInt16 => (ushort)value,
        ElementKind.Int32 => (int)value,
        ElementKind.UInt32 => (uint)value,
        _ => value,
    });

    /// <summary>A floating value as an integer: truncated, saturated at the ends of the 32-bit and 64-bit kinds, 0 for NaN; smaller kinds
    /// wrap an i32.</summary>
    public static long ToInteger(double value, ElementKind kind)
    {
        if (double.IsNaN(value)) return 0;
        value = Math.Truncate(value);
        return kind switch
        {
            ElementKind.UInt64 => unchecked((long)(value <= 0 ? 0UL : value >= 18446744073709551616.0 ? ulong.MaxValue : (ulong)value)),
            ElementKind.Int64 => value <= -9223372036854775808.0 ? long.MinValue : value >= 9223372036854775808.0 ? long.MaxValue
                : (long)value,
            ElementKind.UInt32 => value <= 0 ? 0 : value >= uint.MaxValue ? uint.MaxValue : (long)value,
            _ => Wrap(value <= int.MinValue ? int.MinValue : value >= int.MaxValue ? int.MaxValue : (long)value, kind),
        };
    }

    public static double ToReal(long value, ElementKind from) => from == ElementKind.UInt64 ? unchecked((ulong)value) : value;

    /// <summary>To IEEE binary16: 11 significant bits, ties to even, gradual underflow below 2⁻¹⁴.</summary>
    private static double ToHalf(double value)
    {
        if (value == 0 || double.IsNaN(value) || double.IsInfinity(value)) return value;
        int exponent = Math.Max((int)(BitConverter.DoubleToInt64Bits(value) >> 52 & 0x7FF) - 1023, -14);
        double unit = Math.Pow(2, exponent - 10);
        double rounded = Math.Round(value / unit) * unit;
        return Math.Abs(rounded) > 65504 ? value > 0 ? double.PositiveInfinity : double.NegativeInfinity : rounded;
    }
}
