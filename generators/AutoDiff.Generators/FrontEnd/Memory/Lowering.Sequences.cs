using System.Collections.Immutable;
using AutoDiff.Compiler;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// LINQ over arrays: operators that only say what an element is compose; what asks for all elements is a counted loop.
internal sealed partial class Lowering
{
    /// <summary>A method of <c>System.Linq.Enumerable</c>; null for other methods.</summary>
    private Operand? SequenceCall(IInvocationOperation call)
    {
        IMethodSymbol target = call.TargetMethod;
        if (target.ContainingType.Name != "Enumerable" || !target.ContainingType.IsIn("System.Linq")) return null;
        ImmutableArray<IOperation> arguments = InOrder(call);
        if (target.Name == "Repeat")
        {
            Operand repeated = Visit(arguments[0]);
            return new SequenceOperand(ValueOf(arguments[1]), _ => repeated);
        }

        if (target.Name == "Range")
        {
            Value first = ValueOf(arguments[0]), count = ValueOf(arguments[1]);
            return new SequenceOperand(count, k => new ValueOperand(_builder.Scalar(ScalarOp.Add, first, k)));
        }

        SequenceOperand source = SequenceOf(arguments[0]);
        switch (target.Name, arguments.Length)
        {
            case ("Select", 2):
                Operand map = FunctionOf(arguments[1]);
                bool withIndex = TakesIndex(map);
                if (withIndex) source = Compacted(source, call);
                return Mapped(source, (k, item) => Ask(map, withIndex ? [item, new ValueOperand(k)] : [item], call));
            case ("Where", 2):
                Operand predicate = FunctionOf(arguments[1]);
                bool byIndex = TakesIndex(predicate);
                if (byIndex) source = Compacted(source, call);
                return Filtered(source, (k, item) => Ask(predicate, byIndex ? [item, new ValueOperand(k)] : [item], call), call);
            case ("Zip", 2):
                SequenceOperand beside = Compacted(SequenceOf(arguments[1]), call);
                source = Compacted(source, call);
                if ((call.Type as INamedTypeSymbol)?.TypeArguments is not [var pair]) break;
                return new SequenceOperand(_builder.Scalar(ScalarOp.Min, source.Count, beside.Count), k => As(Asking.Once, () => new AggregateOperand(pair, [source.At(k), beside.At(k)])));
            case ("ToList", 1) when ListElement(call.Type) is not null:
                Value listed = ToArray(source, call);
                return new AggregateOperand(call.Type!, [new ValueOperand(listed), new ValueOperand(LengthOf(listed))]);
            case ("Order" or "OrderDescending", 1):
                return Ordered(source, static item => item, target.Name == "OrderDescending", call);
            case ("OrderBy" or "OrderByDescending", 2):
                Operand keyOf = FunctionOf(arguments[1]);
                return Ordered(source, item => Ask(keyOf, [item], call), target.Name == "OrderByDescending", call);
            case ("Zip", 3):
                SequenceOperand other = SequenceOf(arguments[1]);
                Operand combine = FunctionOf(arguments[2]);
                (source, other) = (Compacted(source, call), Compacted(other, call));
                return new SequenceOperand(
                    _builder.Scalar(ScalarOp.Min, source.Count, other.Count), k => Ask(combine, [As(Asking.Once, () => source.At(k)), As(Asking.Once, () => other.At(k))], call));
            case ("ToArray", 1) when JaggedElement(call.Type) is ElementKind number:
                return NewRows(source, number, call);
            case ("ToArray", 1):
                return new ValueOperand(ToArray(source, call));
            case ("Sum", 1 or 2):
                return new ValueOperand(Sum(Selected(source, arguments, call), call));
            case ("Average", 1 or 2):
                SequenceOperand items = Selected(source, arguments, call);
                items = Compacted(items, call, Asking.InTurn);
                ThrowIfEmpty(items, call);
                Value sum = Sum(items, call);
                return new ValueOperand(_builder.Scalar(ScalarOp.Divide, sum, _builder.Convert(items.Count, sum.Element)));
            case ("Max" or "Min", 1 or 2):
                return new ValueOperand(Extreme(Selected(source, arguments, call), target.Name == "Max" ? ScalarOp.Greater : ScalarOp.Less, call));
            case ("Aggregate", 3 or 4):
                Operand step = FunctionOf(arguments[2]);
                Operand folded = new ValueOperand(Fold(source, ValueOf(arguments[1]), (sum, item) => Single(Ask(step, [new ValueOperand(sum), item], call), call), call, Asking.InTurn));
                return arguments.Length == 4 ? Invoke(FunctionOf(arguments[3]), [folded], call) : folded;
            case ("Count", 1) when source.Filter is null:
                RefuseUnasked(source);
                return new ValueOperand(source.Count);
        }

        return PartOf(source, arguments, call) ?? throw Unsupported(FrontEndDescriptors.UnsupportedCall, call, target.Name,
                    "of LINQ, Range, Repeat, Select, Where, Zip, Skip, Take, SkipWhile, TakeWhile, Concat, Append, Prepend, Reverse, Order, OrderBy, First, Last, ElementAt, Sum, Average, Max, Min, MaxBy, MinBy, "
                        + "Aggregate, Count, Any, All, DefaultIfEmpty, FirstOrDefault, LastOrDefault, ToArray and ToList are known; write a loop");
    }

    private static bool TakesIndex(Operand function) => function is FunctionOperand { Method.Parameters.Length: 2 };

    private SequenceOperand SequenceOf(IOperation source)
    {
        while (source is IConversionOperation { IsImplicit: true } conversion) source = conversion.Operand;
        if ((TableSequence(source) ?? Characters(source)) is { } known) return known;
        if (JaggedOf(source) is { } rows) return RowSequence(rows, source);
        ITypeSymbol? item = TypeMap.Buffer(source.Type)?.Element ?? ListElement(source.Type) ?? SequenceItem(source.Type);
        if (ListElement(source.Type) is not null) return Elements(ItemsOf(source));
        return Visit(source) switch
        {
            SequenceOperand sequence => sequence,
            ValueOperand { Value: { Type: BufferType } buffer } => Elements(buffer, isThere: false),
            _ => throw UnsupportedExpression(source, $"'{StepText.Of(source.Syntax)}' as a sequence", SequenceAdvice(source) ?? "use LINQ on arrays, lists and spans of numbers, or of structs of them"),
        };

        SequenceOperand Elements(Value buffer, bool isThere = true)
        {
            if (!isThere) ThrowIfMissing(buffer, source);
            return new(LengthOf(buffer), k => Read(ElementOf(buffer, k, item), source));
        }
    }

    private Operand FunctionOf(IOperation argument) => Visit(argument) is var function and (FunctionOperand or ChosenOperand) ? function
        : throw UnsupportedExpression(argument, "This delegate", "write a lambda");

    private SequenceOperand Selected(SequenceOperand source, ImmutableArray<IOperation> arguments, IInvocationOperation call)
    {
        if (arguments.Length == 1) return source;
        Operand map = FunctionOf(arguments[1]);
        return Mapped(source, (_, item) => Ask(map, [item], call));
    }

    // The framework sums numbers of float in double.
    private Value Sum(SequenceOperand items, IInvocationOperation call)
    {
        ElementKind kind = TypeMap.Element(call.TargetMethod.ReturnType)
            ?? throw Unsupported(FrontEndDescriptors.UnsupportedCall, call, call.TargetMethod.Name, "it is of numbers only; use the values");
        ElementKind wide = kind == ElementKind.Single ? ElementKind.Double : kind;
        Value sum = Fold(items, _builder.Constant(new ScalarType(wide), 0), (total, item)
            => _builder.Scalar(ScalarOp.Add, total, _builder.Convert(Single(item, call), wide)), call, Asking.InTurn);
        return _builder.Convert(sum, kind);
    }

    private Value Extreme(SequenceOperand items, ScalarOp isBetter, IInvocationOperation call)
    {
        items = Compacted(items, call, Asking.InTurn);
        ThrowIfEmpty(items, call);
        bool changes = Trial(() => items.At(_builder.Int(0))).Changes;
        Value first = Single(As(changes ? Asking.InTurn : Asking.Once, () => items.At(_builder.Int(0))), call);
        return Fold(changes ? Behind(items) : items, first, (best, item) =>
        {
            Value candidate = Single(item, call);
            return Single(Branch(_builder.Scalar(isBetter, candidate, best), call, () => new ValueOperand(candidate), () => new ValueOperand(best))!, call);
        }, call, Asking.InTurn);
    }

    private void ThrowIfEmpty(SequenceOperand items, IOperation at)
        => Branch(_builder.Scalar(ScalarOp.Equal, items.Count, _builder.Int(0)), at, () =>
        {
            Effect(new ThrowText().Add("throw new global::System.InvalidOperationException(\"Sequence contains no elements\")").ToInstruction());
            return null;
        }, static () => null);

    private Value ToArray(SequenceOperand items, IOperation at)
    {
        items = Compacted(items, at, Asking.InTurn);
        ITypeSymbol? type = at switch
        {
            IForEachLoopOperation { Collection: IConversionOperation { IsImplicit: true, Operand: var array } } => array.Type,
            IForEachLoopOperation loop => loop.Collection.Type,
            ISpreadOperation spread => spread.Operand.Type,
            _ => at.Type,
        };
        type = type switch
        {
            IArrayTypeSymbol array => array.ElementType,
            INamedTypeSymbol { TypeArguments: [var item] } => item,
            _ => null,
        };
        if (type is null || TypeMap.Element(type) is null && (Components.Of(type) is null || !type.IsUnmanagedType))
            throw UnsupportedExpression(at, "This sequence", "make it a sequence of numbers, or of structs of them");
        Value buffer = Allocate(ItemsOf(type, at.Syntax.GetLocation()), items.Count);
        Repeat(items.Count, [], (k, _) =>
        {
            Write(ElementOf(buffer, k, type), Convert(items.At(k), type, at), at);
            return [];
        }, at, Asking.InTurn);
        return buffer;
    }

    private Value Fold(SequenceOperand items, Value initial, Func<Value, Operand, Value> step, IOperation at, Asking asking = Asking.Once)
        => Repeat(items.Count, [initial], (k, states) =>
        {
            if (items.Filter is null) return [_builder.Convert(step(states[0], items.At(k)), initial.Element)];
            Passed passed = items.Filter(k);
            Operand next = Branch(passed.Holds, at, () => new ValueOperand(_builder.Convert(step(states[0], passed.Item()), initial.Element)),
                () => new ValueOperand(states[0]))!;
            return [Single(next, at)];
        }, at, asking)[0];
}
