using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using static System.FormattableString;

namespace AutoDiff.NeuralNetworks;

/// <summary>An open safetensors file. The header is read and checked at once, tensors when they are asked for.</summary>
/// <remarks>
/// The format: the length of the header (64 bits, little-endian), the header (JSON), and the elements, row-major and
/// little-endian. Every rule is checked: a header of at most 100 MB, no name twice, sizes that match shapes without overflow, and
/// tensors that cover the data without overlap, hole or remainder.
/// </remarks>
public sealed class SafeTensorsFile : IDisposable
{
    private readonly SafeFileHandle? _handle;
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly Dictionary<string, SafeTensorInfo> _byName;
    private readonly long _dataStart;

    private SafeTensorsFile(string name, SafeFileHandle? handle, ReadOnlyMemory<byte> bytes)
    {
        (Name, _handle, _bytes) = (name, handle, bytes);
        long length = handle is null ? bytes.Length : RandomAccess.GetLength(handle);
        if (length < sizeof(ulong))
            throw new SafeTensorsException(name, null, Invariant($"expected at least 8 bytes, got {length}."));
        Span<byte> prefix = stackalloc byte[sizeof(ulong)];
        ReadAt(0, prefix, tensor: null);
        ulong header = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (header > SafeTensorsHeader.MaximumLength)
            throw new SafeTensorsException(name, null, Invariant(
                $"the header has {header} bytes; at most {SafeTensorsHeader.MaximumLength} are allowed."));
        if ((long)header > length - sizeof(ulong))
            throw new SafeTensorsException(name, null, Invariant(
                $"the header has {header} bytes, but only {length - sizeof(ulong)} follow its length."));
        var utf8 = new byte[(int)header];
        ReadAt(sizeof(ulong), utf8, tensor: null);
        _dataStart = sizeof(ulong) + utf8.Length;
        (Tensors, Metadata) = new SafeTensorsHeader(name).Parse(utf8, length - _dataStart);
        _byName = Tensors.ToDictionary(t => t.Name, StringComparer.Ordinal);
    }

    /// <summary>What errors call the file: its path.</summary>
    public string Name { get; }

    /// <summary>The tensors, in the order of their bytes.</summary>
    public ImmutableArray<SafeTensorInfo> Tensors { get; }

    /// <summary>The strings under <c>__metadata__</c>.</summary>
    public ImmutableDictionary<string, string> Metadata { get; }

    /// <summary>Opens a file.</summary>
    /// <exception cref="SafeTensorsException">The file breaks a rule of the format.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SafeTensorsFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var handle = File.OpenHandle(path);
        try
        {
            return new SafeTensorsFile(path, handle, default);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Reads a file that is in memory; the bytes are not copied.</summary>
    /// <exception cref="SafeTensorsException">The bytes break a rule of the format.</exception>
    public static SafeTensorsFile FromBytes(ReadOnlyMemory<byte> bytes, string name = "(memory)") => new(name, null, bytes);

    /// <summary>Whether there is a tensor of this name.</summary>
    public bool Contains(string tensor) => _byName.ContainsKey(tensor);

    /// <summary>What the header says of a tensor.</summary>
    /// <exception cref="SafeTensorsException">There is no such tensor.</exception>
    public SafeTensorInfo this[string tensor] => _byName.TryGetValue(tensor, out var info)
        ? info
        : throw Error(tensor, Invariant($"is not in the file, which has {Tensors.Length} tensors."));

    /// <summary>The bytes of a tensor, as they are in the file.</summary>
    /// <exception cref="SafeTensorsException">There is no such tensor, the length differs, or the file is cut off.</exception>
    public void ReadBytes(string tensor, Span<byte> destination)
    {
        var info = this[tensor];
        if (destination.Length != info.ByteLength)
            throw Error(tensor, Invariant($"has {info.ByteLength} bytes, but the destination {destination.Length}."));
        ReadAt(_dataStart + info.Begin, destination, tensor);
    }

    /// <summary>The elements of a tensor whose type in the file is exactly <typeparamref name="T"/>.</summary>
    /// <exception cref="SafeTensorsException">There is no such tensor, or its type or length differs.</exception>
    public void Read<T>(string tensor, Span<T> destination) where T : unmanaged
    {
        var info = this[tensor];
        var expected = SafeTensorTypes.Of<T>();
        if (info.Type != expected)
            throw Error(tensor, $"expected elements of {expected.FormatName()}, got {info.Type.FormatName()}.");
        if (destination.Length != info.Length)
            throw Error(tensor, Invariant($"has {info.Length} elements, but the destination {destination.Length}."));
        ReadBytes(tensor, MemoryMarshal.AsBytes(destination));
        SafeTensorsElements.LittleEndian(destination);
    }

    /// <summary>The elements of a tensor of F32, F16, BF16 or F64, as floats; those of F64 are rounded.</summary>
    /// <exception cref="SafeTensorsException">There is no such tensor, or it is of another length or not of floats.</exception>
    public void ReadAsSingle(string tensor, Span<float> destination)
    {
        var info = this[tensor];
        if (info.Type == SafeTensorType.F32)
        {
            Read(tensor, destination);
            return;
        }
        if (info.Type is not (SafeTensorType.F16 or SafeTensorType.BF16 or SafeTensorType.F64))
            throw Error(tensor, $"expected F32, F16, BF16 or F64, got {info.Type.FormatName()}.");
        if (destination.Length != info.Length)
            throw Error(tensor, Invariant($"has {info.Length} elements, but the destination {destination.Length}."));
        var bytes = new byte[info.ByteLength];
        ReadBytes(tensor, bytes);
        SafeTensorsElements.ToSingle(info.Type, bytes, destination);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _handle?.Dispose();

    private SafeTensorsException Error(string? tensor, string problem) => new(Name, tensor, problem);

    private void ReadAt(long offset, Span<byte> destination, string? tensor)
    {
        if (_handle is null)
        {
            _bytes.Span.Slice((int)offset, destination.Length).CopyTo(destination);
            return;
        }
        while (!destination.IsEmpty)
        {
            int count = RandomAccess.Read(_handle, destination, offset);
            if (count == 0) throw Error(tensor, "the file was cut off while it was read.");
            offset += count;
            destination = destination[count..];
        }
    }
}
