using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Transforms;

/// <summary>
/// Identities of adjoint code: 1·x, x + 0, x − 0, 0 − x, −(−x), select with a known condition, folded integer and truth-value arithmetic, a loop-carried value
/// that never changes, a value that both arms of a branch give. Products with 0 stay (0·∞ is NaN), and so does x − x.
/// </summary>
internal sealed class Identities
{
    private readonly Dictionary<int, Value> _replaced = [];
    private readonly Dictionary<int, Instruction> _definitions = [];

    public static Region Run(Region region, Region context)
    {
        var identities = new Identities();
        foreach (Instruction instruction in context.Body)
            foreach (Value result in instruction.Results) identities._definitions[result.Id] = instruction;
        return identities.Visit(region);
    }

    private Value Use(Value value)
    {
        while (_replaced.TryGetValue(value.Id, out Value? other)) value = other;
        return value;
    }

    private Region Visit(Region region)
    {
        var body = new List<Instruction>();
        foreach (Instruction original in region.Body)
        {
            Instruction instruction = original switch
            {
                If branch => VisitBranch(branch),
                For loop => VisitLoop(loop),
                While loop => loop with { Initial = loop.Initial.Select(Use).ToEquatable(), Body = Visit(loop.Body) },
                _ => original.Rewrite(Use, static v => v),
            };
            if (instruction is Apply apply)
            {
                if (Same(apply) is { } same && same.Type == apply.Result.Type)
                {
                    _replaced[apply.Result.Id] = same;
                    continue;
                }

                if (Fold(apply) is { } constant) instruction = constant;
            }

            foreach (Value result in instruction.Results) _definitions[result.Id] = instruction;
            body.Add(instruction);
        }

        return new Region(region.Parameters, body.ToEquatable(), region.Yields.Select(Use).ToEquatable());
    }

    private If VisitBranch(If branch)
    {
        branch = branch with { Condition = Use(branch.Condition), Then = Visit(branch.Then), Else = Visit(branch.Else) };
        for (int k = branch.Defines.Length - 1; k >= 0; k--)
        {
            // The arms have no value in common but those from around them.
            if (branch.Then.Yields[k].Id != branch.Else.Yields[k].Id) continue;
            _replaced[branch.Defines[k].Id] = branch.Then.Yields[k];
            branch = branch with
            {
                Defines = Without(branch.Defines, k),
                Then = branch.Then with { Yields = Without(branch.Then.Yields, k) },
                Else = branch.Else with { Yields = Without(branch.Else.Yields, k) },
            };
        }

        return branch;
    }

    private For VisitLoop(For loop)
    {
        loop = loop with { Start = Use(loop.Start), End = Use(loop.End), Initial = loop.Initial.Select(Use).ToEquatable() };
        while (true)
        {
            For without = WithoutUnchanged(loop);
            without = without with { Body = Visit(without.Body) };
            if (!Enumerable.Range(0, without.Initial.Length).Any(k => IsUnchanged(without, k))) return without;
            loop = without;
        }
    }

    private static bool IsUnchanged(For loop, int k) => (k > 0 || !loop.HasCondition) && loop.Body.Yields[k] == loop.Body.Parameters[k + 1];

    private For WithoutUnchanged(For loop)
    {
        for (int k = loop.Initial.Length - 1; k >= 0; k--)
        {
            if (!IsUnchanged(loop, k)) continue;
            _replaced[loop.Body.Parameters[k + 1].Id] = loop.Initial[k];
            _replaced[loop.Results[k].Id] = loop.Initial[k];
            loop = loop with
            {
                Initial = Without(loop.Initial, k),
                Defines = Without(loop.Defines, k),
                Body = loop.Body with { Parameters = Without(loop.Body.Parameters, k + 1), Yields = Without(loop.Body.Yields, k) },
            };
        }

        return loop;
    }

    private static EquatableArray<Value> Without(EquatableArray<Value> values, int index) => values.Where((_, k) => k != index).ToEquatable();

    /// <summary>The operand that the result is equal to, if any.</summary>
    private Value? Same(Apply apply)
    {
        EquatableArray<Value> x = apply.Inputs;
        return apply.Operation switch
        {
            Elementwise { Op: ScalarOp.Multiply } => IsOne(x[0]) ? x[1] : IsOne(x[1]) ? x[0] : null,
            Elementwise { Op: ScalarOp.Divide } => IsOne(x[1]) ? x[0] : null,
            Elementwise { Op: ScalarOp.Add } => IsZero(x[0]) ? x[1] : IsZero(x[1]) ? x[0] : null,
            Elementwise { Op: ScalarOp.Subtract } => IsZero(x[1]) ? x[0] : null,
            Elementwise { Op: ScalarOp.Negate } when Definition(x[0]) is Apply { Operation: Elementwise { Op: ScalarOp.Negate } } inner => inner.Inputs[0],
            Elementwise { Op: ScalarOp.Select } when Definition(x[0]) is Constant { Bits: var condition } => x[condition != 0 ? 1 : 2],
            Elementwise { Op: ScalarOp.StrongProduct } when IsOne(x[0]) => x[1],
            Reshape or BroadcastTo => x[0],
            _ => null,
        };
    }

    private Constant? Fold(Apply apply)
    {
        if (apply.Operation is not Elementwise elementwise || apply.Result.Type is not ScalarType type) return null;
        if (elementwise.Op == ScalarOp.Negate && type.Kind.IsFloating() && Definition(apply.Inputs[0]) is Constant negated)
            return new Constant(apply.Result, BitConverter.DoubleToInt64Bits(-negated.Double)) { Step = apply.Step };
        if (type.Kind != ElementKind.Int32 || apply.Inputs.Length != 2) return null;
        if (Definition(apply.Inputs[0]) is not Constant a || Definition(apply.Inputs[1]) is not Constant b) return null;
        long? folded = elementwise.Op switch
        {
            ScalarOp.Add => a.Bits + b.Bits,
            ScalarOp.Subtract => a.Bits - b.Bits,
            ScalarOp.Multiply => a.Bits * b.Bits,
            _ => null,
        };
        return folded is >= int.MinValue and <= int.MaxValue ? new Constant(apply.Result, folded.Value) { Step = apply.Step } : null;
    }

    private Instruction? Definition(Value value) => _definitions.TryGetValue(value.Id, out Instruction? definition) ? definition : null;

    private bool IsOne(Value value) => Definition(value) is Constant constant && constant.AsDouble == 1;

    private bool IsZero(Value value) => Definition(value) switch
    {
        Constant constant => constant.AsDouble == 0,
        Apply { Operation: BroadcastTo } repeated => IsZero(repeated.Inputs[0]),
        _ => false,
    };
}
