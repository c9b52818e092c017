namespace AutoDiff.Compiler.IR;

public sealed partial class IrParser
{
    private Region Block(EquatableArray<Value> parameters)
    {
        _cursor.Expect("{");
        Region region = Contents(parameters);
        _cursor.Expect("}");
        return region;
    }

    private Region Contents(EquatableArray<Value> parameters)
    {
        var body = new List<Instruction>();
        while (!_cursor.Accept("yield")) body.Add(Instruction());
        return new Region(parameters, body.ToEquatable(), _cursor.Peek() == '%' ? Values() : []);
    }

    private Instruction Instruction()
    {
        var results = new List<Value>();
        if (_cursor.Peek() == '%')
        {
            do results.Add(Definition());
            while (_cursor.Accept(","));
            _cursor.Expect("=");
        }

        EquatableArray<Value> defines = results.ToEquatable();
        if (_cursor.Accept("if")) return Branch(defines);
        if (_cursor.Accept("for")) return Counted(defines);
        if (_cursor.Accept("while")) return Repeated(defines);
        if (_cursor.Accept("rows")) return Rows(defines);
        if (_cursor.Accept("product")) return Product(defines);
        if (_cursor.Accept("blocks")) return Blocks(defines);
        Instruction instruction = Simple(defines);
        return instruction with { Step = _cursor.Step() };
    }

    private If Branch(EquatableArray<Value> defines)
    {
        Value condition = Use();
        int pair = Pair(), step = _cursor.Step();
        _cursor.Expect("{");
        Region then = Contents([]);
        _cursor.Expect("}");
        _cursor.Expect("else");
        return new If(defines, condition, then, Block([])) { Pair = pair, Step = step };
    }

    private For Counted(EquatableArray<Value> defines)
    {
        Value counter = Definition();
        _cursor.Expect("=");
        Value start = Use();
        _cursor.Expect("to");
        Value end = Use();
        _cursor.Expect("step");
        long stride = _cursor.Integer();
        bool hasCondition = _cursor.Accept("conditional"), isReversed = _cursor.Accept("reversed"), inLanes = _cursor.Accept("lanes");
        string serial = _cursor.Accept("serial") ? _cursor.Quoted() : "";
        int pair = Pair();
        (EquatableArray<Value> states, EquatableArray<Value> initial) = Carried();
        int step = _cursor.Step();
        Region body = Block([counter, .. states]);
        return new For(defines, start, end, stride, initial, body, hasCondition) { Pair = pair, IsReversed = isReversed, InLanes = inLanes, Serial = serial, Step = step };
    }

    private While Repeated(EquatableArray<Value> defines)
    {
        int pair = Pair();
        (EquatableArray<Value> states, EquatableArray<Value> initial) = Carried();
        int step = _cursor.Step();
        return new While(defines, initial, Block(states)) { Pair = pair, Step = step };
    }

    private int Pair() => _cursor.Accept("pair") ? (int)_cursor.Integer() : 0;

    private (EquatableArray<Value> States, EquatableArray<Value> Initial) Carried()
    {
        if (!_cursor.Accept("carry")) return ([], []);
        EquatableArray<(Value State, Value Initial)> carried = List(() =>
        {
            Value state = Definition();
            _cursor.Expect("=");
            return (state, Use());
        });
        return (carried.Select(static c => c.State).ToEquatable(), carried.Select(static c => c.Initial).ToEquatable());
    }

    private string Path() => _cursor.Accept("at") ? _cursor.Quoted() : "";

    private Instruction Simple(EquatableArray<Value> defines)
    {
        if (_cursor.Accept("const")) return new Constant(One(defines), Bits(One(defines).Type));
        if (_cursor.Accept("load"))
        {
            (Value buffer, EquatableArray<Value> index) = Indexed();
            return new Load(One(defines), buffer, One(index)) { Path = Path() };
        }

        if (_cursor.Accept("store"))
        {
            (Value buffer, EquatableArray<Value> index) = Indexed();
            string path = Path();
            return new Store(buffer, One(index), After("=")) { Path = path };
        }

        if (_cursor.Accept("accumulate"))
        {
            (Value buffer, EquatableArray<Value> index) = Indexed();
            string path = Path();
            return new Accumulate(buffer, One(index), After("+=")) { Path = path };
        }

        bool isRow = _cursor.Accept("row");
        if (isRow || _cursor.Accept("view"))
        {
            (Value buffer, EquatableArray<Value> range) = Indexed();
            return range.Length == 2 ? new SliceBuffer(One(defines), buffer, range[0], range[1]) { IsRow = isRow }
                : throw _cursor.Error("a start and a length");
        }

        if (_cursor.Accept("allocate"))
        {
            bool isOnStack = _cursor.Accept("stack"), isEarly = _cursor.Accept("early");
            return new AllocateBuffer(One(defines), Use()) { IsEarly = isEarly, IsOnStack = isOnStack };
        }

        if (_cursor.Accept("length")) return new BufferLength(One(defines), Use());
        if (defines.IsEmpty && _cursor.Accept("copy")) return new CopyBuffer(Use(), After("="));
        if (_cursor.Accept("fill")) return new FillBuffer(Use(), After("="));
        if (_cursor.Accept("accumulateParameter")) return new AccumulateParameter(Use(), _cursor.Word(), After("+="));
        if (_cursor.Accept("throw")) return Throw();
        if (_cursor.Accept("newTape")) return new NewTape(One(defines));
        if (_cursor.Accept("push")) return new Push(Use(), After(","), _cursor.Quoted());
        if (_cursor.Accept("pop")) return new Pop(One(defines), Use());
        if (_cursor.Accept("reserve")) return new ReserveTape(One(defines), Use(), After(","), After("to"));
        if (_cursor.Accept("release")) return new ReleaseTape(One(defines), Use(), After(","), After("to"));
        if (_cursor.Accept("call"))
        {
            bool isRecording = _cursor.Accept("recording");
            return new Call(defines, Target(), Uses(), Dims(), isRecording);
        }

        if (_cursor.Accept("pullback"))
        {
            Callee callee = Target();
            EquatableArray<Value> arguments = Uses();
            EquatableArray<Dim> dims = Dims();
            _cursor.Expect("cotangents");
            EquatableArray<Value> cotangents = Uses();
            _cursor.Expect("shadows");
            return new CallPullback(defines, callee, arguments, dims, cotangents, Uses());
        }

        bool isKernel = _cursor.Accept("scalar");
        Operation operation = OperationParser.Operation(_cursor);
        EquatableArray<Value> inputs = _cursor.IsAtLineEnd ? [] : Values();
        return isKernel ? new ScalarKernel(One(defines), operation, inputs) : new Apply(One(defines), operation, inputs);
    }

    private RowKernel Rows(EquatableArray<Value> defines)
    {
        Shape space = TypeParser.Shape(_cursor);
        (EquatableArray<Value> inputs, EquatableArray<Apply> body, int step) = KernelBody();
        return new RowKernel(defines, space, body, inputs) { Step = step };
    }

    private ProductKernel Product(EquatableArray<Value> defines)
    {
        (EquatableArray<Value> inputs, EquatableArray<Apply> body, int step) = KernelBody();
        return body.IsEmpty ? throw _cursor.Error("a product")
            : new ProductKernel(defines, body[0], body.Skip(1).ToEquatable(), inputs) { Step = step };
    }

    private BlockLoop Blocks(EquatableArray<Value> defines)
    {
        int id = (int)_cursor.Integer();
        Shape batch = TypeParser.Shape(_cursor);
        _cursor.Expect("rows");
        Dim rows = TypeParser.Dim(_cursor);
        _cursor.Expect("columns");
        Dim columns = TypeParser.Dim(_cursor);
        bool isCausal = _cursor.Accept("causal");
        _cursor.Expect("reads");
        EquatableArray<Tile> reads = List(() =>
        {
            Value inner = Definition();
            _cursor.Expect("=");
            return Tiled(Use(), inner);
        });
        _cursor.Expect("scalars");
        EquatableArray<Value> scalars = Uses();
        _cursor.Expect("writes");
        EquatableArray<Tile> writes = List(() => Tiled(null!, null!));
        _cursor.Expect("memos");
        EquatableArray<(int Key, string Inner)> memos = List(() => ((int)_cursor.Integer(), _cursor.Run(",)")));
        int step = _cursor.Step();
        Region again = Block([]);
        _cursor.Expect("then");
        Region body = Block(reads.Select(static tile => tile.Inner).ToEquatable());
        Value[] made = [.. again.Body.Concat(body.Body).SelectMany(static instruction => instruction.Results)];
        EquatableArray<Memo> known = memos.Select(memo => new Memo(memo.Key, made.First(value => value.ToString() == memo.Inner))).ToEquatable();
        return new BlockLoop(id, batch, rows, columns, isCausal, reads, scalars, known, again, body,
            writes.Select((tile, k) => tile with { Outer = defines[k], Inner = body.Yields[k] }).ToEquatable()) { Step = step };
    }

    private Tile Tiled(Value outer, Value inner)
    {
        Tiling rows = Part(), columns = Part();
        return new Tile(outer, inner, rows, columns, _cursor.Accept("accumulates"));
    }

    private Tiling Part() => _cursor.Word() switch
    {
        "rows" => Tiling.Rows,
        "reach" => Tiling.Reach,
        "whole" => Tiling.Whole,
        _ => throw _cursor.Error("a part of an axis"),
    };

    private (EquatableArray<Value> Inputs, EquatableArray<Apply> Body, int Step) KernelBody()
    {
        _cursor.Expect("reads");
        EquatableArray<Value> inputs = Uses();
        int step = _cursor.Step();
        _cursor.Expect("{");
        var body = new List<Apply>();
        while (!_cursor.Accept("}")) body.Add(Instruction() as Apply ?? throw _cursor.Error("an operation"));
        return (inputs, body.ToEquatable(), step);
    }

    private Throw Throw()
    {
        var text = new List<string> { _cursor.Quoted() };
        var inputs = new List<Value>();
        while (!_cursor.IsAtLineEnd)
        {
            inputs.Add(Use());
            text.Add(_cursor.Quoted());
        }

        return new Throw(text.ToEquatable(), inputs.ToEquatable());
    }

    private long Bits(IrType type)
    {
        if (_cursor.Accept("true")) return 1;
        if (_cursor.Accept("false")) return 0;
        if (_cursor.Accept("bits"))
            return unchecked((long)ulong.Parse(_cursor.Run("")
                .Substring(2), System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture));
        if (type is not ScalarType { Kind: var kind } || !kind.IsFloating()) return _cursor.Integer();
        return IrText.TryParseFloating(_cursor.Run(";"), out long bits) ? bits : throw _cursor.Error("a number");
    }

    private (Value Buffer, EquatableArray<Value> Indices) Indexed()
    {
        Value buffer = Use();
        _cursor.Expect("[");
        EquatableArray<Value> indices = Values();
        _cursor.Expect("]");
        return (buffer, indices);
    }

    private Value After(string token)
    {
        _cursor.Expect(token);
        return Use();
    }

    private EquatableArray<Value> Values()
    {
        var values = new List<Value>();
        do values.Add(Use());
        while (_cursor.Accept(","));
        return values.ToEquatable();
    }

    private Callee Target()
    {
        _cursor.Expect("@");
        long index = _cursor.Integer();
        _cursor.Expect(":");
        _cursor.Word();
        return index < _callees.Count ? _callees[(int)index] : throw _cursor.Error("a callee");
    }

    private EquatableArray<Dim> Dims() => _cursor.Accept("dims") ? List(() => TypeParser.Dim(_cursor)) : [];

    private Value One(EquatableArray<Value> values) => values.Length == 1 ? values[0] : throw _cursor.Error("one value");
}
