using System.Globalization;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit;

/// <summary>C# text of values with lanes: the vectors of the base library, whose operators take numbers on one side.</summary>
internal static class LaneText
{
    private const string Helpers = "global::AutoDiff.Generated.Directions";

    /// <summary>The vector of that many numbers.</summary>
    public static string Vector(ElementKind kind, int lanes)
    {
        int bits = lanes * (kind == ElementKind.Double ? 64 : 32);
        return $"global::System.Runtime.Intrinsics.Vector{bits.ToString(CultureInfo.InvariantCulture)}<{kind.CSharp()}>";
    }

    public static Expression Of(ScalarType type, Apply apply, EmitContext context)
    {
        if (apply.Operation is not Elementwise { Op: var op }) return Repeated(type, apply.Inputs[0], context);
        Expression[] a = [.. apply.Inputs.Select(context.Expr)];
        switch (op)
        {
            case ScalarOp.Add or ScalarOp.Subtract when context.NegatedOf(apply.Inputs[1]) is Value negated:
                // a + (−b) is a − b, to the bit.
                return Expression.Binary(a[0], op == ScalarOp.Add ? "-" : "+", context.Expr(negated), Precedence.Additive);
            case ScalarOp.Convert:
                return apply.Inputs[0].Element == type.Kind ? a[0] : Expression.Call($"{Helpers}.{(type.Kind == ElementKind.Double ? "ToDouble" : "ToSingle")}", a);
            case ScalarOp.StrongProduct:
                return Expression.Call($"{Helpers}.StrongProduct", a);
            default:
                return ScalarText.Of(op, type.Kind, apply.Inputs[op == ScalarOp.Select ? 1 : 0].Element, a);
        }
    }

    private static Expression Repeated(ScalarType type, Value value, EmitContext context)
    {
        string vector = Vector(type.Kind, type.Lanes);
        return Expression.Atom(context.ConstantOf(value) is { Bits: 0 } ? $"{vector}.Zero" : $"{vector.Substring(0, vector.IndexOf('<'))}.Create({context.Use(value)})");
    }
}
