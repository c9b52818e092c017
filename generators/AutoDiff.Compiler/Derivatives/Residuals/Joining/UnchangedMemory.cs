using AutoDiff.Compiler.Analysis;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Derivatives.Residuals;

/// <summary>
/// Which loads find the same elements again when the backward part of a region runs right behind it: those from memory that nothing writes from the loop or branch of the
/// region on in which the load is.
/// </summary>
internal static class UnchangedMemory
{
    public static IEnumerable<Load> Loads(Region region, BufferFacts buffers)
    {
        var written = new HashSet<int>();
        for (int i = region.Body.Length - 1; i >= 0; i--)
        {
            written.UnionWith(Written(region.Body[i]).Select(v => buffers.Root(v).Id));
            foreach (Load load in Nested(region.Body[i]).OfType<Load>())
                if (!written.Contains(buffers.Root(load.Buffer).Id)) yield return load;
        }
    }

    /// <summary>The buffers that an instruction writes, at any depth.</summary>
    public static IEnumerable<Value> Written(Instruction instruction) => Nested(instruction).Prepend(instruction).SelectMany(static i => i switch
    {
        Store store => [store.Buffer],
        Accumulate accumulate => [accumulate.Buffer],
        FillBuffer fill => [fill.Buffer],
        CopyBuffer copy => [copy.Destination],
        Call call => call.WrittenBuffers(),
        _ => Enumerable.Empty<Value>(),
    });

    private static IEnumerable<Instruction> Nested(Instruction instruction)
        => instruction.Regions.SelectMany(static r => r.Body).SelectMany(static i => Nested(i).Prepend(i));
}
