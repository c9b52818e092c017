using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Scheduling;

/// <summary>
/// Takes arithmetic out of branches, so that it can join the kernels around it: <c>if (hasBias) y = p + bias.Value else y = p</c> becomes
/// <c>v = if (hasBias) bias.Value else 0; y = select(hasBias, p + v, p)</c>. What only exists on one side (a model that may be absent, its parameters) stays in the
/// branch. A result that both arms take from outside is that value.
/// </summary>
internal sealed class BranchConversion(ValueFactory values)
{
    // More arithmetic than this is better skipped than computed in vain.
    private const int MostOperations = 4;

    private readonly Dictionary<int, Value> _replacements = [];

    public static Region Run(Region region, ValueFactory values) => new BranchConversion(values).Visit(region);

    private Region Visit(Region region)
    {
        var body = new List<Instruction>();
        foreach (Instruction original in region.Body)
        {
            Instruction instruction = original.Rewrite(Replaced, static value => value);
            switch (instruction)
            {
                case If branch: Convert(branch with { Then = Visit(branch.Then), Else = Visit(branch.Else) }, body); break;
                case For loop: body.Add(loop with { Body = Visit(loop.Body) }); break;
                case While loop: body.Add(loop with { Body = Visit(loop.Body) }); break;
                default: body.Add(instruction); break;
            }
        }

        return region with { Body = body.ToEquatable(), Yields = region.Yields.Select(Replaced).ToEquatable() };
    }

    private Value Replaced(Value value) => _replacements.TryGetValue(value.Id, out Value? other) ? other : value;

    private void Convert(If branch, List<Instruction> body)
    {
        branch = WithoutAgreements(branch, body);
        if (branch.Defines.IsEmpty && branch.Then.Body.IsEmpty && branch.Else.Body.IsEmpty) return;
        bool[] moves = [.. branch.Defines.Select(static result => result.Type is TensorType { Element: var kind } && kind.IsFloating())];
        if (!moves.Any(static moved => moved) || !moves.All(static moved => moved) || !IsLight(branch.Then) || !IsLight(branch.Else))
        {
            body.Add(branch);
            return;
        }

        (List<Instruction> thenLeaves, List<Apply> thenArithmetic) = Split(branch.Then);
        (List<Instruction> elseLeaves, List<Apply> elseArithmetic) = Split(branch.Else);
        Value[] fromThen = Needed(thenLeaves, thenArithmetic, branch.Then), fromElse = Needed(elseLeaves, elseArithmetic, branch.Else);
        if (fromThen.Length + fromElse.Length > 0)
        {
            Value[] defines = [.. fromThen.Concat(fromElse).Select(value => values.New(value.Type, value.Name))];
            var then = new InstructionBuilder(values) { Step = branch.Step };
            foreach (Instruction leaf in thenLeaves) then.Append(leaf);
            Value[] thenYields = [.. fromThen, .. fromElse.Select(value => then.Zero(value.Type))];
            var otherwise = new InstructionBuilder(values) { Step = branch.Step };
            foreach (Instruction leaf in elseLeaves) otherwise.Append(leaf);
            Value[] elseYields = [.. fromThen.Select(value => otherwise.Zero(value.Type)), .. fromElse];
            body.Add(branch with { Defines = new(defines), Then = then.ToRegion([], thenYields), Else = otherwise.ToRegion([], elseYields) });
            for (int k = 0; k < defines.Length; k++) _replacements[(k < fromThen.Length ? fromThen[k] : fromElse[k - fromThen.Length]).Id] = defines[k];
        }

        foreach (Apply apply in thenArithmetic.Concat(elseArithmetic)) body.Add(apply.Rewrite(Replaced, static value => value));
        for (int k = 0; k < branch.Defines.Length; k++)
        {
            Value then = Replaced(branch.Then.Yields[k]), otherwise = Replaced(branch.Else.Yields[k]);
            body.Add(new Apply(branch.Defines[k], new Elementwise(ScalarOp.Select), [branch.Condition, then, otherwise]) { Step = branch.Step });
        }
    }

    private If WithoutAgreements(If branch, List<Instruction> body)
    {
        HashSet<int> inside = [.. branch.Then.Body.Concat(branch.Else.Body).SelectMany(static i => i.Results).Select(static v => v.Id)];
        int[] kept = [.. Enumerable.Range(0, branch.Defines.Length).Where(k => branch.Defines[k].Type is not TensorType || branch.Then.Yields[k].Id != branch.Else.Yields[k].Id || inside.Contains(branch.Then.Yields[k].Id))];
        if (kept.Length == branch.Defines.Length) return branch;
        for (int k = 0; k < branch.Defines.Length; k++)
        {
            if (kept.Contains(k)) continue;
            // The pullback may know it by this name: a view of the same shape.
            _replacements[branch.Defines[k].Id] = branch.Then.Yields[k];
            body.Add(new Apply(branch.Defines[k], new Reshape(), [branch.Then.Yields[k]]) { Step = branch.Step });
        }

        return branch with
        {
            Defines = kept.Select(k => branch.Defines[k]).ToEquatable(),
            Then = branch.Then with { Yields = kept.Select(k => branch.Then.Yields[k]).ToEquatable() },
            Else = branch.Else with { Yields = kept.Select(k => branch.Else.Yields[k]).ToEquatable() },
        };
    }

    private static bool IsLight(Region arm) => arm.Body.All(static i => IsLeaf(i) || IsArithmetic(i)) && arm.Body.Count(IsArithmetic) <= MostOperations;

    private static bool IsLeaf(Instruction instruction)
        => instruction is Constant or Apply { Operation: GetMember or ElementAt or GetParameter or DimensionValue } or Apply { Result.Type: ScalarType, Operation: Elementwise };

    private static bool IsArithmetic(Instruction instruction)
        => instruction is Apply { Result.Type: TensorType, Operation: Elementwise { Op: ScalarOp.Add or ScalarOp.Subtract or ScalarOp.Multiply or ScalarOp.Negate } };

    private static (List<Instruction> Leaves, List<Apply> Arithmetic) Split(Region arm)
        => ([.. arm.Body.Where(IsLeaf)], [.. arm.Body.Where(IsArithmetic).Cast<Apply>()]);

    /// <summary>What the arithmetic and the yields of an arm read of its leaves.</summary>
    private static Value[] Needed(List<Instruction> leaves, List<Apply> arithmetic, Region arm)
    {
        HashSet<int> inside = [.. leaves.SelectMany(static i => i.Results).Select(static v => v.Id)];
        return [.. arithmetic.SelectMany(static a => a.Inputs).Concat(arm.Yields).Where(v => inside.Contains(v.Id)).Distinct()];
    }
}
