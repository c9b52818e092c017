using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Derivatives.Rules;

/// <summary>The table of derivatives of scalar functions. In the formulas z = f(x, y), and dz is the seed.</summary>
public static partial class ElementwiseRules
{
    private static readonly Dictionary<ScalarOp, ElementwiseRule> Table = Build();

    /// <summary>The rule of a function; null where none is known, so that its use on an active value is an error.</summary>
    public static ElementwiseRule? Find(ScalarOp op) => Table.TryGetValue(op, out ElementwiseRule? rule) ? rule : null;

    private static Dictionary<ScalarOp, ElementwiseRule> Build()
    {
        var table = new Dictionary<ScalarOp, ElementwiseRule>();
        AddArithmetic(table);
        AddKinked(table);
        AddExponential(table);
        AddTrigonometric(table);
        AddHalfTurns(table);
        AddSpecial(table);
        foreach (ScalarOp op in Enum.GetValues(typeof(ScalarOp)).Cast<ScalarOp>().Where(HasZeroDerivative))
            table[op] = new ElementwiseRule(null, null, null);
        return table;
    }

    /// <summary>Functions that are constant wherever they are smooth, or that stop derivatives by intent.</summary>
    private static bool HasZeroDerivative(ScalarOp op)
        => op.IsComparison() || op is ScalarOp.Sign or ScalarOp.Floor or ScalarOp.Ceiling or ScalarOp.Round or ScalarOp.Truncate or ScalarOp.Detach
            or ScalarOp.And or ScalarOp.Or or ScalarOp.Xor or ScalarOp.Not or ScalarOp.ShiftLeft or ScalarOp.ShiftRight;
}
