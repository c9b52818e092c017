using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using static System.FormattableString;

namespace AutoDiff.NeuralNetworks;

/// <summary>Reads the JSON header. Everything in it is hostile until checked.</summary>
/// <param name="file">What errors call the file.</param>
internal sealed class SafeTensorsHeader(string file)
{
    public const int MaximumLength = 100_000_000;
    public const string MetadataKey = "__metadata__";

    public readonly record struct Contents(ImmutableArray<SafeTensorInfo> Tensors, ImmutableDictionary<string, string> Metadata);

    /// <summary>The tensors, in the order of their bytes, and the metadata.</summary>
    /// <param name="utf8">The header.</param>
    /// <param name="dataLength">The number of bytes after the header.</param>
    public Contents Parse(ReadOnlySpan<byte> utf8, long dataLength)
    {
        if (utf8.IsEmpty || utf8[0] != (byte)'{') throw Error(null, "the header does not begin with '{'.");
        try
        {
            // Utf8JsonReader checks UTF-8 only in the strings that are read, and all of ours are; this names the offence early.
            _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetCharCount(utf8);
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = 4 });
            var (tensors, metadata) = ReadRoot(ref reader);
            if (reader.Read()) throw Error(null, "the header goes on after its closing '}'.");
            return new(CheckLayout(tensors, dataLength), metadata);
        }
        catch (Exception e) when (e is JsonException or DecoderFallbackException or InvalidOperationException)
        {
            throw Error(null, $"the header is not valid JSON: {e.Message}", e);
        }
    }

    private (List<SafeTensorInfo>, ImmutableDictionary<string, string>) ReadRoot(ref Utf8JsonReader reader)
    {
        var tensors = new List<SafeTensorInfo>();
        ImmutableDictionary<string, string>? metadata = null;
        var names = new HashSet<string>(StringComparer.Ordinal);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            if (!names.Add(name)) throw Error(name, "is listed twice in the header.");
            reader.Read();
            if (name == MetadataKey) metadata = ReadMetadata(ref reader);
            else tensors.Add(ReadTensor(ref reader, name));
        }
        return (tensors, metadata ?? ImmutableDictionary<string, string>.Empty);
    }

    private ImmutableDictionary<string, string> ReadMetadata(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Error(null, $"{MetadataKey}: expected an object of strings, got {reader.TokenType}.");
        var metadata = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            reader.Read();
            if (reader.TokenType != JsonTokenType.String)
                throw Error(null, $"{MetadataKey}: '{key}': expected a string, got {reader.TokenType}.");
            if (!metadata.TryAdd(key, reader.GetString()!)) throw Error(null, $"{MetadataKey}: '{key}' is listed twice.");
        }
        return metadata.ToImmutable();
    }

    private SafeTensorInfo ReadTensor(ref Utf8JsonReader reader, string name)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Error(name, $"expected an object, got {reader.TokenType}.");
        SafeTensorType? type = null;
        ImmutableArray<long> shape = default, offsets = default;
        var fields = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string field = reader.GetString()!;
            if (!fields.Add(field)) throw Error(name, $"'{field}' is listed twice.");
            reader.Read();
            switch (field)
            {
                case "dtype": type = ReadType(ref reader, name); break;
                case "shape": shape = ReadIntegers(ref reader, name, field); break;
                case "data_offsets": offsets = ReadIntegers(ref reader, name, field); break;
                default: throw Error(name, $"unknown field '{field}'; expected dtype, shape and data_offsets.");
            }
        }
        if (type is null || shape.IsDefault || offsets.IsDefault)
            throw Error(name, $"has no {(type is null ? "dtype" : shape.IsDefault ? "shape" : "data_offsets")}.");
        if (offsets.Length != 2 || offsets[0] > offsets[1])
            throw Error(name, $"data_offsets: expected begin <= end, got {SafeTensorInfo.Format(offsets.AsSpan())}.");
        return new SafeTensorInfo(name, type.Value, shape, offsets[0], offsets[1]);
    }

    private SafeTensorType ReadType(ref Utf8JsonReader reader, string name)
    {
        string? text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return text is not null && SafeTensorTypes.TryParse(text, out var type)
            ? type
            : throw Error(name, $"unknown dtype {(text is null ? reader.TokenType : $"'{text}'")}.");
    }

    private ImmutableArray<long> ReadIntegers(ref Utf8JsonReader reader, string name, string field)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw Error(name, $"{field}: expected an array of integers, got {reader.TokenType}.");
        var values = ImmutableArray.CreateBuilder<long>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long value) || value < 0)
                throw Error(name, Invariant(
                    $"{field}[{values.Count}]: expected an integer in [0, 2^63), got {Encoding.UTF8.GetString(reader.ValueSpan)}."));
            values.Add(value);
        }
        return values.ToImmutable();
    }

    /// <summary>Sizes match shapes, and the tensors cover the data exactly: no overlap, no hole, nothing after the end.</summary>
    private ImmutableArray<SafeTensorInfo> CheckLayout(List<SafeTensorInfo> tensors, long dataLength)
    {
        foreach (var tensor in tensors)
        {
            if (tensor.End > dataLength)
                throw Error(tensor.Name, Invariant(
                    $"ends at byte {tensor.End} of the data, but the file has {dataLength}."));
            if (ByteLength(tensor) is var expected && expected != tensor.ByteLength)
                throw Error(tensor.Name, Invariant(
                    $"{tensor.Describe()} takes {expected} bytes, but data_offsets [{tensor.Begin}, {tensor.End}] {tensor.ByteLength}."));
        }

        // Empty tensors share their offset with the tensor after them, hence the second key.
        ImmutableArray<SafeTensorInfo> sorted = [.. tensors.OrderBy(t => t.Begin).ThenBy(t => t.End)];
        long at = 0;
        foreach (var tensor in sorted)
        {
            string problem = tensor.Begin < at ? "they overlap" : "there is a hole";
            if (tensor.Begin != at)
                throw Error(tensor.Name, Invariant(
                    $"begins at byte {tensor.Begin}, but the data before it ends at {at}: {problem}."));
            at = tensor.End;
        }
        if (at != dataLength)
            throw Error(null, Invariant($"the tensors end at byte {at} of the data, but the file has {dataLength}."));
        return sorted;
    }

    private long ByteLength(SafeTensorInfo tensor)
    {
        // A zero makes the product zero whatever the others are; without it a product cannot shrink, so the first overflow is final.
        if (tensor.Shape.Contains(0)) return 0;
        try
        {
            long bytes = tensor.Type.Size();
            foreach (long length in tensor.Shape) bytes = checked(bytes * length);
            return bytes;
        }
        catch (OverflowException e)
        {
            throw Error(tensor.Name, $"{tensor.Describe()} has more bytes than 2^63.", e);
        }
    }

    private SafeTensorsException Error(string? tensor, string problem, Exception? inner = null) => new(file, tensor, problem, inner);
}
