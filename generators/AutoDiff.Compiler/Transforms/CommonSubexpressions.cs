using AutoDiff.Compiler.Analysis;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Transforms;

/// <summary>
/// Computes a repeated subexpression once: in a method, where the user has not named it twice; in the backward part, also what the forward part has computed. Detach is never
/// merged with anything: x − Detach(x) keeps its derivative.
/// </summary>
internal sealed class CommonSubexpressions
{
    private readonly Dictionary<int, Value> _replaced = [];
    private readonly bool _stateChanges;

    private CommonSubexpressions(params Region[] regions) => _stateChanges = regions.Any(OutsideState.Changes);

    /// <summary>
    /// Inside branches of the backward part, takes elementary functions from the branches of the forward part that they belong to: sin x, whose derivative is cos x, often stands beside
    /// cos x. Not in loops, where a value that is at hand costs memory for each iteration.
    /// </summary>
    public static Region OfBranches(Region backward, Region forward) => new CommonSubexpressions(backward, forward).Pairs(backward, forward);

    private Region Pairs(Region backward, Region forward)
    {
        var primal = forward.Body.OfType<If>().Where(static b => b.Pair != 0).ToDictionary(static b => b.Pair);
        return backward with
        {
            Body = backward.Body.Select(i => i is If branch && primal.TryGetValue(branch.Pair, out If? pair)
                ? branch with { Then = Arm(branch.Then, pair.Then), Else = Arm(branch.Else, pair.Else) } : i).ToEquatable(),
        };

        Region Arm(Region arm, Region own)
        {
            var known = new Dictionary<(string, Operation, EquatableArray<Value>, IrType), Value>();
            foreach (Apply apply in own.Body.OfType<Apply>())
                if (apply.Operation is Elementwise { Op: not ScalarOp.Detach and var op } && Emit.VectorText.Cost(op) >= Expensive) known[Key(apply)] = apply.Result;
            return known.Count == 0 ? Pairs(arm, own) : Pairs(Visit(arm, known), own);
        }
    }

    // An elementary function.
    private const int Expensive = 20;

    public static Region Run(Region backward, Region forward)
    {
        var pass = new CommonSubexpressions(backward, forward);
        var known = new Dictionary<(string Key, Operation Operation, EquatableArray<Value> Inputs, IrType Type), Value>();
        foreach (Apply apply in forward.Body.OfType<Apply>())
            if (pass.IsCandidate(apply)) known[Key(apply)] = apply.Result;
        return pass.Visit(backward, known);
    }

    public static Function Run(Function function) => function with { Body = new CommonSubexpressions(function.Body).Visit(function.Body, []) };

    private bool IsCandidate(Apply apply)
        => apply.Operation is not Elementwise { Op: ScalarOp.Detach } && !(_stateChanges && OutsideState.IsRead(apply));

    private static (string, Operation, EquatableArray<Value>, IrType) Key(Apply apply) => ("", apply.Operation, apply.Inputs, apply.Result.Type);

    private static (string, Operation, EquatableArray<Value>, IrType) Key(Constant constant)
        => (constant.Bits.ToString("x", System.Globalization.CultureInfo.InvariantCulture), new Reshape(), [], constant.Result.Type);

    private Region Visit(Region region, Dictionary<(string, Operation, EquatableArray<Value>, IrType), Value> known)
    {
        var body = new List<Instruction>();
        foreach (Instruction original in region.Body)
        {
            Instruction instruction = original switch
            {
                If branch => branch with { Condition = Use(branch.Condition), Then = Visit(branch.Then, new(known)), Else = Visit(branch.Else, new(known)) },
                For loop => loop with
                {
                    Start = Use(loop.Start), End = Use(loop.End), Initial = loop.Initial.Select(Use).ToEquatable(), Body = Visit(loop.Body, new(known)),
                },
                While loop => loop with { Initial = loop.Initial.Select(Use).ToEquatable(), Body = Visit(loop.Body, new(known)) },
                _ => original.Rewrite(Use, static v => v),
            };
            if (instruction is If { Then.Yields: var first, Else.Yields: var second })
            {
                // What is the same whichever way it goes is no choice.
                for (int k = 0; k < first.Length; k++)
                    if (first[k].Id == second[k].Id && first[k].Type is ScalarType) _replaced[instruction.Results[k].Id] = first[k];
            }

            var key = instruction switch
            {
                Apply apply when IsCandidate(apply) => Key(apply),
                Constant constant => Key(constant),
                _ => default,
            };
            if (key.Item2 is not null)
            {
                if (known.TryGetValue(key, out Value? same) && instruction.Results[0].Name.Length == 0)
                {
                    _replaced[instruction.Results[0].Id] = same;
                    continue;
                }

                known[key] = instruction.Results[0];
            }

            body.Add(instruction);
        }

        return new Region(region.Parameters, body.ToEquatable(), region.Yields.Select(Use).ToEquatable());
    }

    private Value Use(Value value) => _replaced.TryGetValue(value.Id, out Value? same) ? same : value;
}
