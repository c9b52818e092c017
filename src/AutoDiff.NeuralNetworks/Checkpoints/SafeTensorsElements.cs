using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AutoDiff.NeuralNetworks;

/// <summary>Elements as the format stores them (little-endian) and as the machine has them.</summary>
internal static class SafeTensorsElements
{
    /// <summary>Turns elements as stored into those of this machine, or back.</summary>
    public static void LittleEndian<T>(Span<T> elements) where T : unmanaged
    {
        if (BitConverter.IsLittleEndian || Unsafe.SizeOf<T>() == 1) return;
        foreach (ref T element in elements)
            MemoryMarshal.AsBytes(new Span<T>(ref element)).Reverse();
    }

    public static void ToSingle(SafeTensorType type, ReadOnlySpan<byte> bytes, Span<float> destination)
    {
        for (int i = 0; i < destination.Length; i++)
            destination[i] = type switch
            {
                SafeTensorType.F16 => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes[(2 * i)..]),
                SafeTensorType.BF16 => BitConverter.UInt32BitsToSingle((uint)Read16(bytes[(2 * i)..]) << 16),
                _ => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes[(8 * i)..]),
            };

        static ushort Read16(ReadOnlySpan<byte> at) => BinaryPrimitives.ReadUInt16LittleEndian(at);
    }
}
