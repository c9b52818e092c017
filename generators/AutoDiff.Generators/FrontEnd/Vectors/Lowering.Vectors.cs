using AutoDiff.Compiler;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// Vectors of the framework (Vector<T>, Vector128<T>, …) as values: memory of as many elements as they have lanes. An expression only says what a lane is; where
// it is given to a variable, a loop over the lanes computes it.
internal sealed partial class Lowering
{
    private readonly Dictionary<ElementKind, Value> _vectorLengths = [];

    /// <summary>The kind of number in a vector, and its size in bytes, 0 where only the machine knows; null for other types.</summary>
    private static (ElementKind Element, int Bytes)? Vector(ITypeSymbol? type)
    {
        if (InlineArray(type) is var (item, length)) return (item, length * SizeOf(item));
        if (!Components.IsLaneVector(type)) return null;
        var named = (INamedTypeSymbol)TypeArguments.Of(type!);
        if (TypeMap.Element(named.TypeArguments[0]) is not ElementKind element || element is ElementKind.Generic or ElementKind.Bool) return null;
        return (element, named.Name switch { "Vector64" => 8, "Vector128" => 16, "Vector256" => 32, "Vector512" => 64, _ => 0 });
    }

    /// <summary>How many lanes a vector has.</summary>
    private Value LaneCount(ElementKind element, int bytes)
    {
        if (bytes > 0) return _builder.Int(bytes / SizeOf(element));
        if (_vectorLengths.TryGetValue(element, out Value? known)) return known;
        Value length = _vectorLengths[element] = _values.New(IrType.Int32);
        _root.Append(new Call([length], VectorHelper("Length", IrType.Int32, $"<{element.CSharp()}>", []), [], []));
        return length;
    }

    /// <summary>A call of the runtime library that says something about vectors of this machine.</summary>
    private static Callee VectorHelper(string name, IrType result, string typeArguments, EquatableArray<CalleeParameter> parameters)
        => new("global::AutoDiff.Generated.Vectors", name, false, parameters, result, false, HasSideEffects: false, UsesPair: false, []) { TypeArguments = typeArguments };

    private static int SizeOf(ElementKind kind) => kind switch
    {
        ElementKind.Byte or ElementKind.SByte => 1,
        ElementKind.Int16 or ElementKind.UInt16 or ElementKind.Half => 2,
        ElementKind.Int32 or ElementKind.UInt32 or ElementKind.Single => 4,
        _ => 8,
    };

    /// <summary>The memory of a variable. It is there from the beginning of the method on, and every assignment fills it.</summary>
    private LanesPlace? DeclareVector(ITypeSymbol type, string name)
    {
        if (Vector(type) is not var (element, bytes)) return null;
        InstructionBuilder here = _builder;
        _builder = _root;
        try
        {
            Value count = LaneCount(element, bytes);
            Value lanes = _values.New(new BufferType(element, BufferKind.Array), _frame.IsInlined ? "" : name);
            _builder.Append(new AllocateBuffer(lanes, count));
            return new LanesPlace(type, lanes, count);
        }
        finally
        {
            _builder = here;
        }
    }

    private LanesOperand ReadVector(LanesPlace place) => new(place.Type, place.Count, k => _builder.Load(place.Lanes, k));

    private void WriteVector(LanesPlace place, Operand operand, IOperation at)
    {
        LanesOperand lanes = LanesOf(operand, at);
        if (lanes.IsMask) throw UnsupportedExpression(at, "A comparison of vectors as a value", "use it in ConditionalSelect, or in its All or Any form");
        ElementKind element = ((BufferType)place.Lanes.Type).Element;
        Repeat(place.Count, [], (k, _) =>
        {
            Effect(new Store(place.Lanes, k, _builder.Convert(lanes.At(k), element)));
            return [];
        }, at);
    }

    /// <summary>A vector whose lanes have been computed.</summary>
    private Operand Computed(Operand operand, IOperation at)
    {
        if (operand is not LanesOperand { IsMask: false } lanes) return operand;
        LanesPlace place = DeclareVector(lanes.Type, "")!;
        WriteVector(place, lanes, at);
        return ReadVector(place);
    }

    private LanesOperand LanesOf(Operand operand, IOperation at) => operand as LanesOperand
        ?? throw UnsupportedExpression(at, $"'{StepText.Of(at.Syntax)}' as a vector", "use vectors of numbers, loaded from spans");

    /// <summary>An operator between vectors, or a vector and a number; null for other types.</summary>
    private Operand? VectorBinary(BinaryOperatorKind kind, Operand left, Operand right, ITypeSymbol? type, IOperation at)
    {
        if (Vector(type) is not var (element, bytes)) return null;
        if (OperatorOf(kind) is not ScalarOp op) throw UnsupportedExpression(at, $"The operator in '{StepText.Of(at.Syntax)}'", "use +, -, * or /");
        bool isMask = left is LanesOperand { IsMask: true } && right is LanesOperand { IsMask: true };
        if (op is ScalarOp.And or ScalarOp.Or or ScalarOp.Xor && !isMask && element.IsFloating())
            throw UnsupportedExpression(at, $"'{StepText.Of(at.Syntax)}'", "bits of numbers carry no derivative; use ConditionalSelect");
        Value count = LaneCount(element, bytes);
        return new LanesOperand(type!, count, k => _builder.Scalar(op, Lane(left, k, element, at), Lane(right, k, element, at))) { IsMask = isMask };
    }

    private Value Lane(Operand operand, Value k, ElementKind element, IOperation at)
        => operand is LanesOperand lanes ? lanes.At(k) : _builder.Convert(Single(operand, at), element);

    private Operand? VectorNegation(IUnaryOperation unary)
    {
        if (Vector(unary.Type) is null) return null;
        LanesOperand lanes = LanesOf(Visit(unary.Operand), unary);
        return unary.OperatorKind switch
        {
            UnaryOperatorKind.Plus => lanes,
            UnaryOperatorKind.Minus => lanes with { At = k => _builder.Scalar(ScalarOp.Negate, lanes.At(k)) },
            UnaryOperatorKind.BitwiseNegation when lanes.IsMask => lanes with { At = k => _builder.Scalar(ScalarOp.Not, lanes.At(k)) },
            _ => throw UnsupportedExpression(unary, $"'{StepText.Of(unary.Syntax)}'", "use arithmetic on vectors"),
        };
    }

    /// <summary><c>condition ? a : b</c> of vectors; null for other types.</summary>
    private Operand? VectorChoice(IConditionalOperation choice)
    {
        if (DeclareVector(choice.Type ?? choice.WhenTrue.Type!, "") is not { } place) return null;
        Branch(ValueOf(choice.Condition), choice, () => Fill(choice.WhenTrue), () => Fill(choice.WhenFalse!));
        return ReadVector(place);

        Operand? Fill(IOperation value)
        {
            WriteVector(place, Visit(value), value);
            return null;
        }
    }
}
