namespace AutoDiff.Compiler.IR;

/// <summary>Hands out value ids for one function.</summary>
public sealed class ValueFactory(int next = 0)
{
    public int Next { get; private set; } = next;

    public Value New(IrType type, string name = "") => new(Next++, type, name);
}

/// <summary>
/// Appends instructions to a region under construction and infers the types of their results. One builder for each region; builders of one function share
/// its <see cref="ValueFactory"/>.
/// </summary>
public sealed class InstructionBuilder(ValueFactory values)
{
    private readonly List<Instruction> _body = [];

    public ValueFactory Values { get; } = values;

    /// <summary>The step that appended instructions belong to.</summary>
    public int Step { get; set; }

    public IReadOnlyList<Instruction> Body => _body;

    /// <summary>A builder for a nested region, on the same step.</summary>
    public InstructionBuilder Nested() => new(Values) { Step = Step };

    public Region ToRegion(IEnumerable<Value> parameters, IEnumerable<Value> yields)
        => new(parameters.ToEquatable(), _body.ToEquatable(), yields.ToEquatable());

    public void Append(Instruction instruction) => _body.Add(instruction.Step == 0 ? instruction with { Step = Step } : instruction);

    /// <summary>Gives a name to an unnamed value that the last instruction has just defined; other values are left as they are.</summary>
    public Value Name(Value value, string name)
    {
        if (value.Name.Length > 0 || _body.Count == 0 || _body[_body.Count - 1].Results is not { Length: 1 } results || results[0].Id != value.Id) return value;
        Value named = value with { Name = name };
        _body[_body.Count - 1] = _body[_body.Count - 1].Rewrite(static v => v, v => v.Id == value.Id ? named : v);
        return named;
    }

    /// <summary>A constant of a scalar type; a floating value is rounded to the type where the code is emitted.</summary>
    public Value Constant(IrType type, double value, string name = "")
    {
        Value result = Values.New(type, name);
        bool floating = result.Element.IsFloating();
        Append(new Constant(result, floating ? BitConverter.DoubleToInt64Bits(value) : (long)value));
        return result;
    }

    public Value Int(long value) => Constant(IrType.Int32, value);

    public Value Bool(bool value) => Constant(IrType.Bool, value ? 1 : 0);

    /// <summary>The zero of a scalar or tensor type; a buffer without elements.</summary>
    public Value Zero(IrType type)
    {
        if (type is BufferType)
        {
            Value empty = Values.New(type);
            Append(new AllocateBuffer(empty, Int(0)));
            return empty;
        }

        if (type is not TensorType tensor) return Constant(type, 0);
        return Apply(new BroadcastTo(), type, Constant(new ScalarType(tensor.Element), 0));
    }

    /// <summary>Applies an operation whose result type follows from its operands.</summary>
    public Value Apply(Operation operation, params Value[] inputs)
        => Apply(operation, TypeInference.Infer(operation, inputs), inputs);

    /// <summary>Applies an operation whose result type is part of its meaning (reshape, broadcast, slice, pad, scatterAdd, convert, member …).</summary>
    public Value Apply(Operation operation, IrType type, params Value[] inputs) => Named("", operation, type, inputs);

    public Value Named(string name, Operation operation, IrType type, params Value[] inputs)
    {
        Value result = Values.New(type, name);
        Append(new Apply(result, operation, new(inputs)));
        return result;
    }

    public Value Scalar(ScalarOp op, params Value[] inputs) => Apply(new Elementwise(op), inputs);

    /// <summary>To another element kind; the value itself where it has that kind already.</summary>
    public Value Convert(Value value, ElementKind kind)
    {
        if (value.Element == kind) return value;
        IrType type = value.Type is TensorType tensor ? tensor with { Element = kind } : new ScalarType(kind);
        return Apply(new Elementwise(ScalarOp.Convert), type, value);
    }

    public Value Load(Value buffer, Value index, string name = "", string path = "")
    {
        Value result = Values.New(((BufferType)buffer.Type).LeafType(path)!, name);
        Append(new Load(result, buffer, index) { Path = path });
        return result;
    }
}
