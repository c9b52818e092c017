using AutoDiff.Compiler.Analysis.Shapes;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Analyzers.Shapes;

/// <summary>Arithmetic of integers as C# does it, as far as it can be said in polynomials.</summary>
internal static class Numbers
{
    public static ShapeValue Unknown { get; } = new NumberValue(SizeComparison.Unknown);

    public static ShapeValue Of(long value) => new NumberValue(Dim.Constant(value));

    public static Dim Combine(BinaryOperatorKind operation, Dim a, Dim b)
    {
        if (a.IsUnknown() || b.IsUnknown()) return SizeComparison.Unknown;
        try
        {
            return operation switch
            {
                BinaryOperatorKind.Add => a + b,
                BinaryOperatorKind.Subtract => a - b,
                BinaryOperatorKind.Multiply => a * b,
                BinaryOperatorKind.Divide when a.Literal is long x && b.Literal is long y && y != 0 => Dim.Constant(x / y),
                BinaryOperatorKind.Remainder when a.Literal is long x && b.Literal is long y && y != 0 => Dim.Constant(x % y),
                BinaryOperatorKind.LeftShift when b.Literal is long shift and >= 0 and < 31 => a * Dim.Constant(1L << (int)shift),
                BinaryOperatorKind.RightShift when a.Literal is long x && b.Literal is long shift and >= 0 and < 31 => Dim.Constant(x >> (int)shift),
                BinaryOperatorKind.Divide => Quotient(a, b),
                _ => SizeComparison.Unknown,
            };
        }
        catch (OverflowException)
        {
            return SizeComparison.Unknown;
        }
    }

    /// <summary>
    /// A size divided by a number of parts is taken to come out even; a sum divided by a number is rounded, so it is not known.
    /// </summary>
    private static Dim Quotient(Dim a, Dim b)
    {
        if (b == Dim.Zero || Dim.Divide(a, b) is not { } quotient) return SizeComparison.Unknown;
        return quotient.Terms.Length > 1 && quotient.Terms.Any(static t => t.Denominator != 1) ? SizeComparison.Unknown : quotient;
    }

    /// <summary>The truth of a comparison, where it is certain.</summary>
    public static bool? Compare(BinaryOperatorKind operation, Dim a, Dim b)
    {
        if (a.IsUnknown() || b.IsUnknown() || (a - b).Literal is not long difference) return null;
        return operation switch
        {
            BinaryOperatorKind.Equals => difference == 0,
            BinaryOperatorKind.NotEquals => difference != 0,
            BinaryOperatorKind.LessThan => difference < 0,
            BinaryOperatorKind.LessThanOrEqual => difference <= 0,
            BinaryOperatorKind.GreaterThan => difference > 0,
            BinaryOperatorKind.GreaterThanOrEqual => difference >= 0,
            _ => null,
        };
    }
}
