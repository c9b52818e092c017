using AutoDiff.Compiler.Emit;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Scheduling.Loops;

namespace AutoDiff.Compiler.Transforms;

/// <summary>
/// Moves out of a counted loop what is the same in all its iterations and costs something there: reads of memory that the loop does not write, where the index
/// is proved to be inside even if the loop does not run; arithmetic. In the backward part a residual then is one for the loop, and not one for each iteration, and so is
/// the step from the adjoint of such a value to those of its operands.
/// </summary>
internal sealed class InvariantCode
{
    private readonly IndexFacts _facts;
    private readonly MemoryEffects _effects;

    private InvariantCode(Region body)
    {
        _facts = new IndexFacts([body]);
        _effects = new MemoryEffects(_facts.RootOf);
    }

    public static Function Run(Function function) => function with { Body = new InvariantCode(function.Body).Visit(function.Body) };

    private Region Visit(Region region)
    {
        var body = new List<Instruction>();
        foreach (Instruction instruction in region.Body)
        {
            switch (instruction)
            {
                case For { HasCondition: false } loop:
                    (List<Instruction> before, Region rest) = Hoist(loop, Visit(loop.Body));
                    body.AddRange(before);
                    body.Add(loop with { Body = rest });
                    break;
                case For loop:
                    body.Add(loop with { Body = Visit(loop.Body) });
                    break;
                case While loop:
                    body.Add(loop with { Body = Visit(loop.Body) });
                    break;
                case If branch:
                    body.Add(branch with { Then = Visit(branch.Then), Else = Visit(branch.Else) });
                    break;
                default:
                    body.Add(instruction);
                    break;
            }
        }

        return region with { Body = body.ToEquatable() };
    }

    private (List<Instruction> Before, Region Remainder) Hoist(For loop, Region body)
    {
        HashSet<int> written = _effects.Written(loop);
        var inside = new HashSet<int>(body.Parameters.Concat(body.Body.SelectMany(static i => i.Results)).Select(static v => v.Id));
        var constants = body.Body.OfType<Constant>().ToDictionary(static c => c.Result.Id);
        var moved = new List<Instruction>();
        foreach (Instruction instruction in body.Body)
        {
            if (!IsMovable(instruction) || instruction.Operands.Any(v => inside.Contains(v.Id) && !constants.ContainsKey(v.Id))) continue;
            foreach (Value operand in instruction.Operands)
            {
                if (!inside.Remove(operand.Id)) continue;
                moved.Add(constants[operand.Id]);
            }

            moved.Add(instruction);
            foreach (Value result in instruction.Results) inside.Remove(result.Id);
        }

        if (moved.Count == 0) return (moved, body);
        var gone = new HashSet<int>(moved.SelectMany(static i => i.Results).Select(static v => v.Id));
        return (moved, body with { Body = body.Body.Where(i => i.Results.Length == 0 || !gone.Contains(i.Results[0].Id)).ToEquatable() });

        bool IsMovable(Instruction instruction) => instruction switch
        {
            Load load => !written.Contains(MemoryEffects.Unknown) && !written.Contains(_effects.Root(load.Buffer)) && load.Result.Name.Length == 0 && IsInside(load),
            Apply { Operation: Elementwise { Op: not ScalarOp.Detach and var op } } apply
                => apply.Result.Type is ScalarType { IsDifferentiable: true } && apply.Result.Name.Length == 0 && VectorText.Cost(op) >= 1,
            _ => false,
        };
    }

    private bool IsInside(Load load)
    {
        IndexPolynomial index = _facts.Of(load.Index);
        return _facts.IsNonNegative(index) && _facts.IsNonNegative(_facts.LengthOf(load.Buffer) - index - IndexPolynomial.Constant(1));
    }
}
