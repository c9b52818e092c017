using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Transforms;

/// <summary>
/// Computes a repeated subexpression once: in a method, where the user has not named it twice; in the backward part, also what the forward part has computed. Detach is never
/// merged with anything: x − Detach(x) keeps its derivative.
/// </summary>
internal sealed class CommonSubexpressions
{
    private readonly Dictionary<int, Value> _replaced = [];

    public static Region Run(Region backward, Region forward)
    {
        var known = new Dictionary<(string Key, Operation Operation, EquatableArray<Value> Inputs, IrType Type), Value>();
        foreach (Apply apply in forward.Body.OfType<Apply>())
            if (IsCandidate(apply)) known[Key(apply)] = apply.Result;
        return new CommonSubexpressions().Visit(backward, known);
    }

    public static Function Run(Function function) => function with { Body = new CommonSubexpressions().Visit(function.Body, []) };

    private static bool IsCandidate(Apply apply) => apply.Operation is not Elementwise { Op: ScalarOp.Detach };

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
