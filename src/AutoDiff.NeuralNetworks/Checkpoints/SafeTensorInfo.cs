using System.Collections.Immutable;
using static System.FormattableString;

namespace AutoDiff.NeuralNetworks;

/// <summary>What the header of a safetensors file says of one tensor.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Shape">Its lengths, row-major; empty for a scalar.</param>
/// <param name="Begin">The first byte, from the end of the header.</param>
/// <param name="End">The byte after the last.</param>
public sealed record SafeTensorInfo(string Name, SafeTensorType Type, ImmutableArray<long> Shape, long Begin, long End)
{
    /// <summary>The number of bytes.</summary>
    public long ByteLength => End - Begin;

    /// <summary>The number of elements.</summary>
    public long Length => ByteLength / Type.Size();

    /// <summary>The type and the shape, such as <c>F32 [2, 3]</c>.</summary>
    public string Describe() => $"{Type.FormatName()} {Format(Shape.AsSpan())}";

    /// <inheritdoc/>
    public bool Equals(SafeTensorInfo? other) => other is not null && Name == other.Name && Type == other.Type
        && Begin == other.Begin && End == other.End && Shape.AsSpan().SequenceEqual(other.Shape.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Type, Begin, End, Shape.Length);

    internal static string Format(ReadOnlySpan<long> shape) => Invariant($"[{string.Join(", ", shape.ToArray())}]");
}
