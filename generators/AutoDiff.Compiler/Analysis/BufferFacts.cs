using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Analysis;

/// <summary>
/// Which memory a buffer value stands for, and which memory is written. The root of a view is the buffer that it is a view of; two buffers with different
/// roots do not overlap (the generated code checks that at entry), two with the same root may.
/// </summary>
public sealed class BufferFacts
{
    private readonly Dictionary<int, Value> _roots = [];
    private readonly HashSet<int> _written = [];

    private BufferFacts()
    {
    }

    public static BufferFacts Of(Function function)
    {
        var facts = new BufferFacts();
        facts.Visit(function.Body);
        return facts;
    }

    public Value Root(Value buffer) => _roots.TryGetValue(buffer.Id, out Value? root) ? root : buffer;

    /// <summary>Whether anything in the function writes the memory behind a buffer.</summary>
    public bool IsWritten(Value buffer) => _written.Contains(Root(buffer).Id);

    private void Visit(Region region)
    {
        foreach (Instruction instruction in region.Body)
        {
            switch (instruction)
            {
                case SliceBuffer slice:
                    _roots[slice.Result.Id] = Root(slice.Buffer);
                    break;
                case Store store:
                    _written.Add(Root(store.Buffer).Id);
                    break;
                case Accumulate accumulate:
                    _written.Add(Root(accumulate.Buffer).Id);
                    break;
                case FillBuffer fill:
                    _written.Add(Root(fill.Buffer).Id);
                    break;
                case CopyBuffer copy:
                    _written.Add(Root(copy.Destination).Id);
                    break;
                case Call call:
                    foreach (Value written in call.WrittenBuffers()) _written.Add(Root(written).Id);
                    break;
            }

            foreach (Region nested in instruction.Regions) Visit(nested);
        }
    }
}

public static class CallFacts
{
    /// <summary>The operands of a call with the parameters they go to.</summary>
    public static IEnumerable<(CalleeParameter Parameter, Value Operand)> Arguments(this Callee callee, EquatableArray<Value> inputs)
    {
        int next = 0;
        foreach (CalleeParameter parameter in callee.Parameters)
            if (parameter.Passing != PassingKind.Out) yield return (parameter, inputs[next++]);
    }

    public static IEnumerable<Value> WrittenBuffers(this Call call)
        => call.Callee.Arguments(call.Inputs).Where(static a => a.Parameter.IsWritten).Select(static a => a.Operand);
}
