using AutoDiff.Compiler.Analysis;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Transforms;

/// <summary>
/// Reads static numbers and those of the receiver once, at the start, in a function that calls nothing that might change them. So loops read a local, and halves of a derivative
/// that run apart save one number, and not one for each iteration.
/// </summary>
internal static class StateReads
{
    public static Function Run(Function function)
    {
        if (OutsideState.Changes(function.Body)) return function;
        Value? receiver = function.Parameters.FirstOrDefault(static p => p.Name == "this")?.Value;
        var reads = new List<Apply>();
        var moved = new Dictionary<int, Value>();
        Region body = Without(function.Body);
        return reads.Count == 0 ? function : function with { Body = body with { Body = reads.Concat(body.Body).ToEquatable() } };

        Region Without(Region region)
        {
            var kept = new List<Instruction>();
            foreach (Instruction instruction in region.Body)
            {
                if (instruction is Apply apply && IsMovable(apply)) moved[apply.Result.Id] = Read(apply);
                else kept.Add(Nested(instruction));
            }

            return region with { Body = kept.ToEquatable(), Yields = region.Yields.Map(Use) };
        }

        Instruction Nested(Instruction instruction) => instruction switch
        {
            If branch => branch with { Condition = Use(branch.Condition), Then = Without(branch.Then), Else = Without(branch.Else) },
            For loop => loop with { Start = Use(loop.Start), End = Use(loop.End), Initial = loop.Initial.Map(Use), Body = Without(loop.Body) },
            While loop => loop with { Initial = loop.Initial.Map(Use), Body = Without(loop.Body) },
            _ => instruction.Rewrite(Use, static v => v),
        };

        bool IsMovable(Apply apply) => OutsideState.IsRead(apply) && apply.Result.Type is ScalarType && apply.Inputs.All(v => v.Id == receiver?.Id);

        Value Read(Apply apply)
        {
            if (reads.Find(r => r.Operation == apply.Operation) is { } known) return known.Result;
            reads.Add(apply);
            return apply.Result;
        }

        Value Use(Value value) => moved.TryGetValue(value.Id, out Value? same) ? same : value;
    }
}
