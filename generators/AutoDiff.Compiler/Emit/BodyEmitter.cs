using AutoDiff.Compiler.Emit.Variables;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit;

/// <summary>
/// Prints the instructions of a body as C# statements. Operations on scalars and buffers, loops, branches and tapes are its own; whatever else there is goes
/// to <see cref="EmitContext.Tensors"/>, which is asked first.
/// </summary>
internal sealed partial class BodyEmitter(EmitContext context)
{
    private VariablePlan Plan => context.Plan;

    /// <summary>Prints a run of the top-level instructions.</summary>
    public void EmitRange(int start, int count)
    {
        for (int i = start; i < start + count; i++) Emit(new Site(Plan.Layout.Root, i));
    }

    /// <summary>Prints all instructions of a region; what becomes of its yields is the caller's business.</summary>
    public void EmitRegion(RegionSite region)
    {
        for (int i = 0; i < region.Body.Length; i++) Emit(new Site(region, i));
    }

    private void Emit(Site site)
    {
        Instruction instruction = site.Instruction!;
        if (instruction.Results.Length == 1 && Plan.Folding.IsFolded(instruction.Results[0])) return;
        if (context.Tensors?.TryEmit(instruction, context) == true) return;
        switch (instruction)
        {
            case If branch when Plan.Folding.IsTernary(branch):
            case Constant or Apply or Load or BufferLength:
                Assign(site, instruction.Results[0], instruction);
                break;
            case If branch:
                EmitIf(site, branch);
                break;
            case For loop:
                EmitFor(site, loop);
                break;
            case While loop:
                EmitWhile(site, loop);
                break;
            case Call call:
                EmitCall(site, call);
                break;
            case CallPullback pullback:
                EmitPullback(site, pullback);
                break;
            case NewTape or Push or Pop or ReserveTape or ReleaseTape:
                EmitTape(site, instruction);
                break;
            default:
                EmitMemory(site, instruction);
                break;
        }
    }

    /// <summary><c>double p = …;</c>, <c>p = …;</c> or <c>p += …;</c></summary>
    private void Assign(Site site, Value result, Instruction instruction)
    {
        Variable variable = Plan.VariableOf(result);
        Expression right = instruction is Constant constant ? Literals.Brief(constant) : context.Text(instruction);
        if (Declares(variable, site))
        {
            context.Statement(instruction, $"{context.TypeText(result.Type)} {context.Declare(variable, result)} = {right};");
            return;
        }

        // Detach is its operand, which may share its variable.
        string name = context.NameOf(variable);
        if (right.Text == name) return;
        context.Statement(instruction, Compound(variable, instruction) is (string op, string operand) ? Update(name, op, operand) : $"{name} = {right};");
    }

    // s = s + x is s += x; so is s = x + s, because addition commutes.
    private (string, string)? Compound(Variable variable, Instruction instruction)
    {
        if (instruction is not Apply { Operation: Elementwise { Op: var op, Overflow: Overflow.Default } } apply || ScalarText.CompoundOperator(op) is not string text) return null;
        if (Is(apply.Inputs[0])) return Operand(op, text, apply.Inputs[1]);
        return op is ScalarOp.Add or ScalarOp.Multiply && Is(apply.Inputs[1]) ? Operand(op, text, apply.Inputs[0]) : null;

        bool Is(Value operand) => !Plan.Folding.IsFolded(operand) && !context.IsBound(operand) && Plan.VariableOf(operand).Id == variable.Id;
    }

    // a + (−b) is a − b, to the bit.
    private (string, string) Operand(ScalarOp op, string text, Value operand)
        => op is ScalarOp.Add or ScalarOp.Subtract && context.NegatedOf(operand) is Value negated
            ? (op == ScalarOp.Add ? "-" : "+", context.Brief(negated).Text)
            : (text, context.Brief(operand).Text);

    private static string Update(string target, string op, string operand) => (op, operand) switch
    {
        ("+", "1") => target + "++;",
        ("-", "1") => target + "--;",
        _ => $"{target} {op}= {operand};",
    };

    private bool Declares(Variable variable, Site site)
        => !context.IsDeclared(variable) && ReferenceEquals(variable.Declaration.Region, site.Region) && variable.Declaration.Index == site.Index;
}
