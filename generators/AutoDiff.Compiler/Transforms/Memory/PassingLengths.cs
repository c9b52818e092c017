using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Transforms;

/// <summary>
/// The length of a span that is made inside a branch or a loop is the number that it is made with. The backward part may ask for that number when the span itself is gone,
/// and cannot be given it again as an array could.
/// </summary>
public static class PassingLengths
{
    public static Function Run(Function function)
    {
        var lengths = new Dictionary<int, Value>();
        var known = new Dictionary<int, Value>();
        foreach (Region nested in function.Body.Body.SelectMany(static i => i.Regions)) Visit(nested);
        return known.Count == 0 ? function : function with { Body = function.Body.Rewrite(Resolved, static v => v) };

        Value Resolved(Value value)
        {
            while (known.TryGetValue(value.Id, out Value? length)) value = length;
            return value;
        }

        void Visit(Region region)
        {
            foreach (Instruction instruction in region.Body)
            {
                switch (instruction)
                {
                    case AllocateBuffer { Result.Type: BufferType { Kind: not BufferKind.Array } } allocate:
                        lengths[allocate.Result.Id] = allocate.Length;
                        break;
                    case SliceBuffer slice when lengths.ContainsKey(slice.Buffer.Id):
                        lengths[slice.Result.Id] = slice.Length;
                        break;
                    case BufferLength length when lengths.TryGetValue(length.Buffer.Id, out Value? number):
                        known[length.Result.Id] = number;
                        break;
                }

                foreach (Region nested in instruction.Regions) Visit(nested);
            }
        }
    }
}
