using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using static System.FormattableString;

namespace AutoDiff.NeuralNetworks;

/// <summary>Collects tensors and metadata, and writes them as one safetensors file.</summary>
/// <remarks>The bytes depend on what was added and in which order, on nothing else.</remarks>
public sealed class SafeTensorsWriter
{
    private const int Alignment = 8; // the data then begins at a multiple of 8, which readers that map files rely on
    private readonly List<(SafeTensorInfo Info, byte[] Bytes)> _tensors = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal) { SafeTensorsHeader.MetadataKey };
    private readonly SortedDictionary<string, string> _metadata = new(StringComparer.Ordinal);
    private long _end;

    /// <summary>Adds a tensor; its elements are copied.</summary>
    /// <param name="name">A name that is not yet there.</param>
    /// <param name="shape">The lengths; empty for a scalar.</param>
    /// <param name="values">Row-major.</param>
    /// <exception cref="ArgumentException">The name is taken, or the number of values is not the product of the shape.</exception>
    public void Add<T>(string name, ReadOnlySpan<long> shape, ReadOnlySpan<T> values) where T : unmanaged
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        long product = 1;
        foreach (long length in shape)
        {
            if (length < 0)
                throw new ArgumentException($"shape of '{name}': a length is negative in {SafeTensorInfo.Format(shape)}.", nameof(shape));
            product = checked(product * length);
        }
        if (product != values.Length)
            throw new ArgumentException(Invariant(
                $"values of '{name}': shape {SafeTensorInfo.Format(shape)} has {product} elements, got {values.Length}."), nameof(values));
        if (!_names.Add(name)) throw new ArgumentException($"name: '{name}' is already there.", nameof(name));

        byte[] bytes = MemoryMarshal.AsBytes(values).ToArray();
        SafeTensorsElements.LittleEndian(MemoryMarshal.Cast<byte, T>(bytes.AsSpan()));
        _tensors.Add((new SafeTensorInfo(name, SafeTensorTypes.Of<T>(), [.. shape], _end, _end + bytes.Length), bytes));
        _end += bytes.Length;
    }

    /// <summary>Sets an entry of the metadata.</summary>
    public void SetMetadata(string key, string value)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        _metadata[key] = value;
    }

    /// <summary>Writes the file at once or not at all: under another name, to the disk, and then renamed.</summary>
    /// <exception cref="IOException">The file cannot be written; an older file of that name is still there.</exception>
    public void Save(string path) => AtomicFile.Write(path, Write);

    /// <summary>Writes the file to a stream.</summary>
    public void Write(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var header = Header();
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var (_, bytes) in _tensors) stream.Write(bytes);
    }

    private ReadOnlySpan<byte> Header()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (_metadata.Count > 0)
            {
                json.WriteStartObject(SafeTensorsHeader.MetadataKey);
                foreach (var (key, value) in _metadata) json.WriteString(key, value);
                json.WriteEndObject();
            }
            foreach (var (info, _) in _tensors) WriteTensor(json, info);
            json.WriteEndObject();
        }
        int padding = (Alignment - buffer.WrittenCount % Alignment) % Alignment;
        buffer.GetSpan(padding)[..padding].Fill((byte)' ');
        buffer.Advance(padding);
        return buffer.WrittenCount <= SafeTensorsHeader.MaximumLength
            ? buffer.WrittenSpan
            : throw new InvalidOperationException(Invariant(
                $"The header has {buffer.WrittenCount} bytes; at most {SafeTensorsHeader.MaximumLength} are allowed."));
    }

    private static void WriteTensor(Utf8JsonWriter json, SafeTensorInfo info)
    {
        json.WriteStartObject(info.Name);
        json.WriteString("dtype", info.Type.FormatName());
        json.WriteStartArray("shape");
        foreach (long length in info.Shape) json.WriteNumberValue(length);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(info.Begin);
        json.WriteNumberValue(info.End);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
