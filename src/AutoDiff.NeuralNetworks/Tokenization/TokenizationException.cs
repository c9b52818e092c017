namespace AutoDiff.NeuralNetworks;

/// <summary>A text that a tokenizer cannot encode, or a description of a tokenizer that is not one.</summary>
public sealed class TokenizationException(string message, Exception? innerException = null) : Exception(message, innerException);
