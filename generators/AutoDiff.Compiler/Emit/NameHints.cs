using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit;

/// <summary>Names for temporaries: what they are, in a word.</summary>
internal static class NameHints
{
    public static string Of(Value value, EmitContext context)
    {
        string name = context.Plan.NameOf(value);
        if (name.Length > 0) return name;
        if (context.Plan.Layout.InstructionOf(value) is Load load) return OfLoad(context.Plan.NameOf(load.Buffer), context.Plan.NameOf(load.Index));
        if (context.Plan.Layout.InstructionOf(value) is Instruction instruction) return Of(instruction);
        return context.Plan.Layout.DefinitionOf(value) is { Index: -1 } site ? OfParameter(site.Region, value) : "state";
    }

    /// <summary>A name for the result of an instruction.</summary>
    public static string Of(Instruction instruction) => instruction switch
    {
        Apply { Operation: Elementwise elementwise } => Of(elementwise.Op),
        Apply { Operation: GetMember member } => CSharpNames.Camel(member.Member),
        Apply apply => apply.Operation.Name,
        Load load => OfLoad(load.Buffer.Name, load.Index.Name),
        Call call => CSharpNames.Camel(call.Callee.Method),
        CallPullback pullback => "d" + CSharpNames.Pascal(pullback.Callee.Method),
        AllocateBuffer => "buffer",
        SliceBuffer slice => slice.Buffer.Name is { Length: > 0 } buffer ? buffer + "Part" : "part",
        NewTape or Pop => "saved",
        If branch => branch.Defines.Length > 0 && branch.Defines[0].Type == IrType.Bool ? "condition" : "chosen",
        For or While => "state",
        _ => "value",
    };

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

    private static string OfLoad(string buffer, string index)
        => buffer.Length == 0 ? "element" : index.Length == 1 ? buffer + CSharpNames.Pascal(index) : buffer + "Element";

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
