using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Derivatives.Reverse;

/// <summary>
/// Whether a written buffer's contents at entry can matter. Exact for straight code with constant indices; anything that cannot be followed (a view, a
/// call, a computed index) counts as a read, since a superfluous gradient destination is a zero and a missing one would be a lost derivative.
/// </summary>
internal static class EntryReads
{
    public static bool Any(Region body, Value buffer) => Scan(body, buffer, [], []);

    private static bool Scan(Region region, Value buffer, HashSet<long> written, Dictionary<int, long> constants)
    {
        foreach (Instruction instruction in region.Body)
        {
            switch (instruction)
            {
                case Constant constant when constant.Result.Element.IsInteger():
                    constants[constant.Result.Id] = constant.Bits;
                    break;
                case Load load when load.Buffer == buffer:
                    if (!constants.TryGetValue(load.Index.Id, out long read) || !written.Contains(read)) return true;
                    break;
                case Store store when store.Buffer == buffer && constants.TryGetValue(store.Index.Id, out long index):
                    written.Add(index);
                    break;
                case FillBuffer fill when fill.Buffer == buffer:
                    // From here on the buffer holds what the method wrote.
                    return false;
                case Store or FillBuffer or BufferLength:
                    break;
                case CopyBuffer copy when copy.Destination == buffer && copy.Source != buffer:
                    break;
                default:
                    if (instruction.Operands.Contains(buffer)) return true;
                    break;
            }

            // What a region writes may not have happened; what it reads may.
            foreach (Region nested in instruction.Regions)
                if (Scan(nested, buffer, [.. written], constants)) return true;
        }

        return false;
    }
}
