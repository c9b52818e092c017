using System.Globalization;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit;

/// <summary>C# text of the constants of the IR.</summary>
internal static class Literals
{
    /// <summary>A literal of exactly the constant's type.</summary>
    public static Expression Exact(Constant constant) => Of(constant.Result.Element, constant.Bits, brief: false);

    /// <summary>
    /// The shortest literal that converts to the constant's type without a loss: <c>2</c> for <c>2.0</c>. Only where the other operand or the target has that
    /// type, so that the conversion is the compiler's.
    /// </summary>
    public static Expression Brief(Constant constant) => Of(constant.Result.Element, constant.Bits, brief: true);

    private static Expression Of(ElementKind kind, long bits, bool brief)
    {
        double floating = kind.IsFloating() ? BitConverter.Int64BitsToDouble(bits) : 0;
        return kind switch
        {
            ElementKind.Bool => Expression.Atom(CSharpLiteral.Bool(bits != 0)),
            ElementKind.Double when brief && IsSmallInteger(floating) => Number(floating.ToString("F0", CultureInfo.InvariantCulture)),
            ElementKind.Single when brief && IsSmallInteger(floating) => Number(floating.ToString("F0", CultureInfo.InvariantCulture)),
            ElementKind.Double => Number(CSharpLiteral.Double(floating)),
            ElementKind.Single => Number(CSharpLiteral.Single((float)floating)),
            ElementKind.Half => Half(floating),
            ElementKind.Generic => Generic(floating),
            ElementKind.UInt64 => Expression.Atom(CSharpLiteral.UInt64(unchecked((ulong)bits))),
            ElementKind.Int64 => Integer(bits, brief ? "" : "L", long.MinValue, "long.MinValue"),
            ElementKind.UInt32 => Expression.Atom(bits.ToString(CultureInfo.InvariantCulture) + (brief ? "" : "U")),
            ElementKind.Int32 => Integer(bits, "", int.MinValue, "int.MinValue"),
            _ when brief => Integer(bits, "", int.MinValue, "int.MinValue"),
            _ => new Expression($"({kind.CSharp()})({bits.ToString(CultureInfo.InvariantCulture)})", Precedence.Unary),
        };
    }

    private static Expression Generic(double value) => value switch
    {
        0 when BitConverter.DoubleToInt64Bits(value) == 0 => Expression.Atom(ElementKinds.GenericName + ".Zero"),
        1 => Expression.Atom(ElementKinds.GenericName + ".One"),
        -1 => new Expression($"-{ElementKinds.GenericName}.One", Precedence.Unary),
        _ => Expression.Atom($"{ElementKinds.GenericName}.CreateChecked({CSharpLiteral.Double(value)})"),
    };

    private static Expression Integer(long bits, string suffix, long least, string leastText)
        => bits == least ? Expression.Atom(leastText) : Number(bits.ToString(CultureInfo.InvariantCulture) + suffix);

    private static Expression Number(string text) => new(text, text[0] == '-' ? Precedence.Unary : Precedence.Primary);

    private static Expression Half(double value)
    {
        string text = CSharpLiteral.Half(value);
        return new(text, text[0] == '(' ? Precedence.Unary : Precedence.Primary);
    }

    // Minus zero is no integer: the compiler would make it plus zero.
    private static bool IsSmallInteger(double value)
        => Math.Abs(value) <= 1 << 20 && value == Math.Floor(value) && BitConverter.DoubleToInt64Bits(value) != BitConverter.DoubleToInt64Bits(-0.0);
}
