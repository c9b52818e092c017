using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.Emit.Members;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit;

/// <summary>Which instructions of the backward part compute a primal value again: their results have the user's names.</summary>
internal static class Recomputed
{
    public static Func<Instruction, bool> In(Derivative derivative)
    {
        HashSet<string> primals = Primals(derivative);
        return instruction => instruction is Apply or Load && primals.Contains(instruction.Results[0].Name);
    }

    /// <summary>The names of those values.</summary>
    public static string[] Names(Derivative derivative)
    {
        Func<Instruction, bool> isRecomputed = In(derivative);
        return [.. DerivativeBody.All(derivative.Backward).Where(isRecomputed).Select(static i => i.Results[0].Name).Distinct()];
    }

    private static HashSet<string> Primals(Derivative derivative)
        => new(DerivativeBody.All(derivative.Forward).Where(static i => i.Step >= 0).SelectMany(static i => i.Results).Select(static v => v.Name).Where(static n => n.Length > 0), StringComparer.Ordinal);
}
