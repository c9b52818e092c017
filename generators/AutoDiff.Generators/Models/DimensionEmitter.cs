using AutoDiff.Compiler;

namespace AutoDiff.Generators.Models;

/// <summary>C# for the length of a dimension.</summary>
internal static class DimensionEmitter
{
    public static string Emit(DimensionSyntax dimension, Func<DimensionName, string> resolve)
    {
        string text = Emit(dimension, resolve, parentPrecedence: 0);
        return dimension is DimensionOperation ? "checked(" + text + ")" : text;
    }

    private static string Emit(DimensionSyntax dimension, Func<DimensionName, string> resolve, int parentPrecedence)
    {
        switch (dimension)
        {
            case DimensionNumber number:
                return CSharpLiteral.Int32(number.Value);
            case DimensionName name:
                return resolve(name);
            case DimensionOperation { Operator: '/' } quotient:
                // Throws where there is a remainder: a truncated dimension is never what was meant.
                return "global::AutoDiff.Generated.Dimension.Divide("
                    + Emit(quotient.Left, resolve, 0) + ", " + Emit(quotient.Right, resolve, 0) + ")";
            case DimensionOperation operation:
                int precedence = operation.Operator == '*' ? 2 : 1;
                string text = Emit(operation.Left, resolve, precedence) + " " + operation.Operator + " "
                    + Emit(operation.Right, resolve, precedence + 1);
                return precedence < parentPrecedence ? "(" + text + ")" : text;
            default:
                throw new InvalidOperationException(dimension.ToString());
        }
    }
}
