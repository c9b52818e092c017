using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Interpretation;

/// <summary>A <see cref="ScalarOp"/> on numbers of any kind.</summary>
internal static class ScalarFunctions
{
    /// <summary>The result, not yet rounded to a floating <paramref name="result"/> kind; integers are wrapped.</summary>
    /// <param name="op">The function.</param>
    /// <param name="kinds">The kinds of the operands.</param>
    /// <param name="result">The kind of the result.</param>
    /// <param name="operands">The operands.</param>
    public static Number Evaluate(ScalarOp op, ReadOnlySpan<ElementKind> kinds, ElementKind result, ReadOnlySpan<Number> operands)
    {
        Number a = operands[0], b = operands.Length > 1 ? operands[1] : default, c = operands.Length > 2 ? operands[2] : default;
        if (op == ScalarOp.Select) return a.IsTrue ? b : c;
        if (op == ScalarOp.Convert) return Convert(a, kinds[0], result);
        if (op.IsComparison()) return Number.Of(kinds[0].IsFloating() ? Compare(op, a.Real, b.Real)
            : CompareIntegers(op, kinds[0], a.Integer, b.Integer));
        return result.IsFloating()
            ? DualFunctions.Evaluate(op, a, b, c)
            : Number.Of(Rounding.Wrap(Integer(op, result, a.Integer, b.Integer, c.Integer), result));
    }

    private static Number Convert(Number a, ElementKind from, ElementKind to)
    {
        if (from.IsFloating()) return to.IsFloating() ? a
            : Number.Of(to == ElementKind.Bool ? (a.Real != 0 ? 1 : 0) : Rounding.ToInteger(a.Real, to));
        return to.IsFloating() ? Number.Of(Rounding.ToReal(a.Integer, from)) : Number.Of(Rounding.Wrap(a.Integer, to));
    }

    private static bool Compare(ScalarOp op, double x, double y) => op switch
    {
        ScalarOp.Less => x < y,
        ScalarOp.LessOrEqual => x <= y,
        ScalarOp.Greater => x > y,
        ScalarOp.GreaterOrEqual => x >= y,
        ScalarOp.Equal => x == y,
        ScalarOp.NotEqual => x != y,
        ScalarOp.IsNaN => double.IsNaN(x),
        ScalarOp.IsInfinity => double.IsInfinity(x),
        _ => !double.IsNaN(x) && !double.IsInfinity(x),
    };

    private static bool CompareIntegers(ScalarOp op, ElementKind kind, long x, long y)
    {
        int order = kind == ElementKind.UInt64 ? unchecked((ulong)x).CompareTo(unchecked((ulong)y)) : x.CompareTo(y);
        return op switch
        {
            ScalarOp.Less => order < 0,
            ScalarOp.LessOrEqual => order <= 0,
            ScalarOp.Greater => order > 0,
            ScalarOp.GreaterOrEqual => order >= 0,
            ScalarOp.Equal => order == 0,
            ScalarOp.NotEqual => order != 0,
            _ => throw new InterpretationException($"{op.Text()} is not a comparison of integers"),
        };
    }

    private static long Integer(ScalarOp op, ElementKind kind, long x, long y, long z)
    {
        bool isWide = kind == ElementKind.UInt64;
        int shift = (int)(y & (kind is ElementKind.Int64 or ElementKind.UInt64 ? 63 : 31));
        return unchecked(op switch
        {
            ScalarOp.Add => x + y,
            ScalarOp.Subtract => x - y,
            ScalarOp.Multiply => x * y,
            ScalarOp.StrongProduct => x * y,
            ScalarOp.Divide => Divide(x, y, isWide),
            ScalarOp.Remainder => x - y * Divide(x, y, isWide),
            ScalarOp.Negate => -x,
            ScalarOp.FusedMultiplyAdd => x * y + z,
            ScalarOp.Square => x * x,
            ScalarOp.Abs => x < 0 && !isWide ? -x : x,
            ScalarOp.Sign => isWide ? (x == 0 ? 0 : 1) : Math.Sign(x),
            ScalarOp.Max => CompareIntegers(ScalarOp.Greater, kind, x, y) ? x : y,
            ScalarOp.Min => CompareIntegers(ScalarOp.Less, kind, x, y) ? x : y,
            ScalarOp.Clamp => Integer(ScalarOp.Min, kind, Integer(ScalarOp.Max, kind, x, y, 0), z, 0),
            ScalarOp.And => x & y,
            ScalarOp.Or => x | y,
            ScalarOp.Xor => x ^ y,
            ScalarOp.Not => kind == ElementKind.Bool ? x ^ 1 : ~x,
            ScalarOp.ShiftLeft => x << shift,
            ScalarOp.ShiftRight => isWide ? (long)((ulong)x >> shift) : x >> shift,
            ScalarOp.Detach => x,
            _ => throw new InterpretationException($"{op.Text()} is not a function of integers"),
        });
    }

    private static long Divide(long x, long y, bool isWide)
    {
        if (y == 0) throw new InterpretationException("integer division by zero");
        return unchecked(isWide ? (long)((ulong)x / (ulong)y) : y == -1 ? -x : x / y);
    }
}
