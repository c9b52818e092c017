namespace AutoDiff.NeuralNetworks;

/// <summary>The element types of the safetensors format.</summary>
public enum SafeTensorType
{
    /// <summary>One byte, 0 or 1.</summary>
    Bool,
    /// <summary>Unsigned 8-bit integer.</summary>
    U8,
    /// <summary>Signed 8-bit integer.</summary>
    I8,
    /// <summary>Signed 16-bit integer.</summary>
    I16,
    /// <summary>Unsigned 16-bit integer.</summary>
    U16,
    /// <summary>IEEE 754 binary16.</summary>
    F16,
    /// <summary>The upper half of a binary32.</summary>
    BF16,
    /// <summary>Signed 32-bit integer.</summary>
    I32,
    /// <summary>Unsigned 32-bit integer.</summary>
    U32,
    /// <summary>IEEE 754 binary32.</summary>
    F32,
    /// <summary>IEEE 754 binary64.</summary>
    F64,
    /// <summary>Signed 64-bit integer.</summary>
    I64,
    /// <summary>Unsigned 64-bit integer.</summary>
    U64,
}

internal static class SafeTensorTypes
{
    private static readonly string[] Names = Enum.GetNames<SafeTensorType>();

    public static int Size(this SafeTensorType type) => type switch
    {
        SafeTensorType.Bool or SafeTensorType.U8 or SafeTensorType.I8 => 1,
        SafeTensorType.I16 or SafeTensorType.U16 or SafeTensorType.F16 or SafeTensorType.BF16 => 2,
        SafeTensorType.I32 or SafeTensorType.U32 or SafeTensorType.F32 => 4,
        _ => 8,
    };

    public static string FormatName(this SafeTensorType type) => type == SafeTensorType.Bool ? "BOOL" : type.ToString();

    public static bool TryParse(string text, out SafeTensorType type)
    {
        int index = text == "BOOL" ? 0 : Array.IndexOf(Names, text, 1);
        type = (SafeTensorType)Math.Max(index, 0);
        return index >= 0;
    }

    public static SafeTensorType Of<T>() where T : unmanaged =>
        typeof(T) == typeof(float) ? SafeTensorType.F32
        : typeof(T) == typeof(double) ? SafeTensorType.F64
        : typeof(T) == typeof(int) ? SafeTensorType.I32
        : typeof(T) == typeof(long) ? SafeTensorType.I64
        : typeof(T) == typeof(byte) ? SafeTensorType.U8
        : typeof(T) == typeof(sbyte) ? SafeTensorType.I8
        : typeof(T) == typeof(short) ? SafeTensorType.I16
        : typeof(T) == typeof(ushort) ? SafeTensorType.U16
        : typeof(T) == typeof(uint) ? SafeTensorType.U32
        : typeof(T) == typeof(ulong) ? SafeTensorType.U64
        : typeof(T) == typeof(Half) ? SafeTensorType.F16
        : typeof(T) == typeof(bool) ? SafeTensorType.Bool
        : throw new NotSupportedException($"The safetensors format has no element type for {typeof(T)}.");
}
