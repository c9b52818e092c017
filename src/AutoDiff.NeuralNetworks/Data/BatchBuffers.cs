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
        if (length != (long)batches.Batch * batches.Context)
            throw new ArgumentException(FormattableString.Invariant(
                $"{name}: expected {batches.Batch} windows of {batches.Context} tokens = {(long)batches.Batch * batches.Context}, got {length}."), name);
    }
}
