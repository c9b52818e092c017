namespace AutoDiff.Compiler.IR;

/// <summary>Which element kinds a scalar function takes.</summary>
internal static class ElementKindRules
{
    /// <summary>What is wrong with the kinds of the operands, or null.</summary>
    public static string? Violation(ScalarOp op, IReadOnlyList<ElementKind> kinds)
    {
        if (op == ScalarOp.Select && kinds[0] != ElementKind.Bool) return $"the condition is {kinds[0].Text()}, not bool";
        bool isShift = op is ScalarOp.ShiftLeft or ScalarOp.ShiftRight;
        ElementKind[] values = kinds.Skip(op == ScalarOp.Select ? 1 : 0).Take(isShift ? 1 : 3).ToArray();
        if (values.Any(k => k != values[0]))
            return $"the kinds of the operands differ: {string.Join(", ", kinds.Select(static k => k.Text()))}";
        return Takes(op, values[0]) && (!isShift || kinds[1].IsInteger()) ? null
            : $"{op.Text()} does not take {string.Join(", ", kinds.Select(static k => k.Text()))}";
    }

    private static bool Takes(ScalarOp op, ElementKind kind) => op switch
    {
        ScalarOp.Select or ScalarOp.Convert or ScalarOp.Detach or ScalarOp.Equal or ScalarOp.NotEqual => true,
        ScalarOp.And or ScalarOp.Or or ScalarOp.Xor or ScalarOp.Not => !kind.IsFloating(),
        ScalarOp.ShiftLeft or ScalarOp.ShiftRight => kind.IsInteger(),
        ScalarOp.Add or ScalarOp.Subtract or ScalarOp.Multiply or ScalarOp.Divide or ScalarOp.Remainder or ScalarOp.Negate or ScalarOp.FusedMultiplyAdd
            or ScalarOp.Square or ScalarOp.StrongProduct or ScalarOp.Abs or ScalarOp.Sign or ScalarOp.Max or ScalarOp.Min or ScalarOp.Clamp
            or (>= ScalarOp.Less and <= ScalarOp.GreaterOrEqual) => kind != ElementKind.Bool,
        _ => kind.IsFloating(),
    };
}
