using System.Collections.Immutable;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

internal sealed partial class Lowering
{
    private static readonly Operand Nothing = new ListOperand([]);

    /// <summary>Methods of spans and arrays; null for other methods.</summary>
    private Operand? BufferCall(IInvocationOperation call)
    {
        IMethodSymbol target = call.TargetMethod;
        ImmutableArray<IOperation> arguments = InOrder(call);
        bool onSpan = call.Instance is not null && TypeMap.Buffer(call.Instance.Type) is not null;
        bool extension = target.ContainingType.Name == "MemoryExtensions" && target.ContainingType.IsIn("System");
        bool onArray = target.ContainingType.SpecialType == SpecialType.System_Array && target.IsStatic;
        if (!onSpan && !extension && !onArray) return null;
        if (onSpan) arguments = arguments.Insert(0, call.Instance!);
        // Some methods take any array.
        if (onArray) arguments = [.. arguments.Select(Unwrapped)];
        if (onArray && ArrayMethod(target, arguments) is { } done) return done;
        if (arguments.IsEmpty || ScalarOrBuffer(arguments[0].Type, call.Syntax.GetLocation()) is not BufferType) return null;
        ITypeSymbol element = TypeMap.Buffer(arguments[0].Type)!.Value.Element;
        if (onArray)
        {
            switch (target.Name, arguments.Length)
            {
                case ("Fill", 2):
                case ("Clear", 1):
                case ("Reverse", 1):
                    break;
                case ("Sort", 1):
                    SortInPlace([ValueOf(arguments[0])], call);
                    return Nothing;
                case ("Sort", 2) when TypeMap.Buffer(arguments[1].Type) is not null:
                    SortInPlace([ValueOf(arguments[0]), ValueOf(arguments[1])], call);
                    return Nothing;
                case ("FindIndex" or "FindLastIndex", 2):
                    Operand sought = FunctionOf(arguments[1]);
                    return new ValueOperand(IndexWhere(SequenceOf(arguments[0]), item => Single(Ask(sought, [item], call), call), target.Name == "FindLastIndex", _builder.Int(-1), call));
                case ("Exists" or "TrueForAll", 2):
                    return new ValueOperand(IsAny(SequenceOf(arguments[0]), FunctionOf(arguments[1]), isAll: target.Name == "TrueForAll", call));
                case ("ConvertAll", 2):
                    Operand map = FunctionOf(arguments[1]);
                    SequenceOperand items = SequenceOf(arguments[0]);
                    return new ValueOperand(ToArray(Mapped(items, (_, item) => Ask(map, [item], call)), call));
                default:
                    return null;
            }
        }

        switch (target.Name)
        {
            case "Slice" or "AsSpan" when arguments.Length == 1:
                return Visit(arguments[0]);
            case "Slice" or "AsSpan" when arguments[1] is IRangeOperation range:
                return new ValueOperand(Slice(ValueOf(arguments[0]), range));
            case "Slice" or "AsSpan" when TypeMap.Element(arguments[1].Type) is not null:
                Value buffer = ValueOf(arguments[0]), start = ValueOf(arguments[1]);
                Value length = arguments.Length > 2 ? ValueOf(arguments[2]) : _builder.Scalar(ScalarOp.Subtract, LengthOf(buffer), start);
                return new ValueOperand(Slice(buffer, start, length));
            case "CopyTo" when arguments.Length == 3 && Unwrapped(arguments[1]) is var array && TypeMap.Buffer(array.Type) is not null:
                Value copied = ValueOf(arguments[0]), receiving = ValueOf(array);
                Effect(new CopyBuffer(Slice(receiving, ValueOf(arguments[2]), LengthOf(copied)), copied));
                return Nothing;
            case "CopyTo" when arguments.Length == 2 && TypeMap.Buffer(arguments[1].Type) is not null:
                Value source = ValueOf(arguments[0]), destination = ValueOf(arguments[1]);
                Effect(new CopyBuffer(Slice(destination, _builder.Int(0), LengthOf(source)), source));
                return Nothing;
            case "Fill":
                Value filled = ValueOf(arguments[0]);
                if (filled.Type is BufferType { Struct: not null })
                {
                    FillStructs(filled, Visit(arguments[1]), element, call);
                    return Nothing;
                }

                Effect(new FillBuffer(filled, _builder.Convert(ValueOf(arguments[1]), filled.Element)));
                return Nothing;
            case "Clear" when arguments.Length == 1:
                Value cleared = ValueOf(arguments[0]);
                Effect(new FillBuffer(cleared, _builder.Constant(new ScalarType(cleared.Element), 0)));
                return Nothing;
            case "Sort" when arguments.Length == 1 && !onArray:
                SortInPlace([ValueOf(arguments[0])], call);
                return Nothing;
            case "Reverse" when arguments.Length == 1:
                Value reversed = ValueOf(arguments[0]), before = CopyOf(reversed), last = _builder.Scalar(ScalarOp.Subtract, LengthOf(reversed), _builder.Int(1));
                Repeat(LengthOf(reversed), [], (k, _) =>
                {
                    Write(ElementOf(reversed, k, element), Read(ElementOf(before, _builder.Scalar(ScalarOp.Subtract, last, k), element), call), call);
                    return [];
                }, call);
                return Nothing;
            case "Clone" when arguments.Length == 1:
            case "ToArray":
                Value original = ValueOf(arguments[0]);
                Value copy = Allocate((BufferType)original.Type with { Kind = BufferKind.Array }, LengthOf(original));
                Effect(new CopyBuffer(copy, original));
                return new ValueOperand(copy);
            default:
                return null;
        }
    }
}
