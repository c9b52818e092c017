using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit;

/// <summary>Names for temporaries: what they are, in a word.</summary>
internal static class NameHints
{
    public static string Of(Value value, EmitContext context)
    {
        string name = context.Plan.NameOf(value);
        if (name.Length > 0) return name;
        if (context.Plan.Layout.InstructionOf(value) is Load load)
            return OfLoad(context.Plan.NameOf(load.Buffer), context.Plan.NameOf(load.Index), load.Path);
        if (context.Plan.Layout.InstructionOf(value) is Instruction instruction) return Of(instruction, value, context.Plan.Layout.InstructionOf);
        return context.Plan.Layout.DefinitionOf(value) is { Index: -1 } site ? OfParameter(site.Region, value) : "state";
    }

    /// <summary>A name for a result of an instruction.</summary>
    public static string Of(Instruction instruction, Value result, Func<Value, Instruction?> definition) => instruction switch
    {
        If branch => OfChoice(branch, result, definition),
        Apply { Operation: Elementwise elementwise } => Of(elementwise.Op),
        Apply { Operation: GetMember member } => CSharpNames.Camel(member.Shown),
        Apply { Operation: AsInstance cast } => CSharpNames.Camel(cast.Type.Substring(cast.Type.LastIndexOfAny(['.', ':']) + 1).Split('<')[0]),
        Apply { Operation: Outside { Text: var text } } => CSharpNames.Camel(CSharpNames.ToIdentifier(Outside.Shown(text.Substring(text.LastIndexOf('.') + 1)))),
        Apply { Operation: OutsideElement { Short.Text: ['{', ..] and var held } }
            => CSharpNames.Camel(CSharpNames.ToIdentifier(held.Substring(held.LastIndexOf('.') + 1))) is var last && char.IsLetter(last[0]) ? last : "element",
        Apply { Operation: OutsideElement { Text: var table } } => CSharpNames.Camel(CSharpNames.ToIdentifier(new OutsideElement(table).Short.Text.Split('[', '(')[0])),
        Apply { Operation: EnumNumber } => "number",
        Apply { Operation: IsNull, Inputs: [{ Name.Length: > 0 } reference] } => reference.Name + "IsNull",
        Apply apply => apply.Operation.Name,
        Load load => OfLoad(load.Buffer.Name, load.Index.Name, load.Path),
        Call call => CSharpNames.Camel(call.Callee.Method),
        CallPullback pullback => "d" + CSharpNames.Pascal(pullback.Callee.Method),
        AllocateBuffer => "buffer",
        SliceBuffer slice => slice.Buffer.Name is { Length: > 0 } buffer ? buffer + "Part" : "part",
        NewTape or Pop => "saved",
        For or While => result.Type == IrType.Bool ? "flag" : "state",
        _ => "value",
    };

    // What one of the two regions computes.
    private static string OfChoice(If branch, Value result, Func<Value, Instruction?> definition)
    {
        int index = 0;
        while (branch.Defines[index].Id != result.Id) index++;
        foreach (Value yielded in new[] { branch.Then.Yields[index], branch.Else.Yields[index] })
        {
            if (yielded.Name.Length > 0) return yielded.Name;
            if (definition(yielded) is Instruction instruction and not Constant) return Of(instruction, yielded, definition);
        }

        return result.Type == IrType.Bool ? "flag" : "chosen";
    }

    private static string OfParameter(Variables.RegionSite region, Value value)
    {
        int index = 0;
        while (index < region.Region.Parameters.Length && region.Region.Parameters[index].Id != value.Id) index++;
        return (region.Holder, index) switch
        {
            (For, 0) => "i",
            (For { HasCondition: true }, 1) or (While, 0) => "running",
            _ => value.Type == IrType.Bool ? "flag" : "state",
        };
    }

    private static string OfLoad(string buffer, string index, string path)
        => path.Length > 0 ? Members.MemberNames.Leaf((buffer.Length == 0 ? "element" : buffer) + path)
            : buffer.Length == 0 ? "element" : index.Length == 1 ? buffer + CSharpNames.Pascal(index) : buffer + "Element";

    private static string Of(ScalarOp op) => op switch
    {
        ScalarOp.Add => "sum",
        ScalarOp.Subtract => "difference",
        ScalarOp.Multiply or ScalarOp.StrongProduct or ScalarOp.FusedMultiplyAdd => "product",
        ScalarOp.Divide => "quotient",
        ScalarOp.Remainder => "remainder",
        ScalarOp.Negate => "negated",
        ScalarOp.Select => "chosen",
        ScalarOp.Convert => "converted",
        ScalarOp.Detach => "detached",
        _ when op.IsComparison() || op is ScalarOp.And or ScalarOp.Or or ScalarOp.Not or ScalarOp.Xor => "condition",
        _ => op.Text(),
    };
}
