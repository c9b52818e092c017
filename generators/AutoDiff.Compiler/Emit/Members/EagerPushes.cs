using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit.Members;

/// <summary>
/// Saves each residual right where it is defined, so that the variable of a state is free for the next one: <c>xSaved.Push(x); x = 0.5 * (x + a / x);</c>.
/// Each tape still sees its residuals in the same order.
/// </summary>
internal static class EagerPushes
{
    public static Region Run(Region region)
    {
        var body = new List<Instruction>();
        var defined = new HashSet<int>(region.Parameters.Select(static v => v.Id));
        foreach (Instruction instruction in region.Body) defined.UnionWith(instruction.Results.Select(static v => v.Id));
        ILookup<int, Instruction> pushes = region.Body.OfType<Push>().Where(p => defined.Contains(p.Operand.Id)).ToLookup(static p => p.Operand.Id, static p => (Instruction)p);
        foreach (Value parameter in region.Parameters) body.AddRange(pushes[parameter.Id]);
        foreach (Instruction instruction in region.Body)
        {
            if (instruction is Push push && defined.Contains(push.Operand.Id)) continue;
            body.Add(Nested(instruction));
            foreach (Value result in instruction.Results) body.AddRange(pushes[result.Id]);
        }

        return region with { Body = body.ToEquatable() };
    }

    private static Instruction Nested(Instruction instruction) => instruction switch
    {
        For loop => loop with { Body = Run(loop.Body) },
        While loop => loop with { Body = Run(loop.Body) },
        If branch => branch with { Then = Run(branch.Then), Else = Run(branch.Else) },
        _ => instruction,
    };

    public static Derivative Run(Derivative derivative) => derivative with { Forward = Run(derivative.Forward) };
}
