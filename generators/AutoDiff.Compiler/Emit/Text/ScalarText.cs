using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit;

/// <summary>C# text of the scalar operations: operators where C# has them, <c>Math</c> and <c>MathF</c>, then the helpers of the runtime library.</summary>
internal static class ScalarText
{
    public const string Helpers = "global::AutoDiff.Generated.Scalars";

    /// <summary>The operation, in a context of its own where the source says what happens to a number that does not fit.</summary>
    public static Expression Of(ScalarOp op, ElementKind result, ElementKind kind, IReadOnlyList<Expression> a, Overflow overflow)
        => overflow == Overflow.Default ? Of(op, result, kind, a) : Expression.Atom($"{(overflow == Overflow.Wraps ? "unchecked" : "checked")}({Of(op, result, kind, a).Text})");

    /// <param name="op">The operation.</param>
    /// <param name="result">The kind of the result.</param>
    /// <param name="kind">The kind of the operands; of the second one for a select.</param>
    /// <param name="a">The operands, in order.</param>
    public static Expression Of(ScalarOp op, ElementKind result, ElementKind kind, IReadOnlyList<Expression> a) => op switch
    {
        ScalarOp.Select => new($"{a[0].Within(Precedence.OrElse)} ? {a[1].Within(Precedence.OrElse)} : {a[2].Within(Precedence.Conditional)}", Precedence.Conditional),
        ScalarOp.Detach => a[0],
        // Small integers are ints to C# already.
        ScalarOp.Convert when result == kind || (result == ElementKind.Int32 && IsSmall(kind)) => a[0],
        ScalarOp.Convert when result == ElementKind.Generic || (kind == ElementKind.Generic && result.IsFloating()) => Expression.Call($"{result.CSharp()}.CreateChecked", a),
        ScalarOp.Convert when kind == ElementKind.Generic => Expression.Call($"{result.CSharp()}.CreateTruncating", a),
        ScalarOp.Convert => Expression.Prefix($"({result.CSharp()})", a[0]),
        ScalarOp.Negate => Narrow(result, Expression.Prefix("-", a[0])),
        ScalarOp.Not => result == ElementKind.Bool ? Expression.Prefix("!", a[0]) : Narrow(result, Expression.Prefix("~", a[0])),
        ScalarOp.And when result == ElementKind.Bool => Expression.Binary(a[0], "&&", a[1], Precedence.AndAlso),
        ScalarOp.Or when result == ElementKind.Bool => Expression.Binary(a[0], "||", a[1], Precedence.OrElse),
        ScalarOp.Square when IsName(a[0]) => Narrow(result, Expression.Binary(a[0], "*", a[0], Precedence.Multiplicative)),
        ScalarOp.Square => Expression.Call("global::AutoDiff.Ops.Square", a),
        ScalarOp.Reciprocal => Expression.Binary(One(kind), "/", a[0], Precedence.Multiplicative),
        ScalarOp.IsNaN or ScalarOp.IsInfinity or ScalarOp.IsFinite => Expression.Call($"{kind.CSharp()}.{op}", a),
        _ when Operator(op) is (string text, Precedence precedence) => Narrow(result, Expression.Binary(a[0], text, a[1], precedence)),
        _ => Function(op, kind, a),
    };

    /// <summary>The operator of a compound assignment, such as <c>+</c> of <c>s += x</c>; null where there is none.</summary>
    public static string? CompoundOperator(ScalarOp op) => op switch
    {
        ScalarOp.Add => "+",
        ScalarOp.Subtract => "-",
        ScalarOp.Multiply => "*",
        ScalarOp.Divide => "/",
        _ => null,
    };

    public static (string Text, Precedence Precedence)? Operator(ScalarOp op) => op switch
    {
        ScalarOp.Add => ("+", Precedence.Additive),
        ScalarOp.Subtract => ("-", Precedence.Additive),
        ScalarOp.Multiply => ("*", Precedence.Multiplicative),
        ScalarOp.Divide => ("/", Precedence.Multiplicative),
        ScalarOp.Remainder => ("%", Precedence.Multiplicative),
        ScalarOp.Less => ("<", Precedence.Relational),
        ScalarOp.LessOrEqual => ("<=", Precedence.Relational),
        ScalarOp.Greater => (">", Precedence.Relational),
        ScalarOp.GreaterOrEqual => (">=", Precedence.Relational),
        ScalarOp.Equal => ("==", Precedence.Equality),
        ScalarOp.NotEqual => ("!=", Precedence.Equality),
        ScalarOp.And => ("&", Precedence.And),
        ScalarOp.Or => ("|", Precedence.Or),
        ScalarOp.Xor => ("^", Precedence.Xor),
        ScalarOp.ShiftLeft => ("<<", Precedence.Shift),
        ScalarOp.ShiftRight => (">>", Precedence.Shift),
        _ => null,
    };

    private static Expression Function(ScalarOp op, ElementKind kind, IReadOnlyList<Expression> a) => op switch
    {
        // System.Math throws for NaN.
        ScalarOp.Sign when kind.IsFloating() => Helper("Sign", a),
        ScalarOp.Sign => Narrow(kind, Expression.Call("global::System.Math.Sign", a), always: kind != ElementKind.Int32),
        ScalarOp.StrongProduct or ScalarOp.GeluSlope => Helper(op.ToString(), a),

        // What users write: generic for every width, or for float and double.
        ScalarOp.Sigmoid or ScalarOp.Softplus or ScalarOp.Relu or ScalarOp.Gelu or ScalarOp.GeluTanh or ScalarOp.Silu
            => Expression.Call($"global::AutoDiff.Ops.{op}", a),
        ScalarOp.Erf or ScalarOp.Erfc or ScalarOp.Gamma or ScalarOp.LogGamma or ScalarOp.Digamma or ScalarOp.NormalCdf or ScalarOp.NormalQuantile
            => Special(op, kind, [a[0]]),
        ScalarOp.Beta or ScalarOp.LogBeta => Special(op, kind, [a[0], a[1]]),
        ScalarOp.PolyGamma or ScalarOp.BesselJ => Special(op, kind, [a[1]], Whole(a[0])),
        ScalarOp.RootN => Expression.Call($"{kind.CSharp()}.RootN", [a[0], Whole(a[1])]),

        // Static members of the number types only.
        ScalarOp.Exp2 or ScalarOp.Exp10 or ScalarOp.ExpM1 or ScalarOp.Exp2M1 or ScalarOp.Exp10M1 or ScalarOp.LogP1 or ScalarOp.Log2P1 or ScalarOp.Log10P1
            or ScalarOp.Hypot or (>= ScalarOp.SinPi and <= ScalarOp.Atan2Pi) or ScalarOp.Ieee754Remainder => Expression.Call($"{kind.CSharp()}.{op}", a),
        ScalarOp.Clamp when kind is not (ElementKind.Half or ElementKind.Generic) => Expression.Call("global::System.Math.Clamp", a),
        ScalarOp.Abs when kind is ElementKind.SByte or ElementKind.Int16 => Expression.Call("global::System.Math.Abs", a),
        _ => Expression.Call($"{Library(kind)}.{op}", a),
    };

    private static Expression Helper(string name, IEnumerable<Expression> arguments) => Expression.Call($"{Helpers}.{name}", arguments);

    private static Expression Special(ScalarOp op, ElementKind kind, Expression[] operands, params Expression[] orders)
    {
        string function = $"global::AutoDiff.Ad.Special.{op}";
        if (kind == ElementKind.Generic)
            return Expression.Call(
                $"{kind.CSharp()}.CreateChecked", [Expression.Call(function, [.. orders, .. operands.Select(static o => Expression.Call("double.CreateChecked", [o]))])]);
        return kind == ElementKind.Half
            ? Expression.Prefix($"({kind.CSharp()})", Expression.Call(function, [.. orders, .. operands.Select(static o => Expression.Prefix("(float)", o))]))
            : Expression.Call(function, [.. orders, .. operands]);
    }

    /// <summary>An order, which the IR has in the type of the other operand.</summary>
    private static Expression Whole(Expression order)
        => order.Precedence == Precedence.Primary && int.TryParse(order.Text, out _) ? order : Expression.Prefix("(int)", order);

    private static string Library(ElementKind kind) => kind switch
    {
        ElementKind.Single => "global::System.MathF",
        ElementKind.Half => "global::System.Half",
        ElementKind.Generic => ElementKinds.GenericName,
        _ => "global::System.Math",
    };

    private static Expression One(ElementKind kind) => kind is ElementKind.Half or ElementKind.Generic ? Expression.Atom(kind.CSharp() + ".One") : Expression.Atom("1");

    // C# computes with small integers as with int.
    private static Expression Narrow(ElementKind kind, Expression value, bool always = false)
        => always || IsSmall(kind)
            ? Expression.Prefix($"({kind.CSharp()})", value)
            : value;

    public static bool IsSmall(ElementKind kind) => kind is ElementKind.Byte or ElementKind.SByte or ElementKind.Int16 or ElementKind.UInt16;

    private static bool IsName(Expression value) => value.Precedence == Precedence.Primary && value.Text.All(static c => char.IsLetterOrDigit(c) || c is '_' or '@');
}
