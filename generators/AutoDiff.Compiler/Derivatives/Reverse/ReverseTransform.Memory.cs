using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Derivatives.Reverse;

public sealed partial class ReverseTransform
{
    /// <summary>Shadows of the parameters: gradient destinations of buffers that are read, scratch cotangents of buffers that are written.</summary>
    private List<Shadow> MakeShadows(DerivativeOptions options)
    {
        var shadows = new List<Shadow>();
        foreach (Parameter parameter in _primal.Parameters)
        {
            if (!parameter.IsDifferentiable || parameter.Value.Type is not BufferType type) continue;
            Value shadow = _values.New(type with { Kind = BufferKind.Span }, "d" + parameter.Name);
            _shadows[parameter.Value.Id] = shadow;
            ShadowKind kind = parameter.IsWritten ? ShadowKind.Cotangent : ShadowKind.Destination;
            bool readsEntry = EntryReads.AreInput(parameter, _primal);
            shadows.Add(new Shadow(parameter.Name, "d" + parameter.Name, parameter.Value, shadow, kind, readsEntry));
        }

        return shadows;
    }

    /// <summary>Local buffers, views and tapes that are defined in a region get their shadows at the start of its backward part, in the same order.</summary>
    private void ShadowLocals(Region region, InstructionBuilder prologue)
    {
        foreach (Instruction instruction in region.Body)
        {
            if (instruction is AllocateBuffer or SliceBuffer or NewTape && !_activity.IsActive(instruction.Results[0])) continue;
            prologue.Step = instruction.Step;
            switch (instruction)
            {
                case If or For or While:
                    foreach (Value result in instruction.Results) ShadowJoin(result, prologue);
                    break;
                case AllocateBuffer allocate when _origins.Starts.TryGetValue(allocate.Result.Id, out Value? start):
                    Value part = NewShadow(allocate.Result);
                    prologue.Append(new SliceBuffer(part, _arenas[part.ArenaType], start, allocate.Length));
                    break;
                case AllocateBuffer allocate:
                    Value local = NewShadow(allocate.Result);
                    prologue.Append(new AllocateBuffer(local, allocate.Length));
                    break;
                case SliceBuffer slice when _shadows.TryGetValue(slice.Buffer.Id, out Value? whole):
                    Value view = NewShadow(slice.Result);
                    prologue.Append(new SliceBuffer(view, whole, slice.Start, slice.Length));
                    break;
                case NewTape { Result: { Type: TapeType { Element: ScalarType } type } tape }:
                    Value adjoints = _shadows[tape.Id] = _values.New(type, tape.Name.Length == 0 ? "" : "d" + tape.Name);
                    prologue.Append(new NewTape(adjoints));
                    break;
            }
        }
    }

    /// <summary>The cotangent of a returned array is where its adjoint starts.</summary>
    private void SeedArrays(List<Cotangent> cotangents, InstructionBuilder builder)
    {
        foreach (Cotangent cotangent in cotangents.Where(static c => c.Value.Type is BufferType))
        {
            Value array = _primal.Body.Yields[cotangent.Output];
            if (!_activity.IsActive(array) || !_shadows.TryGetValue(array.Id, out Value? shadow)) continue;
            Each(builder, _origins.LengthOf(array, builder), (body, k) => body.Append(new Accumulate(shadow, k, body.Load(cotangent.Value, k))));
        }
    }

    private Value NewShadow(Value buffer)
    {
        Value shadow = _values.New((BufferType)buffer.Type with { Kind = BufferKind.Span }, buffer.Name.Length == 0 ? "" : "d" + buffer.Name);
        _shadows[buffer.Id] = shadow;
        return shadow;
    }

    /// <summary>v = a[i]: da[i] += dv.</summary>
    private void ReverseLoad(Load load, InstructionBuilder builder, AdjointMap adjoints)
    {
        if (adjoints[load.Result] is { } seed && _activity.IsActive(load.Buffer) && _shadows.TryGetValue(load.Buffer.Id, out Value? shadow))
            builder.Append(new Accumulate(shadow, load.Index, seed) { Path = load.Path });
    }

    /// <summary>a[i] = v: dv += da[i], da[i] = 0.</summary>
    private void ReverseStore(Store store, InstructionBuilder builder, AdjointMap adjoints)
    {
        if (!_activity.IsActive(store.Buffer) || !store.Operand.Type.IsDifferentiable || !_shadows.TryGetValue(store.Buffer.Id, out Value? shadow)) return;
        if (_activity.IsActive(store.Operand)) adjoints.Add(builder, store.Operand, builder.Load(shadow, store.Index, path: store.Path));
        builder.Append(new Store(shadow, store.Index, builder.Constant(store.Operand.Type, 0)) { Path = store.Path });
    }

    /// <summary>a[i] += v: dv += da[i].</summary>
    private void ReverseAccumulate(Accumulate accumulate, InstructionBuilder builder, AdjointMap adjoints)
    {
        if (_activity.IsActive(accumulate.Buffer) && _activity.IsActive(accumulate.Operand) && _shadows.TryGetValue(accumulate.Buffer.Id, out Value? shadow))
            adjoints.Add(builder, accumulate.Operand, builder.Load(shadow, accumulate.Index, path: accumulate.Path));
    }

    /// <summary>
    /// v saved on a tape: dv is taken from the tape of adjoints, which <see cref="ReversePop"/> has filled. Running backwards turns last in, first out into itself.
    /// </summary>
    private void ReversePush(Push push, InstructionBuilder builder, AdjointMap adjoints)
    {
        if (!_activity.IsActive(push.Tape) || !_shadows.TryGetValue(push.Tape.Id, out Value? tape)) return;
        Value adjoint = _values.New(push.Operand.Type);
        builder.Append(new Pop(adjoint, tape));
        if (_activity.IsActive(push.Operand)) adjoints.Add(builder, push.Operand, adjoint);
    }

    /// <summary>v taken from a tape: dv goes onto the tape of adjoints.</summary>
    private void ReversePop(Pop pop, InstructionBuilder builder, AdjointMap adjoints)
    {
        if (_activity.IsActive(pop.Tape) && _shadows.TryGetValue(pop.Tape.Id, out Value? tape))
            builder.Append(new Push(tape, adjoints.OrZero(builder, pop.Result), "the adjoint of a value that was saved"));
    }

    /// <summary>a[·] = v: dv += Σ da[·], da[·] = 0. Elements that are structs are filled with nothing but zeros.</summary>
    private void ReverseFill(FillBuffer fill, InstructionBuilder builder, AdjointMap adjoints)
    {
        if (!_activity.IsActive(fill.Buffer) || !_shadows.TryGetValue(fill.Buffer.Id, out Value? shadow)) return;
        if (_activity.IsActive(fill.Operand) && ((BufferType)shadow.Type).Struct is null)
        {
            Value sum = Sweep(builder, shadow, builder.Zero(fill.Operand.Type), static (body, buffer, i, total)
                => body.Scalar(ScalarOp.Add, total, body.Load(buffer, i)));
            adjoints.Add(builder, fill.Operand, sum);
        }

        builder.Append(new FillBuffer(shadow, builder.Constant(new ScalarType(shadow.Element), 0)));
    }

    /// <summary>a[·] = b[·]: db[·] += da[·], da[·] = 0. Where the two may overlap, all of da is taken (and cleared) before any of db is added to.</summary>
    private void ReverseCopy(CopyBuffer copy, InstructionBuilder builder)
    {
        if (!_activity.IsActive(copy.Destination) || !_shadows.TryGetValue(copy.Destination.Id, out Value? destination)) return;
        Value? source = _activity.IsActive(copy.Source) && _shadows.TryGetValue(copy.Source.Id, out Value? found) ? found : null;
        bool mayOverlap = source is not null && _buffers.Root(copy.Source) == _buffers.Root(copy.Destination);
        Value length = _origins.LengthOf(copy.Source, builder);
        Value? taken = null;
        if (mayOverlap)
        {
            taken = builder.Values.New(destination.Type, "moved");
            builder.Append(new AllocateBuffer(taken, length));
        }

        StructLeaf[] leaves = [.. ((BufferType)destination.Type).Leaves.Where(static l => l.IsDifferentiable)];
        Each(builder, length, (body, k) =>
        {
            foreach (StructLeaf leaf in leaves)
            {
                Value seed = body.Load(destination, k, path: leaf.Path);
                body.Append(new Store(destination, k, body.Constant(leaf.Type, 0)) { Path = leaf.Path });
                if (taken is not null) body.Append(new Store(taken, k, seed) { Path = leaf.Path });
                else if (source is not null) body.Append(new Accumulate(source, k, seed) { Path = leaf.Path });
            }
        });
        if (taken is null) return;
        Each(builder, length, (body, k) =>
        {
            foreach (StructLeaf leaf in leaves) body.Append(new Accumulate(source!, k, body.Load(taken, k, path: leaf.Path)) { Path = leaf.Path });
        });
    }

    /// <summary>A loop from 0 to a length.</summary>
    private static void Each(InstructionBuilder builder, Value length, Action<InstructionBuilder, Value> step)
    {
        Value zero = builder.Int(0), counter = builder.Values.New(IrType.Int32, "k");
        InstructionBuilder body = builder.Nested();
        step(body, counter);
        builder.Append(new For([], zero, length, 1, [], body.ToRegion([counter], [])));
    }

    /// <summary>A loop over a whole buffer that carries one value.</summary>
    private static Value Sweep(InstructionBuilder builder, Value buffer, Value initial, Func<InstructionBuilder, Value, Value, Value, Value> step)
    {
        Value length = builder.Values.New(IrType.Int32);
        builder.Append(new BufferLength(length, buffer));
        Value zero = builder.Int(0), counter = builder.Values.New(IrType.Int32, "k");
        Value state = builder.Values.New(initial.Type), result = builder.Values.New(initial.Type);
        InstructionBuilder body = builder.Nested();
        Value next = step(body, buffer, counter, state);
        builder.Append(new For([result], zero, length, 1, [initial], body.ToRegion([counter, state], [next])));
        return result;
    }
}
