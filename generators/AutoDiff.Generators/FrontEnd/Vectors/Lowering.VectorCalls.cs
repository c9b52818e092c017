using System.Collections.Immutable;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// Functions of vectors: those of the table lane by lane, comparisons and selections, sums, and what takes a vector to memory.
internal sealed partial class Lowering
{
    private const string KnownVectorCalls = "write it over the lanes: functions of Math, Create from numbers or a span, CopyTo a span, Sum, Dot, GetElement, comparisons and "
        + "ConditionalSelect are known";

    /// <summary>A method of a vector or of the classes with functions of vectors; null for other methods.</summary>
    private Operand? VectorCall(IInvocationOperation call)
    {
        IMethodSymbol target = call.TargetMethod;
        if (!Components.IsLaneVectorName(target.ContainingType)) return null;
        ImmutableArray<IOperation> arguments = InOrder(call);
        if (call.Instance is { } instance) arguments = arguments.Insert(0, instance);
        return VectorSource(call, arguments) ?? VectorReduction(call, arguments) ?? VectorFunction(call, arguments)
            ?? throw Unsupported(FrontEndDescriptors.UnsupportedCall, call, target.Name, KnownVectorCalls);
    }

    private Operand? VectorSource(IInvocationOperation call, ImmutableArray<IOperation> arguments)
    {
        switch (call.TargetMethod.Name)
        {
            case "Create" when Vector(call.Type) is not null:
                return VectorOf(call.Type!, arguments, call);
            case "CopyTo" or "TryCopyTo" when arguments.Length >= 2 && TypeMap.Buffer(arguments[1].Type) is not null && call.TargetMethod.ReturnsVoid:
                LanesOperand source = LanesOf(Computed(Visit(arguments[0]), call), call);
                Value start = arguments.Length > 2 ? ValueOf(arguments[2]) : _builder.Int(0);
                Value part = Slice(ValueOf(arguments[1]), start, source.Count);
                Repeat(source.Count, [], (k, _) =>
                {
                    Effect(new Store(part, k, source.At(k)));
                    return [];
                }, call);
                return Nothing;
            case "GetElement" or "get_Item":
                return VectorElement(arguments[0], arguments[1], call);
            case "ToScalar":
                return new ValueOperand(LanesOf(Visit(arguments[0]), call).At(_builder.Int(0)));
            case "WithElement":
                LanesOperand before = LanesOf(Visit(arguments[0]), call);
                Value place = ValueOf(arguments[1]), value = ValueOf(arguments[2]);
                return before with { At = k => _builder.Scalar(ScalarOp.Select, _builder.Scalar(ScalarOp.Equal, k, place), value, before.At(k)) };
            default:
                return null;
        }
    }

    /// <summary>One lane, which throws where there is none.</summary>
    private Operand VectorElement(IOperation vector, IOperation index, IOperation at)
        => LanesOf(Computed(Visit(vector), at), at) is var lanes && ValueOf(index) is var place ? new ValueOperand(lanes.At(_builder.Convert(place, ElementKind.Int32)))
            : throw new UnsupportedException();

    private Operand? VectorReduction(IInvocationOperation call, ImmutableArray<IOperation> arguments)
    {
        string name = call.TargetMethod.Name;
        switch (name)
        {
            case "Sum":
                return new ValueOperand(VectorSum(LanesOf(Visit(arguments[0]), call), arguments[0].Type!, call));
            case "Dot":
                Operand left = Visit(arguments[0]), right = Visit(arguments[1]);
                Operand product = VectorBinary(BinaryOperatorKind.Multiply, left, right, arguments[0].Type, call) ?? throw new UnsupportedException();
                return new ValueOperand(VectorSum((LanesOperand)product, arguments[0].Type!, call));
        }

        bool all = name.EndsWith("All", StringComparison.Ordinal), any = name.EndsWith("Any", StringComparison.Ordinal);
        if (!(all || any) || arguments.Length != 2 || Comparison(name.Substring(0, name.Length - 3)) is not ScalarOp op) return null;
        LanesOperand a = LanesOf(Visit(arguments[0]), call), b = LanesOf(Visit(arguments[1]), call);
        return new ValueOperand(Repeat(a.Count, [_builder.Bool(all)], (k, states)
            => [_builder.Scalar(all ? ScalarOp.And : ScalarOp.Or, states[0], _builder.Scalar(op, a.At(k), b.At(k)))], call)[0]);
    }

    /// <summary>Halves are summed, and their sums added, as the framework does; where only the machine knows how many lanes there are, one lane after the other.</summary>
    private Value VectorSum(LanesOperand lanes, ITypeSymbol type, IOperation at)
    {
        (ElementKind element, int bytes) = Vector(type)!.Value;
        if (bytes == 0)
            return Repeat(lanes.Count, [_builder.Constant(new ScalarType(element), 0)], (k, states) => [_builder.Scalar(ScalarOp.Add, states[0], lanes.At(k))], at)[0];
        lanes = LanesOf(Computed(lanes, at), at);
        return Half(0, bytes / SizeOf(element));

        Value Half(int first, int count) => count == 1 ? lanes.At(_builder.Int(first))
            : _builder.Scalar(ScalarOp.Add, Half(first, count / 2), Half(first + count / 2, count / 2));
    }

    private Operand? VectorFunction(IInvocationOperation call, ImmutableArray<IOperation> arguments)
    {
        if (Vector(call.Type) is not var (element, bytes)) return null;
        string name = call.TargetMethod.Name;
        if (name == "ConditionalSelect" && arguments.Length == 3)
        {
            LanesOperand condition = LanesOf(Visit(arguments[0]), call);
            if (!condition.IsMask) throw UnsupportedExpression(arguments[0], "This condition", "write a comparison in its place, such as GreaterThan(a, b)");
            LanesOperand whenTrue = LanesOf(Visit(arguments[1]), call), whenFalse = LanesOf(Visit(arguments[2]), call);
            return whenTrue with { At = k => _builder.Scalar(ScalarOp.Select, condition.At(k), whenTrue.At(k), whenFalse.At(k)) };
        }

        ScalarOp? comparison = arguments.Length == 2 ? Comparison(name) : null;
        if ((comparison ?? (name == "SquareRoot" ? ScalarOp.Sqrt : ScalarFunctions.Find(name, arguments.Length))) is not ScalarOp op) return null;
        Operand[] operands = [.. arguments.Select(Visit)];
        return new LanesOperand(call.Type!, LaneCount(element, bytes), k => _builder.Scalar(op, [.. operands.Select(o => Lane(o, k, element, call))]))
        {
            IsMask = comparison is not null,
        };
    }

    private static ScalarOp? Comparison(string name) => name switch
    {
        "GreaterThan" => ScalarOp.Greater,
        "GreaterThanOrEqual" => ScalarOp.GreaterOrEqual,
        "LessThan" => ScalarOp.Less,
        "LessThanOrEqual" => ScalarOp.LessOrEqual,
        "Equals" => ScalarOp.Equal,
        _ => null,
    };
}
