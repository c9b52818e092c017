using System.Collections.Immutable;
using AutoDiff.Compiler;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.FrontEnd;

internal sealed partial class Lowering
{
    /// <summary>What a condition is known to be where it stands; null where that is not known. An arm that never runs is not lowered.</summary>
    private bool? KnownTruth(Value condition) => _builder.Body.LastOrDefault(i => i.Results is [var result] && result == condition) switch
    {
        Constant constant => constant.Bits != 0,
        Apply { Operation: Elementwise { Op: ScalarOp.Not }, Inputs: [var negated] } => !KnownTruth(negated),
        _ => null,
    };

    /// <summary>
    /// An <see cref="If"/> whose arms are lowered by the two functions. It yields what the arms return and every variable from before it
    /// whose value differs after them.
    /// </summary>
    private Operand? Branch(Value condition, IOperation? at, Func<Operand?> then, Func<Operand?> otherwise)
    {
        if (KnownTruth(condition) is bool holds) return holds ? then() : otherwise();
        int declared = _variableCount, made = _objects.Count;
        VariableState before = _state;
        Arm first = LowerArm(before, then), second = LowerArm(before, otherwise);
        _state = before;

        var defines = new List<Value>();
        var yields = (First: new List<Value>(), Second: new List<Value>());
        // Objects that an arm made may be referred to behind it.
        var fresh = new HashSet<Variable>(_objects.Skip(made).SelectMany(static o => Leaves(o.Fields)));
        foreach (Variable variable in first.State.Variables.Union(second.State.Variables).Where(v => v.Order < declared || fresh.Contains(v)).OrderBy(
            static v => v.Order))
        {
            Value? a = first.State[variable], b = second.State[variable];
            if (a is not null && a == b)
            {
                before[variable] = a;
                continue;
            }

            // Only one arm gives it a value: the other cannot be followed by a read, but has to yield something.
            a ??= Unassigned(first.Builder, variable.Type ?? b!.Type);
            b ??= Unassigned(second.Builder, variable.Type ?? a!.Type);
            if (a is null || b is null)
            {
                before[variable] = null;
                continue;
            }

            RefuseMixture(variable, a, b, at);
            Value merged = Merge(variable.Name, a, b, variable.Type);
            MergeReferents(merged, first.State[variable], second.State[variable]);
            before[variable] = merged;
        }

        Operand? result = null;
        if (first.Result is not null || second.Result is not null)
        {
            // An arm without a result throws.
            result = MergeOperands(
                first.Result ?? Unassigned(first.Builder, second.Result!, at),
                    second.Result ?? Unassigned(second.Builder, first.Result!, at));
        }

        if (defines.Count > 0 || first.Builder.Body.Any(static i => !i.IsPure) || second.Builder.Body.Any(static i => !i.IsPure))
            _builder.Append(
                new If(defines.ToEquatable(), condition, first.Builder.ToRegion([], yields.First),
                second.Builder.ToRegion([], yields.Second)));
        return result;

        Value Merge(string name, Value a, Value b, IrType? declared = null)
        {
            IrType type = declared as BufferType ?? MergeTypes(a.Type, b.Type, name, at);
            (a, b) = (Retyped(first.Builder, a, type), Retyped(second.Builder, b, type));
            Value merged = _values.New(type, name);
            if (DimOf(a) is { } dim && dim == DimOf(b)) _dims[merged.Id] = dim;
            if (at is not null) _locations.AddValue(merged.Id, at.Syntax.GetLocation());
            defines.Add(merged);
            yields.First.Add(a);
            yields.Second.Add(b);
            return merged;
        }

        Operand MergeReferences(Value a, Value b)
        {
            Value merged = Merge("", a, b);
            MergeReferents(merged, a, b);
            return Referent(merged);
        }

        Operand MergeMemory(Operand a, Operand b)
        {
            IrType type = ((a as ValueOperand ?? (ValueOperand)b)).Value.Type;
            Value merged = Merge("", a is ValueOperand x ? x.Value : first.Builder.Zero(type), b is ValueOperand y ? y.Value : second.Builder.Zero(type));
            _missing[merged.Id] = Merge("", IsMissing(a, first.Builder), IsMissing(b, second.Builder));
            return new ValueOperand(merged);
        }

        Operand MergeOperands(Operand a, Operand b) => (a, b) switch
        {
            _ when IsNullableMemory(a, b) => MergeMemory(a, b),
            (ValueOperand x, ValueOperand y) => new ValueOperand(Merge("", x.Value, y.Value)),
            (AggregateOperand x, AggregateOperand y) when x.Fields.Length == y.Fields.Length
                => x with { Fields = x.Fields.Zip(y.Fields, MergeOperands).ToImmutableArray() },
            (ListOperand { Items.IsEmpty: true }, ListOperand { Items.IsEmpty: true }) => a,
            _ when IsReferent(a) && a is not ChosenOperand && a == b => a,
            _ when IsReferent(a) && IsReferent(b) => MergeReferences(ReferenceTo(a, first.Builder), ReferenceTo(b, second.Builder)),
            _ when IsReferent(a) || IsReferent(b) => throw UnsupportedExpression(at!, "A choice between an object or function of this method and another one", MakeBoth),
            _ => throw UnsupportedExpression(at!, "A choice between these", "choose between numbers, tuples or tensors of one shape"),
        };
    }

    private const string MakeBoth = "make both in this method, or choose between numbers and arrays";

    /// <summary>A name that refers to an object of this method on one side, and to one from outside on the other.</summary>
    private void RefuseMixture(Variable variable, Value a, Value b, IOperation? at)
    {
        if (variable.Referred is not null && a.Type != b.Type && at is not null && (_referents.ContainsKey(a.Id) || _referents.ContainsKey(b.Id)))
            throw UnsupportedExpression(at, $"Letting '{variable.Name}' refer to an object or function of this method, or to another one,", MakeBoth);
    }

    private Arm LowerArm(VariableState before, Func<Operand?> lower)
    {
        InstructionBuilder outer = _builder;
        _builder = outer.Nested();
        _state = before.Copy();
        try
        {
            Operand? result = lower();
            return new Arm(_builder, _state, result);
        }
        finally
        {
            _builder = outer;
        }
    }

    /// <summary>A value that is never read.</summary>
    private static Value? Unassigned(InstructionBuilder builder, IrType type)
        => type is ScalarType or TensorType or BufferType ? builder.Zero(type) : null;

    private Operand Unassigned(InstructionBuilder builder, Operand like, IOperation? at) => like switch
    {
        ValueOperand { Value: var value }
            => new ValueOperand(Unassigned(builder, value.Type) ?? throw UnsupportedExpression(at!, "This choice", "use if and else")),
        AggregateOperand aggregate
            => aggregate with { Fields = aggregate.Fields.Select(f => Unassigned(builder, f, at)).ToImmutableArray() },
        ListOperand { Items.IsEmpty: true } => like,
        _ when IsReferent(like) => new ChosenOperand(builder.Int(0), []),
        _ => throw UnsupportedExpression(at!, "This choice", "use if and else"),
    };

    /// <summary>One type for two states of a variable; refuses tensors of different shapes.</summary>
    private IrType MergeTypes(IrType a, IrType b, string name, IOperation? at)
    {
        if (a == b) return a;
        if (a is BufferType x && b is BufferType y && x with { Kind = y.Kind } == y)
            return x with
            {
                Kind = x.Kind == BufferKind.ReadOnlySpan || y.Kind == BufferKind.ReadOnlySpan ? BufferKind.ReadOnlySpan : BufferKind.Span,
            };
        if (AreEqual(a, b)) return a;
        throw Unsupported(
            FrontEndDescriptors.ShapeChanges, at?.Syntax.GetLocation() ?? method.Locations[0], name.Length == 0 ? "The expression" : name,
            $"{a} in one place and {b} in another; use one variable for each shape");
    }

    /// <summary>Whether two tensor types are of one shape under different names.</summary>
    private bool AreEqual(IrType a, IrType b)
        => a is TensorType x && b is TensorType y && x.Element == y.Element && Canonical(x.Shape) == Canonical(y.Shape);

    /// <summary>The same tensor under other names of its sizes; the same memory as another kind of span.</summary>
    private static Value Retyped(InstructionBuilder builder, Value value, IrType type)
    {
        if (value.Type == type) return value;
        if (type is TensorType) return builder.Named(value.Name, new Reshape(), type, value);
        if (type is not BufferType || value.Type is not BufferType) return value;
        Value length = builder.Values.New(IrType.Int32), view = builder.Values.New(type, value.Name);
        builder.Append(new BufferLength(length, value));
        builder.Append(new SliceBuffer(view, value, builder.Int(0), length));
        return view;
    }

    private sealed record Arm(InstructionBuilder Builder, VariableState State, Operand? Result);
}
