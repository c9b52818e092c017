using AutoDiff.Compiler.Analysis;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Transforms;

/// <summary>Which memory an instruction touches, with its regions: by the roots of the buffers, −1 for memory that is not known.</summary>
internal sealed class MemoryEffects(Func<Value, Value?> rootOf)
{
    public const int Unknown = -1;

    public int Root(Value buffer) => rootOf(buffer)?.Id ?? Unknown;

    public HashSet<int> Written(Instruction instruction) => Collect(instruction, reads: false);

    public HashSet<int> Touched(Instruction instruction) => Collect(instruction, reads: true);

    private HashSet<int> Collect(Instruction instruction, bool reads)
    {
        var roots = new HashSet<int>();
        Visit(instruction);
        return roots;

        void Visit(Instruction visited)
        {
            switch (visited)
            {
                case Store or Accumulate or FillBuffer:
                    roots.Add(Root(visited.Operands[0]));
                    break;
                case CopyBuffer copy:
                    roots.Add(Root(copy.Destination));
                    if (reads) roots.Add(Root(copy.Source));
                    break;
                case Load load:
                    if (reads) roots.Add(Root(load.Buffer));
                    break;
                case Call call:
                    foreach (Value written in reads ? call.Inputs.Where(static v => v.Type is BufferType) : call.WrittenBuffers()) roots.Add(Root(written));
                    break;
                case Constant or Apply or AllocateBuffer or SliceBuffer or BufferLength or NewTape or Push or Pop or ReserveTape or ReleaseTape or Throw or If or For or While:
                    break;
                default:
                    foreach (Value operand in visited.Operands)
                        if (operand.Type is BufferType) roots.Add(Root(operand));
                    break;
            }

            foreach (Region region in visited.Regions)
                foreach (Instruction inner in region.Body) Visit(inner);
        }
    }
}
