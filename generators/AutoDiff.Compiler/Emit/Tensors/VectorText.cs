using System.Globalization;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit;

/// <summary>C# text of the scalar operations on the lanes of a vector <c>V</c>: its operators and static members, then the helpers of the runtime library.</summary>
internal static class VectorText
{
    public const string Helpers = "global::AutoDiff.Generated.Lanes";

    /// <param name="op">The operation.</param>
    /// <param name="result">The kind of the result; truth values are masks.</param>
    /// <param name="operand">The kind of the first operand.</param>
    /// <param name="element">The C# type of a lane.</param>
    /// <param name="a">The operands, in order.</param>
    /// <param name="inlined">What is still inlined where the text stands; null where functions are called.</param>
    public static Expression Of(ScalarOp op, ElementKind result, ElementKind operand, string element, IReadOnlyList<Expression> a, InlineBudget? inlined) => op switch
    {
        _ when InlineBudget.IsOptional(op) => inlined?.Takes(op) == true ? Member(NameOf(op), a) : Helper(NameOf(op), element, a),
        ScalarOp.Add => Expression.Binary(a[0], "+", a[1], Precedence.Additive),
        ScalarOp.Subtract => Expression.Binary(a[0], "-", a[1], Precedence.Additive),
        ScalarOp.Multiply => Expression.Binary(a[0], "*", a[1], Precedence.Multiplicative),
        ScalarOp.Divide => Expression.Binary(a[0], "/", a[1], Precedence.Multiplicative),
        ScalarOp.Negate => Expression.Prefix("-", a[0]),
        ScalarOp.Square => IsName(a[0]) ? Expression.Binary(a[0], "*", a[0], Precedence.Multiplicative) : Helper("Square", element, a),
        ScalarOp.FusedMultiplyAdd => Member("MultiplyAdd", a),
        ScalarOp.Relu => Member("Max", a[0], Expression.Atom("V.Zero")),
        ScalarOp.Clamp => Member("Min", Member("Max", a[0], a[1]), a[2]),
        ScalarOp.Detach => a[0],
        ScalarOp.Convert when result == ElementKind.Bool => Member("NotEqualTo", a[0], Expression.Atom("V.Zero")),
        ScalarOp.Convert when operand == ElementKind.Bool => Member("And", a[0], Expression.Atom("V.One")),
        ScalarOp.Convert => a[0],
        ScalarOp.Less => Member("LessThan", a),
        ScalarOp.LessOrEqual => Member("LessThanOrEqual", a),
        ScalarOp.Greater => Member("GreaterThan", a),
        ScalarOp.GreaterOrEqual => Member("GreaterThanOrEqual", a),
        ScalarOp.Equal when operand == ElementKind.Bool => Member("Not", Member("AndNot", Member("Or", a), Member("And", a))),
        ScalarOp.NotEqual or ScalarOp.Xor when operand == ElementKind.Bool => Member("AndNot", Member("Or", a), Member("And", a)),
        ScalarOp.Equal => Member("EqualTo", a),
        ScalarOp.NotEqual => Member("NotEqualTo", a),
        ScalarOp.IsNaN => IsName(a[0]) ? Member("NotEqualTo", a[0], a[0]) : Helper("IsNaN", element, a),
        ScalarOp.IsInfinity => Member("EqualTo", Member("Abs", a[0]), Constant(double.PositiveInfinity)),
        ScalarOp.IsFinite => Member("LessThan", Member("Abs", a[0]), Constant(double.PositiveInfinity)),
        ScalarOp.And or ScalarOp.Or or ScalarOp.Not or ScalarOp.Select => Member(op.ToString(), a),
        ScalarOp.Abs or ScalarOp.Sign or ScalarOp.CopySign or ScalarOp.Max or ScalarOp.Min or ScalarOp.Floor or ScalarOp.Ceiling or ScalarOp.Round
            or ScalarOp.Truncate or ScalarOp.Sqrt or ScalarOp.Cbrt or ScalarOp.Pow or ScalarOp.Exp or ScalarOp.Log or ScalarOp.Log2 or ScalarOp.Log10
            or ScalarOp.Atan2 or ScalarOp.Reciprocal => Member(op.ToString(), a),
        // StrongProduct, remainders, Hypot, Asinh, Acosh, Atanh, Erfc, gamma functions, half turns, other bases than e, shifts.
        _ => Helper(op.ToString(), element, a),
    };

    /// <summary>The same constant in every lane.</summary>
    public static Expression Constant(double value)
    {
        if (value == 0 && BitConverter.DoubleToInt64Bits(value) == 0) return Expression.Atom("V.Zero");
        if (value == 1) return Expression.Atom("V.One");
        string text = Math.Abs(value) <= 1 << 20 && value == Math.Floor(value) && value != 0
            ? value.ToString("F0", CultureInfo.InvariantCulture)
            : CSharpLiteral.Double(value);
        return Expression.Atom($"V.Constant({text})");
    }

    /// <summary>About how many arithmetic operations it takes: an elementary function counts some twenty.</summary>
    public static int Cost(ScalarOp op) => op switch
    {
        ScalarOp.Divide or ScalarOp.Sqrt or ScalarOp.Reciprocal => 4,
        ScalarOp.Convert or ScalarOp.Detach => 0,
        ScalarOp.Remainder or ScalarOp.Ieee754Remainder or ScalarOp.Hypot or ScalarOp.Exp2 or ScalarOp.Exp10 or ScalarOp.Exp2M1 or ScalarOp.Exp10M1 or ScalarOp.Log2P1
            or ScalarOp.Log10P1 or ScalarOp.Asinh or ScalarOp.Acosh or ScalarOp.Atanh or (>= ScalarOp.SinPi and <= ScalarOp.Atan2Pi) or ScalarOp.Erfc
            or (>= ScalarOp.Gamma and <= ScalarOp.PolyGamma) or ScalarOp.NormalQuantile => 200,
        ScalarOp.Pow or ScalarOp.Atan2 => 60,
        >= ScalarOp.Cbrt and <= ScalarOp.GeluSlope when op is not ScalarOp.Relu => 20,
        _ => 1,
    };

    private static string NameOf(ScalarOp op) => op switch
    {
        ScalarOp.ExpM1 => "Expm1",
        ScalarOp.LogP1 => "Log1p",
        _ => op.ToString(),
    };

    private static Expression Member(string name, params IEnumerable<Expression> a) => Expression.Call("V." + name, a);

    private static Expression Helper(string name, string element, IEnumerable<Expression> a) => Expression.Call($"{Helpers}.{name}<V, {element}>", a);

    private static bool IsName(Expression value)
        => value.Precedence == Precedence.Primary && value.Text.All(static c => char.IsLetterOrDigit(c) || c is '_' or '@');
}
