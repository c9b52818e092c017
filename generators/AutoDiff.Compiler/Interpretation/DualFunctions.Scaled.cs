using AutoDiff.Compiler.IR;
using static System.Math;
using static AutoDiff.Compiler.Interpretation.SpecialFunctions;

namespace AutoDiff.Compiler.Interpretation;

/// <content>Circular functions of half turns, exponentials and logarithms to other bases: their definitions.</content>
internal static partial class DualFunctions
{
    private static readonly double Ln2 = Log(2), Ln10 = Log(10);

    private static Number Scaled(ScalarOp op, Number a)
    {
        double x = a.Real;
        return op switch
        {
            ScalarOp.SinPi => Number.Dual(Sin(PI * x), a, PI * Cos(PI * x)),
            ScalarOp.CosPi => Number.Dual(Cos(PI * x), a, -PI * Sin(PI * x)),
            ScalarOp.TanPi => Number.Dual(Tan(PI * x), a, PI / (Cos(PI * x) * Cos(PI * x))),
            ScalarOp.AsinPi => Number.Dual(Asin(x) / PI, a, 1 / (PI * Sqrt((1 - x) * (1 + x)))),
            ScalarOp.AcosPi => Number.Dual(Acos(x) / PI, a, -1 / (PI * Sqrt((1 - x) * (1 + x)))),
            ScalarOp.AtanPi => Number.Dual(Atan(x) / PI, a, 1 / (PI * (1 + x * x))),
            ScalarOp.Exp10 => Number.Dual(Pow(10, x), a, Pow(10, x) * Ln10),
            ScalarOp.Exp2M1 => Number.Dual(ExpM1(x * Ln2), a, Pow(2, x) * Ln2),
            ScalarOp.Exp10M1 => Number.Dual(ExpM1(x * Ln10), a, Pow(10, x) * Ln10),
            ScalarOp.Log2P1 => Number.Dual(LogP1(x) / Ln2, a, 1 / ((1 + x) * Ln2)),
            ScalarOp.Log10P1 => Number.Dual(LogP1(x) / Ln10, a, 1 / ((1 + x) * Ln10)),
            _ => throw new InterpretationException($"{op.Text()} is not a floating function"),
        };
    }
}
