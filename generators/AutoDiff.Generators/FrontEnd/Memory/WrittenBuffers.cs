using AutoDiff.Compiler;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Generators.FrontEnd;

/// <summary>
/// Which buffers a function writes: a value is written where it or a value that may share its memory is (views, and what branches and loops
/// choose between). Aliases are kept in classes (union-find): a may-analysis, insensitive to flow.
/// </summary>
internal sealed class WrittenBuffers
{
    private readonly Dictionary<int, int> _parents = [];
    private readonly List<int> _writes = [];

    public WrittenBuffers(Region body) => Visit(body);

    public bool IsWritten(Value buffer) => _writes.Any(w => Find(w) == Find(buffer.Id));

    private void Visit(Region region)
    {
        foreach (Instruction instruction in region.Body) Visit(instruction);
    }

    private void Visit(Instruction instruction)
    {
        switch (instruction)
        {
            case SliceBuffer slice:
                Join(slice.Result, slice.Buffer);
                break;
            case Store store:
                _writes.Add(store.Buffer.Id);
                break;
            case Accumulate accumulate:
                _writes.Add(accumulate.Buffer.Id);
                break;
            case CopyBuffer copy:
                _writes.Add(copy.Destination.Id);
                break;
            case FillBuffer fill:
                _writes.Add(fill.Buffer.Id);
                break;
            case Call call:
                CalleeParameter[] operands = call.Callee.Parameters.Where(static p => p.Passing != PassingKind.Out).ToArray();
                for (int i = 0; i < operands.Length && i < call.Inputs.Length; i++)
                    if (operands[i].IsWritten) _writes.Add(call.Inputs[i].Id);
                break;
            case If branch:
                Join(branch.Defines, branch.Then.Yields);
                Join(branch.Defines, branch.Else.Yields);
                break;
            case For loop:
                Carry(loop.Defines, loop.Initial, loop.Body, 1);
                break;
            case While loop:
                Carry(loop.Defines, loop.Initial, loop.Body, 0);
                break;
        }

        foreach (Region region in instruction.Regions) Visit(region);
    }

    private void Carry(EquatableArray<Value> defines, EquatableArray<Value> initial, Region body, int skipped)
    {
        Join(defines, initial);
        Join(defines, body.Yields);
        Join(defines, body.Parameters.Skip(skipped).ToEquatable());
    }

    private void Join(EquatableArray<Value> a, EquatableArray<Value> b)
    {
        for (int i = 0; i < a.Length && i < b.Length; i++)
            if (a[i].Type is BufferType) Join(a[i], b[i]);
    }

    private void Join(Value a, Value b) => _parents[Find(a.Id)] = Find(b.Id);

    private int Find(int id)
    {
        while (_parents.TryGetValue(id, out int parent) && parent != id) id = parent;
        return id;
    }
}
