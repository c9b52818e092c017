using AutoDiff.Compiler;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

/// <summary>The C# of a statement that throws, in pieces around the scalars that it reads.</summary>
internal sealed class ThrowText
{
    private readonly List<string> _pieces = [""];
    private readonly List<Value> _inputs = [];

    public Throw ToInstruction() => new(_pieces.ToEquatable(), _inputs.ToEquatable());

    public ThrowText Add(string text)
    {
        _pieces[_pieces.Count - 1] += text;
        return this;
    }

    public ThrowText Add(Value scalar)
    {
        _inputs.Add(scalar);
        _pieces.Add("");
        return this;
    }

    /// <summary>An argument of an exception; false where it is neither a scalar, nor text of scalars.</summary>
    public bool TryAdd(IOperation argument, Func<IOperation, Value> lower)
    {
        if (argument is IConversionOperation { IsImplicit: true } conversion && TypeMap.Element(argument.Type) is null)
            return TryAdd(conversion.Operand, lower);
        if (argument.ConstantValue is { HasValue: true, Value: var constant } && constant is null or string)
        {
            Add(constant is string text ? SymbolDisplay.FormatLiteral(text, quote: true) : "null");
            return true;
        }

        if (argument is IInterpolatedStringOperation interpolated)
        {
            Add("$\"");
            foreach (IInterpolatedStringContentOperation part in interpolated.Parts)
                if (!TryAddPart(part, lower)) return false;
            Add("\"");
            return true;
        }

        if (argument is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } sum)
        {
            if (!TryAdd(sum.LeftOperand, lower)) return false;
            Add(" + ");
            return TryAdd(sum.RightOperand, lower);
        }

        if (argument is IObjectCreationOperation creation) return TryAdd(creation, lower);
        return TryAddValue(argument, lower);
    }

    /// <summary>A number, a value of an enumeration, or a text that was passed in.</summary>
    private bool TryAddValue(IOperation argument, Func<IOperation, Value> lower)
    {
        if (TypeMap.Element(argument.Type) is null && argument.Type?.SpecialType != SpecialType.System_String) return false;
        if (TypeMap.IsEnum(argument.Type)) Add($"({argument.Type!.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)})(").Add(lower(argument)).Add(")");
        else Add(lower(argument));
        return true;
    }

    /// <summary><c>new T(arguments)</c></summary>
    public bool TryAdd(IObjectCreationOperation creation, Func<IOperation, Value> lower)
    {
        if (creation.Initializer is not null || creation.Type is null) return false;
        Add($"new {creation.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)}(");
        bool first = true;
        foreach (IArgumentOperation argument in creation.Arguments.OrderBy(static a => a.Parameter?.Ordinal ?? 0))
        {
            if (argument.ArgumentKind == ArgumentKind.DefaultValue) continue;
            if (!first) Add(", ");
            if (!TryAdd(argument.Value, lower)) return false;
            first = false;
        }

        Add(")");
        return true;
    }

    private bool TryAddPart(IInterpolatedStringContentOperation part, Func<IOperation, Value> lower)
    {
        switch (part)
        {
            case IInterpolatedStringTextOperation { Text.ConstantValue: { HasValue: true, Value: string text } }:
                string literal = SymbolDisplay.FormatLiteral(text, quote: true);
                Add(literal.Substring(1, literal.Length - 2).Replace("{", "{{").Replace("}", "}}"));
                return true;
            case IInterpolationOperation hole:
                IOperation expression = hole.Expression is IConversionOperation { IsImplicit: true } boxed
                    && TypeMap.Element(hole.Expression.Type) is null ? boxed.Operand : hole.Expression;
                Add("{(");
                if (!TryAddValue(expression, lower)) return false;
                Add(")");
                if (hole.Alignment is { } alignment) Add("," + System.Convert.ToString(alignment.ConstantValue.Value, System.Globalization.CultureInfo.InvariantCulture));
                if (hole.FormatString is { } format)
                {
                    string quoted = SymbolDisplay.FormatLiteral((string)format.ConstantValue.Value!, quote: true);
                    Add(":" + quoted.Substring(1, quoted.Length - 2));
                }

                Add("}");
                return true;
            default:
                return false;
        }
    }
}
