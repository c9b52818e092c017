using System.Collections.Immutable;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

internal sealed partial class Lowering
{
    /// <summary><c>throw new T(…)</c> of text and scalars. What follows is not reached, so whatever it would need has any value.</summary>
    private void ThrowStatement(IThrowOperation statement)
    {
        IOperation? exception = statement.Exception;
        while (exception is IConversionOperation { IsImplicit: true } conversion) exception = conversion.Operand;
        if (exception is null)
        {
            ThrowAgain(statement);
            return;
        }

        if (exception.Type is { } type && exception is IObjectCreationOperation && Caught(type)) return;
        BeginStep(statement.Syntax, StepText.Of(statement.Syntax).TrimEnd(';'));
        var text = new ThrowText().Add("throw ");
        if (exception is not IObjectCreationOperation creation || !text.TryAdd(creation, ValueOf))
            throw UnsupportedStatement(statement, "This throw", "throw a new exception whose arguments are texts and numbers");
        Effect(text.ToInstruction());
    }

    private static IThrowOperation? ThrowIn(IOperation? operation)
    {
        while (operation is IConversionOperation { IsImplicit: true } conversion) operation = conversion.Operand;
        return operation as IThrowOperation;
    }

    /// <summary>One arm of a choice between expressions; null where it throws.</summary>
    private Operand? ValueOrThrow(IOperation value)
    {
        if (ThrowIn(value) is not { } exception) return Visit(value);
        ThrowStatement(exception);
        return null;
    }

    /// <summary>
    /// <c>ArgumentOutOfRangeException.ThrowIfNegative(n)</c> and the like: the call, under the condition in its name. Null for other
    /// methods.
    /// </summary>
    private Operand? ThrowHelper(IInvocationOperation call)
    {
        IMethodSymbol target = call.TargetMethod;
        if (!target.IsStatic || !target.ReturnsVoid || !target.Name.StartsWith("ThrowIf", StringComparison.Ordinal)
            || !target.ContainingType.IsIn("System")) return null;
        ImmutableArray<IArgumentOperation> arguments = call.Arguments.OrderBy(static a => a.Parameter?.Ordinal ?? 0).ToImmutableArray();
        if (target.Name.StartsWith("ThrowIfNull", StringComparison.Ordinal))
        {
            // Numbers, spans, tensors and models: a null among them fails by itself at its first use.
            DropEmptyStep();
            return Nothing;
        }

        bool two = target.Name.EndsWith("Equal", StringComparison.Ordinal) || target.Name.EndsWith("Than", StringComparison.Ordinal);
        if (arguments.Length < (two ? 2 : 1) || TypeMap.Element(arguments[0].Value.Type) is null) return null;
        Value value = ValueOf(arguments[0].Value);
        Value other = two ? ValueOf(arguments[1].Value) : _builder.Constant(value.Type, 0);
        ScalarOp? relation = target.Name switch
        {
            "ThrowIfZero" or "ThrowIfEqual" => ScalarOp.Equal,
            "ThrowIfNotEqual" => ScalarOp.NotEqual,
            "ThrowIfNegative" or "ThrowIfLessThan" => ScalarOp.Less,
            "ThrowIfNegativeOrZero" or "ThrowIfLessThanOrEqual" => ScalarOp.LessOrEqual,
            "ThrowIfGreaterThan" => ScalarOp.Greater,
            "ThrowIfGreaterThanOrEqual" => ScalarOp.GreaterOrEqual,
            _ => null,
        };
        if (relation is not ScalarOp op) return null;
        Branch(_builder.Scalar(op, value, other), call, () =>
        {
            var text = new ThrowText().Add(
                $"{target.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)}.{target.Name}(").Add(value);
            if (two) text.Add(", ").Add(other);
            foreach (IArgumentOperation name in arguments.Skip(two ? 2 : 1))
            {
                text.Add(", ");
                if (!text.TryAdd(name.Value, ValueOf)) throw UnsupportedExpression(name, "This argument", "use a text");
            }

            Effect(text.Add(")").ToInstruction());
            return null;
        }, static () => null);
        return Nothing;
    }
}
