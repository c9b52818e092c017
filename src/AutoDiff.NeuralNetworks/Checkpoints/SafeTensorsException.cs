namespace AutoDiff.NeuralNetworks;

/// <summary>A file that breaks a rule of the safetensors format, or that lacks what was asked for.</summary>
public sealed class SafeTensorsException : IOException
{
    /// <summary>An error in a file, or in one of its tensors.</summary>
    public SafeTensorsException(string file, string? tensor, string problem, Exception? innerException = null)
        : base(tensor is null ? $"{file}: {problem}" : $"{file}: tensor '{tensor}': {problem}", innerException)
        => (File, Tensor) = (file, tensor);

    /// <summary>The name of the file.</summary>
    public string File { get; }

    /// <summary>The name of the tensor, where it is about one.</summary>
    public string? Tensor { get; }
}
