using AutoDiff.Compiler.Emit;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Derivatives.Residuals;

/// <summary>
/// Moves partial derivatives of tensors from the backward part to the forward part, where they cost an elementary function and take the place of an operand of
/// the same size that the backward part reads for nothing else: it is the partial that is saved then, computed while its operand is in registers.
/// </summary>
internal static class EarlyPartials
{
    // An elementary function, as VectorText counts.
    private const int Expensive = 20;

    public static Derivative Run(Derivative derivative, ValueFactory values)
    {
        Region backward = derivative.Backward;
        var forward = new Dictionary<int, Value>();
        foreach (Instruction instruction in derivative.Forward.Body)
            foreach (Value result in instruction.Results) forward[result.Id] = result;
        HashSet<int> fixedValues = [.. derivative.Primal.Parameters.Select(static p => p.Value.Id), .. forward.Keys];
        Dictionary<int, Constant> constants = backward.Body.OfType<Constant>().ToDictionary(static c => c.Result.Id);
        Dictionary<int, Apply> partials = [];
        Dictionary<int, List<Instruction?>> readers = [];
        foreach (Instruction instruction in backward.Body)
        {
            if (instruction is Apply { Operation: Elementwise, Result.Type: TensorType } apply
                && apply.Inputs.All(v => fixedValues.Contains(v.Id) || constants.ContainsKey(v.Id) || partials.ContainsKey(v.Id)))
                partials[apply.Result.Id] = apply;
            foreach (Value read in Recomputation.Reads(instruction).Distinct()) Readers(read).Add(instruction);
        }

        foreach (Value yielded in backward.Yields) Readers(yielded).Add(null);
        var moved = new HashSet<int>();
        var early = new List<Instruction>();
        foreach (Apply root in partials.Values.Where(p => Readers(p.Result).Any(r => r is not Apply a || !partials.ContainsKey(a.Result.Id))).ToList())
        {
            HashSet<int> cone = ConeOf(root);
            if (cone.Overlaps(moved) || !cone.Any(id => VectorText.Cost(((Elementwise)partials[id].Operation).Op) >= Expensive) || !TakesAPlace(root, cone)) continue;
            moved.UnionWith(cone);
            var copies = new Dictionary<int, Value>();
            foreach (Apply apply in partials.Values.Where(a => cone.Contains(a.Result.Id))) early.Add(apply.Rewrite(v => Constant(v, copies), static v => v));
        }

        return moved.Count == 0 ? derivative : derivative with
        {
            Forward = derivative.Forward with { Body = derivative.Forward.Body.Concat(early).ToEquatable() },
            Backward = backward with { Body = backward.Body.Where(i => i is not Apply a || !moved.Contains(a.Result.Id)).ToEquatable() },
        };

        List<Instruction?> Readers(Value value)
        {
            if (!readers.TryGetValue(value.Id, out List<Instruction?>? list)) readers[value.Id] = list = [];
            return list;
        }

        HashSet<int> ConeOf(Apply root)
        {
            var cone = new HashSet<int>();
            var pending = new Stack<Apply>([root]);
            while (pending.Count > 0)
            {
                Apply apply = pending.Pop();
                if (!cone.Add(apply.Result.Id)) continue;
                foreach (Value input in apply.Inputs)
                    if (partials.TryGetValue(input.Id, out Apply? inner)) pending.Push(inner);
            }

            return cone;
        }

        bool Inside(Value value, HashSet<int> cone) => Readers(value).All(r => r is Apply apply && cone.Contains(apply.Result.Id));

        // Nothing else of the cone is read, and an operand of the same size has to be saved no more.
        bool TakesAPlace(Apply root, HashSet<int> cone)
            => cone.All(id => id == root.Result.Id || Inside(partials[id].Result, cone))
                && cone.SelectMany(id => partials[id].Inputs).Any(v => forward.ContainsKey(v.Id) && v.Type.Equals(root.Result.Type) && Inside(v, cone));

        Value Constant(Value value, Dictionary<int, Value> copies)
        {
            if (!constants.TryGetValue(value.Id, out Constant? constant)) return value;
            if (copies.TryGetValue(value.Id, out Value? copy)) return copy;
            copy = copies[value.Id] = values.New(value.Type, value.Name);
            early.Add(constant.Rewrite(static v => v, _ => copy));
            return copy;
        }
    }
}
