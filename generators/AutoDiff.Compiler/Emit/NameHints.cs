using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit;

/// <summary>Names for temporaries: what they are, in a word.</summary>
internal static class NameHints
{
    public static string Of(Value value, EmitContext context)
    {
        string name = context.Plan.NameOf(value);
        if (name.Length > 0) return name;
        return context.Plan.Layout.InstructionOf(value) switch
        {
            Apply { Operation: Elementwise elementwise } => Of(elementwise.Op),
            Apply { Operation: GetMember member } => CSharpNames.Camel(member.Member),
            Apply apply => apply.Operation.Name,
            Load load => OfLoad(context.Plan.NameOf(load.Buffer), load.Index.Name),
            Call call => CSharpNames.Camel(call.Callee.Method),
            CallPullback pullback => "d" + pullback.Callee.Method,
            NewTape => "saved",
            AllocateBuffer => "buffer",
            SliceBuffer slice => context.Plan.NameOf(slice.Buffer) is { Length: > 0 } buffer ? buffer + "Part" : "part",
            Pop => "saved",
            If => value.Type == IrType.Bool ? "condition" : "chosen",
            For or While => value.Type == IrType.Bool ? "running" : "state",
            null => context.Plan.Layout.DefinitionOf(value) is { Index: -1, Region.Holder: For loop } && loop.Counter.Id == value.Id ? "i"
                : value.Type == IrType.Bool ? "running" : "state",
            _ => "value",
        };
    }

    private static string OfLoad(string buffer, string index)
        => buffer.Length == 0 ? "element" : index.Length == 1 ? buffer + index : buffer + "Element";

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
