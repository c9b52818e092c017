using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit;

/// <summary>
/// The header of a counted loop. A reversed loop visits the same numbers from the last to the first: its counter must be able to step below the first one, so
/// small and unsigned counters run in a wider type.
/// </summary>
internal static class LoopHeader
{
    /// <summary>Stands where a further condition goes.</summary>
    public const string ConditionMark = "\u0001";

    private const string Helpers = "global::AutoDiff.Generated.Loops";

    /// <returns>The header, and what stands first in the body: the counter in its own type, where the loop runs in a wider one.</returns>
    public static (string Header, string? Inner) Of(For loop, string counter, EmitContext context)
    {
        ElementKind kind = loop.Counter.Element;
        Expression start = context.Brief(loop.Start), end = context.Brief(loop.End);
        bool up = loop.Stride > 0;
        if (!loop.IsReversed)
        {
            // i > -1 is how nobody counts down.
            string limit = !up && context.ConstantOf(loop.End) is { Bits: -1 } ? ">= 0" : $"{(up ? "<" : ">")} {end.Within(Precedence.Shift)}";
            return ($"{kind.CSharp()} {counter} = {start}; {counter} {limit}{ConditionMark}; {Step(counter, loop.Stride)}", null);
        }

        (string type, string variable, string? inner) = Wide(kind) is string wide
            ? (wide, context.NewName(CSharpNames.Unescape(counter) + "Wide"), kind.CSharp())
            : (kind.CSharp(), counter, null);
        string last = loop.Stride switch
        {
            1 => OneLess(end, context.ConstantOf(loop.End)),
            -1 => OneMore(end, context.ConstantOf(loop.End)),
            _ => $"{Helpers}.Last({start}, {end}, {Number(loop.Stride)})",
        };
        string header = $"{type} {variable} = {last}; {variable} {(up ? ">=" : "<=")} {start.Within(Precedence.Shift)}{ConditionMark}; {Step(variable, -loop.Stride)}";
        return (header, inner is null ? null : $"{inner} {counter} = ({inner}){variable};");
    }

    private static string? Wide(ElementKind kind) => kind switch
    {
        ElementKind.Byte or ElementKind.SByte or ElementKind.Int16 or ElementKind.UInt16 => "int",
        ElementKind.UInt32 => "long",
        ElementKind.UInt64 => "global::System.Int128",
        _ => null,
    };

    private static string OneLess(Expression end, Constant? constant)
        => constant is not null && constant.Bits > int.MinValue ? Number(constant.Bits - 1) : Expression.Binary(end, "-", Expression.Atom("1"), Precedence.Additive).Text;

    private static string OneMore(Expression end, Constant? constant)
        => constant is not null && constant.Bits < int.MaxValue ? Number(constant.Bits + 1) : Expression.Binary(end, "+", Expression.Atom("1"), Precedence.Additive).Text;

    private static string Step(string counter, long stride) => stride switch
    {
        1 => counter + "++",
        -1 => counter + "--",
        > 0 => $"{counter} += {Number(stride)}",
        _ => $"{counter} -= {Number(-stride)}",
    };

    private static string Number(long value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
