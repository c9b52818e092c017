using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Derivatives.Forward;

public sealed partial class ForwardTransform
{
    /// <summary>Memory is copied element for element: what happens to a buffer or a tape happens to that of its tangents, with tangents.</summary>
    private void ForwardMemory(Instruction instruction, InstructionBuilder builder)
    {
        switch (instruction)
        {
            case Load load:
                if (Tangent(load.Buffer) is { } loaded && _activity.IsActive(load.Result)) builder.Append(new Load(NewTangent(load.Result), loaded, load.Index));
                break;
            case Store store:
                if (Tangent(store.Buffer) is { } stored) builder.Append(new Store(stored, store.Index, TangentOrZero(store.Operand, builder)));
                break;
            case Accumulate accumulate:
                if (Tangent(accumulate.Buffer) is { } sums && Tangent(accumulate.Operand) is { } change)
                    builder.Append(new Accumulate(sums, accumulate.Index, change));
                break;
            case FillBuffer fill:
                if (Tangent(fill.Buffer) is { } filled) builder.Append(new FillBuffer(filled, TangentOrZero(fill.Operand, builder)));
                break;
            case CopyBuffer copy:
                ForwardCopy(copy, builder);
                break;
            case AllocateBuffer allocate:
                if (_activity.IsActive(allocate.Result)) builder.Append(new AllocateBuffer(NewTangent(allocate.Result), allocate.Length));
                break;
            case SliceBuffer slice:
                ForwardSlice(slice, builder);
                break;
            case NewTape tape:
                if (_activity.IsActive(tape.Result)) builder.Append(new NewTape(NewTangent(tape.Result)));
                break;
            case Push push:
                if (Tangent(push.Tape) is { } tangents) builder.Append(new Push(tangents, TangentOrZero(push.Operand, builder), push.Reason));
                break;
            case Pop pop:
                if (Tangent(pop.Tape) is { } saved) builder.Append(new Pop(NewTangent(pop.Result), saved));
                break;
            default:
                throw new NotSupportedException($"{instruction.GetType().Name} has no forward rule");
        }
    }

    /// <summary>A view of the tangents, of the kind that theirs allows: the tangents of an array that is only read are a read-only span.</summary>
    private void ForwardSlice(SliceBuffer slice, InstructionBuilder builder)
    {
        if (Tangent(slice.Buffer) is not { } whole) return;
        BufferKind kind = ((BufferType)slice.Result.Type).Kind;
        if (((BufferType)whole.Type).Kind == BufferKind.ReadOnlySpan) kind = BufferKind.ReadOnlySpan;
        else if (kind == BufferKind.Array && ((BufferType)whole.Type).Kind == BufferKind.Span) kind = BufferKind.Span;
        Value view = _tangents[slice.Result.Id] = _values.New(
            new BufferType(slice.Result.Element, kind), Functions.DerivedNames.Tangent(slice.Result.Name));
        builder.Append(new SliceBuffer(view, whole, slice.Start, slice.Length));
    }

    /// <summary>What is copied from memory without tangents has tangent zero; the rest of a longer destination keeps its tangents.</summary>
    private void ForwardCopy(CopyBuffer copy, InstructionBuilder builder)
    {
        if (Tangent(copy.Destination) is not { } destination) return;
        if (Tangent(copy.Source) is { } source)
        {
            builder.Append(new CopyBuffer(destination, source));
            return;
        }

        Value length = _values.New(IrType.Int32), start = builder.Int(0), part = _values.New(new BufferType(destination.Element, BufferKind.Span));
        builder.Append(new BufferLength(length, copy.Source));
        builder.Append(new SliceBuffer(part, destination, start, length));
        builder.Append(new FillBuffer(part, builder.Constant(new ScalarType(destination.Element), 0)));
    }
}
