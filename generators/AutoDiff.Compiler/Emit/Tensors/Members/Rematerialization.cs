using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Scheduling;

namespace AutoDiff.Compiler.Emit;

/// <summary>
/// Models, parameters, sizes and constants are found again in the pullback instead of being handed over: they cost nothing, and a frame could not hold them. What the
/// forward part has only block by block is computed again.
/// </summary>
internal static class Rematerialization
{
    /// <returns>The backward part with what it finds again in front, the residuals that are left, and what block loops share.</returns>
    public static (Region Backward, Value[] Residuals, BlockMemos Memos) Run(Derivative derivative)
    {
        var definitions = new Dictionary<int, Instruction>();
        foreach (Instruction instruction in derivative.Forward.Body)
            foreach (Value result in instruction.Results) definitions[result.Id] = instruction;
        var outside = new HashSet<int>(derivative.Primal.Parameters.Select(static p => p.Value.Id));
        var again = new List<Instruction>();
        var found = new HashSet<int>();
        (Region backward, Value[] residuals, BlockMemos memos) = BlockRecomputation.Run(derivative.Forward, derivative.Backward, [.. derivative.Residuals]);
        var parts = new List<Value>();
        residuals = [.. residuals.Where(value => !Find(value)).Concat(parts).GroupBy(static v => v.Id).Select(static same => same.First())];
        return (backward with { Body = again.Concat(backward.Body).ToEquatable() }, residuals, memos);

        bool Find(Value value)
        {
            if (outside.Contains(value.Id) || found.Contains(value.Id)) return true;
            if (!definitions.TryGetValue(value.Id, out Instruction? definition)) return false;
            if (definition is SliceBuffer view)
            {
                // A view is a view of what is handed over.
                parts.AddRange(view.Operands.Where(operand => !Find(operand)));
                found.Add(value.Id);
                again.Add(view);
                return true;
            }

            bool isFree = definition is Constant or BufferLength or Apply { Operation: GetMember or ElementAt or ModelCount or GetParameter or DimensionValue }
                || (definition is Apply { Result.Type: ScalarType { Kind: var kind }, Operation: Elementwise } && kind.IsInteger());
            if (!isFree || !definition.Operands.All(Find)) return false;
            if (found.Add(value.Id)) again.Add(definition);
            return true;
        }
    }
}
