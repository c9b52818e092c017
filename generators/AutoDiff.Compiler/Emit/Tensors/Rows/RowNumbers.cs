using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit;

/// <summary>
/// C# text of scalar operations on what a row has once: numbers of the kernel's type and truth values. Elementary functions are those of the vectors, to the bit.
/// </summary>
internal static class RowNumbers
{
    private const string Functions = "global::AutoDiff.Simd.ScalarMath";

    /// <param name="op">The operation.</param>
    /// <param name="result">The kind of the result.</param>
    /// <param name="operand">The kind of the first operand; of the second one for a select.</param>
    /// <param name="number">The kind of the kernel's numbers.</param>
    /// <param name="a">The operands, in order.</param>
    public static Expression Of(ScalarOp op, ElementKind result, ElementKind operand, ElementKind number, IReadOnlyList<Expression> a) => op switch
    {
        ScalarOp.Convert when result == ElementKind.Bool => Expression.Binary(a[0], "!=", Expression.Atom("0"), Precedence.Equality),
        ScalarOp.Convert when operand == ElementKind.Bool => new($"{a[0].Within(Precedence.OrElse)} ? 1 : 0", Precedence.Conditional),
        ScalarOp.Convert => a[0],
        ScalarOp.Clamp => Expression.Call($"{number.CSharp()}.Min", [Expression.Call($"{number.CSharp()}.Max", [a[0], a[1]]), a[2]]),
        ScalarOp.Exp or ScalarOp.Log or ScalarOp.Log2 or ScalarOp.Log10 or ScalarOp.Pow or ScalarOp.Cbrt or ScalarOp.Sin or ScalarOp.Cos or ScalarOp.Tan
            or ScalarOp.Asin or ScalarOp.Acos or ScalarOp.Atan or ScalarOp.Atan2 or ScalarOp.Sinh or ScalarOp.Cosh or ScalarOp.Tanh or ScalarOp.Sigmoid
            or ScalarOp.Softplus or ScalarOp.Silu or ScalarOp.Erf or ScalarOp.NormalCdf or ScalarOp.Gelu or ScalarOp.GeluSlope or ScalarOp.GeluTanh
            => Expression.Call($"{Functions}.{op}", a),
        ScalarOp.ExpM1 => Expression.Call($"{Functions}.Expm1", a),
        ScalarOp.LogP1 => Expression.Call($"{Functions}.Log1p", a),
        _ => ScalarText.Of(op, Kind(result, number), Kind(operand, number), a),
    };

    private static ElementKind Kind(ElementKind kind, ElementKind number) => kind == ElementKind.Bool ? kind : number;
}
