using AutoDiff.Compiler.Analysis;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Transforms;

/// <summary>
/// An element that has just been read or written, and that nothing has written since, is not read again: the value is at hand. Each read that goes is a residual
/// less where the backward part would have needed what it read.
/// </summary>
internal sealed class LoadForwarding
{
    private readonly Dictionary<int, Value> _replaced = [];
    private readonly MemoryEffects _effects;

    private LoadForwarding(BufferFacts buffers) => _effects = new MemoryEffects(buffers.Root);

    public static Function Run(Function function)
    {
        var pass = new LoadForwarding(BufferFacts.Of(function));
        return function with { Body = pass.Visit(function.Body, []) };
    }

    private Region Visit(Region region, Dictionary<(int Buffer, int Index), (int Root, Value Value)> known)
    {
        var body = new List<Instruction>();
        foreach (Instruction original in region.Body)
        {
            Instruction instruction = Rewrite(original, known);
            switch (instruction)
            {
                case Load load:
                    if (known.TryGetValue((load.Buffer.Id, load.Index.Id), out (int, Value Value) element) && load.Result.Name.Length == 0)
                    {
                        _replaced[load.Result.Id] = element.Value;
                        continue;
                    }

                    known[(load.Buffer.Id, load.Index.Id)] = (_effects.Root(load.Buffer), load.Result);
                    break;
                case Store store:
                    Forget(_effects.Written(store), known);
                    known[(store.Buffer.Id, store.Index.Id)] = (_effects.Root(store.Buffer), store.Operand);
                    break;
                default:
                    Forget(_effects.Written(instruction), known);
                    break;
            }

            body.Add(instruction);
        }

        return new Region(region.Parameters, body.ToEquatable(), region.Yields.Select(Use).ToEquatable());
    }

    private Instruction Rewrite(Instruction instruction, Dictionary<(int, int), (int, Value)> known)
    {
        switch (instruction)
        {
            case If branch:
                return branch with { Condition = Use(branch.Condition), Then = Visit(branch.Then, new(known)), Else = Visit(branch.Else, new(known)) };
            case For loop:
                Dictionary<(int, int), (int, Value)> inside = Without(loop);
                return loop with { Start = Use(loop.Start), End = Use(loop.End), Initial = loop.Initial.Select(Use).ToEquatable(), Body = Visit(loop.Body, inside) };
            case While loop:
                inside = Without(loop);
                return loop with { Initial = loop.Initial.Select(Use).ToEquatable(), Body = Visit(loop.Body, inside) };
            default:
                return instruction.Rewrite(Use, static v => v);
        }

        // What an iteration writes, an earlier one may have written.
        Dictionary<(int, int), (int, Value)> Without(Instruction loop)
        {
            var inner = new Dictionary<(int, int), (int, Value)>(known);
            Forget(_effects.Written(loop), inner);
            return inner;
        }
    }

    private static void Forget(HashSet<int> written, Dictionary<(int, int), (int Root, Value)> known)
    {
        if (written.Count == 0) return;
        foreach ((int, int) key in known.Where(e => written.Contains(e.Value.Root) || written.Contains(MemoryEffects.Unknown)).Select(static e => e.Key).ToList()) known.Remove(key);
    }

    private Value Use(Value value) => _replaced.TryGetValue(value.Id, out Value? same) ? same : value;
}
