using static System.FormattableString;

namespace AutoDiff.NeuralNetworks;

internal static class BatchBuffers
{
    public static void Check(ITokenBatches batches, ReadOnlySpan<int> tokens, ReadOnlySpan<int> targets)
    {
        CheckLength(batches, tokens.Length, nameof(tokens));
        CheckLength(batches, targets.Length, nameof(targets));
    }

    private static void CheckLength(ITokenBatches batches, int length, string name)
    {
        long expected = (long)batches.Batch * batches.Context;
        if (length != expected)
            throw new ArgumentException(Invariant(
                $"{name}: expected {batches.Batch} windows of {batches.Context} tokens = {expected}, got {length}."), name);
    }
}
