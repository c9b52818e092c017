using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Scheduling;

/// <summary>
/// A product of flattened rows whose result gets its leading axes back at once is a product with those axes: (…·m, k)·(k, n) reshaped to (…, m, n) is (…, m, k)·(k, n),
/// which what follows can join as an epilogue. The kernel folds the leading axes into rows again.
/// </summary>
internal static class Unflattening
{
    public static Region Run(Region region)
    {
        Dictionary<int, int> uses = [];
        Uses.Count(region, uses);
        return Visit(region, uses);
    }

    private static Region Visit(Region region, Dictionary<int, int> uses)
    {
        var definitions = new Dictionary<int, Apply>();
        var body = new List<Instruction>();
        foreach (Instruction instruction in region.Body)
        {
            Instruction result = instruction switch
            {
                Apply { Operation: Reshape } apply => Unflattened(apply, definitions, uses) ?? apply,
                If branch => branch with { Then = Visit(branch.Then, uses), Else = Visit(branch.Else, uses) },
                For loop => loop with { Body = Visit(loop.Body, uses) },
                While loop => loop with { Body = Visit(loop.Body, uses) },
                _ => instruction,
            };
            if (result is Apply defined) definitions[defined.Result.Id] = defined;
            if (!ReferenceEquals(result, instruction) && instruction is Apply reshape) body.Remove(definitions[reshape.Inputs[0].Id]);
            body.Add(result);
        }

        return region with { Body = body.ToEquatable() };
    }

    private static Apply? Unflattened(Apply reshape, Dictionary<int, Apply> definitions, Dictionary<int, int> uses)
    {
        Value flat = reshape.Inputs[0];
        if (reshape.Result.Type is not TensorType { Shape: var to } || uses[flat.Id] != 1 || !definitions.TryGetValue(flat.Id, out Apply? product)) return null;
        if (product.Operation is not MatMul { TransposeA: false } || !definitions.TryGetValue(product.Inputs[0].Id, out Apply? flattening)) return null;
        if (flattening.Operation is not Reshape || Fusible.Full(product.Inputs[1]).Rank != 2 || Fusible.Full(flat).Rank != 2) return null;
        Value left = flattening.Inputs[0];
        if (left.Type is not TensorType { Shape: var from } || from.Rank != to.Rank || from.Rank < 3) return null;
        if (from[-1] != Fusible.Full(product.Inputs[0])[-1] || to[-1] != Fusible.Full(flat)[-1]) return null;
        if (!from.Dims.Take(from.Rank - 1).SequenceEqual(to.Dims.Take(to.Rank - 1))) return null;
        return product with { Result = reshape.Result, Inputs = [left, product.Inputs[1]] };
    }
}
