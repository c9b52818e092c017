using System.Collections.Immutable;
using System.Globalization;

namespace AutoDiff.NeuralNetworks;

/// <summary>A training run on disk, as a safetensors file: parameters under their names, the state of the optimizer, metadata.</summary>
/// <remarks>
/// Parameters are stored under their own names, so any reader of safetensors finds the weights. Random numbers need no entry:
/// generators are counter-based, and the seed and the step, which callers keep in the metadata, are their whole state.
/// </remarks>
public sealed class Checkpoint : IDisposable
{
    private const string FormatKey = "format", Format = "autodiff.checkpoint/1";
    private const string OptimizerKey = "optimizer", OptimizerStepKey = "optimizer.step", BufferPrefix = "optimizer.";
    private readonly SafeTensorsFile _file;

    private Checkpoint(SafeTensorsFile file) => _file = file;

    /// <summary>The path of the file.</summary>
    public string Path => _file.Name;

    /// <summary>The strings that were saved with it.</summary>
    public ImmutableDictionary<string, string> Metadata => _file.Metadata;

    /// <summary>Whether it has the state of an optimizer.</summary>
    public bool HasOptimizer => Metadata.ContainsKey(OptimizerKey);

    /// <summary>Writes a checkpoint at once or not at all: an older one of that name stays until the new one is on the disk.</summary>
    /// <param name="path">The file.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="optimizer">The optimizer, for exact resumption.</param>
    /// <param name="metadata">Further strings: configuration, step, seed. "format" and "optimizer…" are taken.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(string path, ParameterSet<float> parameters, Optimizer? optimizer = null,
                            IEnumerable<KeyValuePair<string, string>>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var writer = new SafeTensorsWriter();
        foreach (var (key, value) in metadata ?? [])
        {
            if (key == FormatKey || key.StartsWith(OptimizerKey, StringComparison.Ordinal))
                throw new ArgumentException($"metadata: the key '{key}' is taken.", nameof(metadata));
            writer.SetMetadata(key, value);
        }
        writer.SetMetadata(FormatKey, Format);
        AddAll(writer, "", parameters, parameters.Flat);
        if (optimizer?.ExportState() is { } state)
        {
            writer.SetMetadata(OptimizerKey, state.Kind);
            writer.SetMetadata(OptimizerStepKey, state.Step.ToString(CultureInfo.InvariantCulture));
            foreach (var buffer in state.Buffers) AddAll(writer, $"{BufferPrefix}{buffer.Name}.", parameters, buffer.Values.Span);
        }
        writer.Save(path);
    }

    /// <summary>Opens a checkpoint.</summary>
    /// <exception cref="SafeTensorsException">The file is damaged, or not a checkpoint.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Checkpoint Open(string path)
    {
        var file = SafeTensorsFile.Open(path);
        if (file.Metadata.GetValueOrDefault(FormatKey) is var format && format == Format) return new Checkpoint(file);
        file.Dispose();
        throw new SafeTensorsException(path, null, $"is not a checkpoint: expected the format '{Format}', got '{format ?? "none"}'.");
    }

    /// <summary>A string of the metadata.</summary>
    /// <exception cref="SafeTensorsException">There is no such string.</exception>
    public string Require(string key) => Metadata.TryGetValue(key, out string? value)
        ? value
        : throw new SafeTensorsException(Path, null, $"the metadata has no '{key}'.");

    /// <summary>Reads the parameters of a model.</summary>
    /// <exception cref="SafeTensorsException">A parameter is missing or superfluous or has another shape; nothing has changed.</exception>
    public void LoadParameters(ParameterSet<float> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var names = parameters.Names.ToHashSet(StringComparer.Ordinal);
        foreach (var tensor in _file.Tensors)
            if (!tensor.Name.StartsWith(BufferPrefix, StringComparison.Ordinal) && !names.Contains(tensor.Name))
                throw new SafeTensorsException(Path, tensor.Name, "is in the file, but not in the model.");
        var values = ReadAll("", parameters);
        values.CopyTo(parameters.Flat);
    }

    /// <summary>Reads the state of an optimizer.</summary>
    /// <exception cref="SafeTensorsException">There is none, or it does not fit the parameters; nothing has changed.</exception>
    /// <exception cref="ArgumentException">It is that of another kind of optimizer; nothing has changed.</exception>
    public void LoadOptimizer(Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        string kind = Require(OptimizerKey), stepText = Require(OptimizerStepKey);
        if (!long.TryParse(stepText, NumberStyles.None, CultureInfo.InvariantCulture, out long step))
            throw new SafeTensorsException(Path, null, $"'{OptimizerStepKey}': expected an integer >= 0, got '{stepText}'.");
        var parameters = optimizer.Parameters;
        var expected = optimizer.ExportState();
        // Another kind has other buffers: the import below says so, and there is no use in looking for ours.
        var buffers = kind == expected.Kind
            ? expected.Buffers.Select(b => new OptimizerBuffer(b.Name, ReadAll($"{BufferPrefix}{b.Name}.", parameters)))
            : [];
        optimizer.ImportState(new OptimizerState(kind, step, [.. buffers]));
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    private static void AddAll(SafeTensorsWriter writer, string prefix, ParameterSet<float> parameters, ReadOnlySpan<float> flat)
    {
        int offset = 0;
        for (int i = 0; i < parameters.Count; i++)
        {
            var slot = parameters[i];
            writer.Add(prefix + parameters.Names[i], Lengths(slot.Shape), flat.Slice(offset, slot.Length));
            offset += slot.Length;
        }
    }

    private float[] ReadAll(string prefix, ParameterSet<float> parameters)
    {
        var values = new float[parameters.TotalLength];
        int offset = 0;
        for (int i = 0; i < parameters.Count; i++)
        {
            var slot = parameters[i];
            string name = prefix + parameters.Names[i];
            var info = _file[name];
            long[] shape = Lengths(slot.Shape);
            if (info.Type != SafeTensorType.F32 || !info.Shape.AsSpan().SequenceEqual(shape))
                throw new SafeTensorsException(Path, name, $"expected F32 {SafeTensorInfo.Format(shape)}, got {info.Describe()}.");
            _file.Read(name, values.AsSpan(offset, slot.Length));
            offset += slot.Length;
        }
        return values;
    }

    private static long[] Lengths(ReadOnlySpan<int> shape)
    {
        var lengths = new long[shape.Length];
        for (int i = 0; i < lengths.Length; i++) lengths[i] = shape[i];
        return lengths;
    }
}
