using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Transforms;

/// <summary>Leaves out what is written to memory that nobody reads.</summary>
internal static class WriteOnly
{
    /// <param name="region">The region.</param>
    /// <param name="buffers">The memory: nothing reads an element of it, and it does not go on to a call or through control flow.</param>
    public static Region Without(Region region, IEnumerable<Value> buffers) => Visit(region, [.. buffers.Select(static v => v.Id)]);

    private static Region Visit(Region region, HashSet<int> buffers)
    {
        var body = new List<Instruction>();
        foreach (Instruction instruction in region.Body)
        {
            switch (instruction)
            {
                case SliceBuffer slice when buffers.Contains(slice.Buffer.Id):
                    buffers.Add(slice.Result.Id);
                    break;
                case Store { Buffer: var stored } when buffers.Contains(stored.Id):
                case Accumulate { Buffer: var added } when buffers.Contains(added.Id):
                case FillBuffer { Buffer: var filled } when buffers.Contains(filled.Id):
                case CopyBuffer { Destination: var copied } when buffers.Contains(copied.Id):
                    break;
                case If branch:
                    body.Add(branch with { Then = Visit(branch.Then, buffers), Else = Visit(branch.Else, buffers) });
                    break;
                case For loop:
                    body.Add(loop with { Body = Visit(loop.Body, buffers) });
                    break;
                case While loop:
                    body.Add(loop with { Body = Visit(loop.Body, buffers) });
                    break;
                default:
                    body.Add(instruction);
                    break;
            }
        }

        return region with { Body = body.ToEquatable() };
    }
}
