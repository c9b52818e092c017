using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Scheduling.Loops;

namespace AutoDiff.Compiler.Transforms;

/// <summary>
/// The adjoint of <c>a[i] += x</c> takes the adjoint of the element, clears it and adds it back. Where nothing touches the buffer in between, clearing and adding
/// are one store; and a store of what the element holds is none.
/// </summary>
internal sealed class ZeroStores
{
    private readonly IndexFacts _facts;
    private readonly MemoryEffects _effects;

    private ZeroStores(Region[] regions)
    {
        _facts = new IndexFacts(regions);
        _effects = new MemoryEffects(_facts.RootOf);
    }

    /// <summary>Tidies two regions that follow one another: the first has adjoints too, where loops are differentiated as they run.</summary>
    public static (Region Forward, Region Backward) Run(Region forward, Region backward)
    {
        var pass = new ZeroStores([forward, backward]);
        return (pass.Visit(forward), pass.Visit(backward));
    }

    private Region Visit(Region region)
    {
        var body = new List<Instruction?>();
        var cleared = new Dictionary<(int Buffer, int Index, string Path), (int At, List<Load> Held)>();
        var loaded = new Dictionary<int, Load>();
        foreach (Instruction original in region.Body)
        {
            Instruction instruction = original switch
            {
                If branch => branch with { Then = Visit(branch.Then), Else = Visit(branch.Else) },
                For loop => loop with { Body = Visit(loop.Body) },
                While loop => loop with { Body = Visit(loop.Body) },
                _ => original,
            };
            if (instruction is Accumulate accumulate && cleared.TryGetValue((accumulate.Buffer.Id, accumulate.Index.Id, accumulate.Path), out (int At, List<Load> Held) clear))
            {
                // Without the clearing, the element still holds what it held before.
                body[clear.At] = null;
                foreach (Load held in clear.Held) loaded[held.Result.Id] = held;
                instruction = new Store(accumulate.Buffer, accumulate.Index, accumulate.Operand) { Step = accumulate.Step, Path = accumulate.Path };
            }

            if (instruction is Store same && loaded.TryGetValue(same.Operand.Id, out Load? load) && load.Buffer.Id == same.Buffer.Id && load.Index.Id == same.Index.Id && load.Path == same.Path)
            {
                foreach ((int Buffer, int Index, string Path) key in cleared.Keys.Where(k => Meets(_effects.Touched(same), k.Buffer)).ToList()) cleared.Remove(key);
                continue;
            }

            List<Load> before = instruction is Store zero && IsZero(zero.Operand)
                ? [.. loaded.Values.Where(l => l.Buffer.Id == zero.Buffer.Id && l.Index.Id == zero.Index.Id && l.Path == zero.Path)] : [];
            Touch(instruction);
            if (instruction is Store store && IsZero(store.Operand)) cleared[(store.Buffer.Id, store.Index.Id, store.Path)] = (body.Count, before);
            if (instruction is Load read) loaded[read.Result.Id] = read;
            body.Add(instruction);
        }

        return region with { Body = body.OfType<Instruction>().ToEquatable() };

        void Touch(Instruction instruction)
        {
            if (instruction is Constant or Apply) return;
            HashSet<int> touched = _effects.Touched(instruction), written = _effects.Written(instruction);
            foreach ((int Buffer, int Index, string Path) key in cleared.Keys.Where(k => Meets(touched, k.Buffer)).ToList()) cleared.Remove(key);
            foreach (int id in loaded.Keys.Where(id => Meets(written, loaded[id].Buffer.Id)).ToList()) loaded.Remove(id);
        }

        bool Meets(HashSet<int> roots, int buffer)
        {
            if (roots.Count == 0) return false;
            if (roots.Contains(MemoryEffects.Unknown)) return true;
            Value? root = _facts.RootOf(new Value(buffer, IrType.Int32, ""));
            return root is null || roots.Contains(root.Id);
        }
    }

    private bool IsZero(Value value) => _facts.DefinitionOf(value) is Constant { Bits: 0 };
}
