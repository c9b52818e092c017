using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Scheduling.Loops;

namespace AutoDiff.Compiler.Transforms;

/// <summary>
/// Leaves out what is written to local memory that nobody reads, any more or ever: by counted loops, at elements that are proved to be there, so that no exception goes with it.
/// </summary>
internal sealed class UnreadMemory
{
    private readonly IndexFacts _facts;
    private readonly Dictionary<int, Value> _local = [];
    private readonly HashSet<int> _kept = [];

    private UnreadMemory(Region body)
    {
        _facts = new IndexFacts([body]);
        Visit(body, null);
    }

    public static Function Run(Function function)
    {
        var pass = new UnreadMemory(function.Body);
        Value[] unread = [.. pass._local.Values.Where(v => !pass._kept.Contains(v.Id))];
        return unread.Length == 0 ? function : function with { Body = WriteOnly.Without(function.Body, unread) };
    }

    private void Visit(Region region, For? loop)
    {
        foreach (Instruction instruction in region.Body)
        {
            switch (instruction)
            {
                case AllocateBuffer allocate:
                    _local[allocate.Result.Id] = allocate.Result;
                    break;
                case BufferLength or SliceBuffer:
                    break;
                case Store { Buffer: var buffer, Index: var index, Operand: var stored } when loop is not null && IsInside(buffer, index, loop):
                    Keep(stored);
                    break;
                default:
                    foreach (Value operand in instruction.Operands) Keep(operand);
                    break;
            }

            foreach (Region nested in instruction.Regions) Visit(nested, instruction is For { HasCondition: false, Stride: 1 } inner ? inner : null);
        }

        foreach (Value yielded in region.Yields) Keep(yielded);
    }

    private bool IsInside(Value buffer, Value index, For loop) => _facts.IsInside(_facts.Of(index), loop.Counter, _facts.Of(loop.Start), _facts.Of(loop.End), buffer);

    private void Keep(Value value)
    {
        if (value.Type is BufferType && _facts.RootOf(value) is { } root) _kept.Add(root.Id);
    }
}
