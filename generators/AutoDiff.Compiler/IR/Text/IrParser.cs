using AutoDiff.Compiler.Derivatives;

namespace AutoDiff.Compiler.IR;

/// <summary>Reads what <see cref="IrPrinter"/> writes: the result is equal to what was printed.</summary>
public sealed partial class IrParser
{
    private readonly TextCursor _cursor;
    private readonly Dictionary<long, Value> _values = [];
    private readonly List<Callee> _callees = [];

    private IrParser(string text) => _cursor = new TextCursor(text);

    /// <exception cref="IrSyntaxException">The text is not that of a function.</exception>
    public static Function ParseFunction(string text) => new IrParser(text).ToEnd(static p => p.Function());

    /// <exception cref="IrSyntaxException">The text is not that of a region.</exception>
    public static Region ParseRegion(string text) => new IrParser(text).ToEnd(static p => p.OpenRegion());

    /// <exception cref="IrSyntaxException">The text is not that of a derivative.</exception>
    public static Derivative ParseDerivative(string text) => new IrParser(text).ToEnd(static p => p.Derivative());

    private T ToEnd<T>(Func<IrParser, T> parse)
    {
        T result = parse(this);
        return _cursor.IsAtEnd ? result : throw _cursor.Error("the end");
    }

    private Function Function()
    {
        _cursor.Expect("function");
        string name = _cursor.Word();
        _cursor.Expect("{");
        Callees();
        EquatableArray<SignaturePart> parts = Many("part", StructPart);
        EquatableArray<MemoryPart> memories = Many(
            "memory", () => new MemoryPart(_cursor.Word(), (MemoryForm)Enum.Parse(typeof(MemoryForm), _cursor.Word(), ignoreCase: true), _cursor.Quoted(), (int)_cursor.Integer()));
        EquatableArray<Parameter> parameters = Many("parameter", Parameter);
        EquatableArray<Output> outputs = Many("output", Output);
        EquatableArray<DimBinding> dimensions = Many("dim", Dimension);
        EquatableArray<DimConstraint> constraints = Many("constraint", Constraint);
        EquatableArray<string> steps = Many("step", () =>
        {
            _cursor.Integer();
            return _cursor.Quoted();
        });
        _cursor.Expect("body");
        EquatableArray<Value> bodyParameters = _cursor.Peek() == '(' ? Definitions() : parameters.Select(static p => p.Value).ToEquatable();
        Region body = Block(bodyParameters);
        _cursor.Expect("}");
        return new Function(name, parameters, outputs, body, dimensions, constraints, steps) { Parts = parts, Memories = memories };
    }

    private Region OpenRegion()
    {
        Callees();
        while (_cursor.Accept("sees")) Definition();
        _cursor.Expect("region");
        return Block(_cursor.Peek() == '(' ? Definitions() : []);
    }

    private Derivative Derivative()
    {
        _cursor.Expect("derivative");
        _cursor.Expect("{");
        Function primal = Function();
        _callees.Clear();
        Callees();
        EquatableArray<Cotangent> cotangents = Many("cotangent", () =>
        {
            string name = _cursor.Word();
            _cursor.Expect("=");
            Value value = Definition();
            _cursor.Expect("of");
            return new Cotangent(name, value, (int)_cursor.Integer());
        });
        _cursor.Expect("forward");
        Region forward = Block(_cursor.Peek() == '(' ? Definitions() : []);
        EquatableArray<Shadow> shadows = Many("shadow", Shadow);
        _cursor.Expect("backward");
        Region backward = Block(_cursor.Peek() == '(' ? Definitions() : []);
        EquatableArray<Gradient> gradients = Many("gradient", () =>
        {
            string parameter = _cursor.Word(), name = _cursor.Word();
            _cursor.Expect(":");
            IrType type = TypeParser.Type(_cursor);
            _cursor.Expect("=");
            return new Gradient(parameter, name, type, _cursor.Accept("zero") ? null : Use());
        });
        _cursor.Expect("residuals");
        EquatableArray<Value> residuals = Uses();
        _cursor.Expect("}");
        return new Derivative(primal, cotangents, shadows, forward, backward, gradients, residuals);
    }

    private Shadow Shadow()
    {
        string parameter = _cursor.Word(), name = _cursor.Word();
        _cursor.Expect("=");
        Value value = Definition();
        _cursor.Expect("of");
        Value primal = Use();
        ShadowKind kind = _cursor.Accept("destination") ? ShadowKind.Destination : ShadowKind.Cotangent;
        if (kind == ShadowKind.Cotangent) _cursor.Expect("cotangent");
        return new Shadow(parameter, name, primal, value, kind, _cursor.Accept("readsEntry"));
    }

    private void Callees()
    {
        while (_cursor.Accept("callee"))
        {
            _cursor.Expect("@");
            _cursor.Integer();
            string type = _cursor.Quoted(), method = _cursor.Word();
            bool isInstance = _cursor.Accept("instance"), isDifferentiable = _cursor.Accept("differentiable");
            bool hasEffects = _cursor.Accept("effects"), usesPair = _cursor.Accept("pair"), changesState = _cursor.Accept("state"), takesElements = _cursor.Accept("elements");
            CalleeRule? rule = _cursor.Accept("rule") ? Rule() : null;
            string typeArguments = _cursor.Accept("of") ? _cursor.Quoted() : "";
            Callee? tangent = null;
            if (_cursor.Accept("tangent"))
            {
                _cursor.Expect("@");
                tangent = _callees[(int)_cursor.Integer()];
            }

            EquatableArray<string> dims = _cursor.Accept("dims") ? DimNames() : [];
            _cursor.Expect("->");
            IrType? result = _cursor.Accept("void") ? null : TypeParser.Type(_cursor);
            _cursor.Expect("{");
            EquatableArray<SignaturePart> parts = Many("part", StructPart);
            EquatableArray<CalleeParameter> parameters = Many("parameter", CalleeParameter);
            _cursor.Expect("}");
            _callees.Add(new Callee(type, method, isInstance, parameters, result, isDifferentiable, hasEffects, usesPair, dims) { ChangesState = changesState, TakesElements = takesElements, Rule = rule, TypeArguments = typeArguments, Parts = parts, Tangent = tangent });
        }
    }

    private SignaturePart StructPart()
    {
        string name = _cursor.Word();
        _cursor.Expect(":");
        return new SignaturePart(name, TypeParser.Type(_cursor) as StructType ?? throw _cursor.Error("a struct"));
    }

    private CalleeRule Rule()
    {
        string record = _cursor.Quoted(), pullback = _cursor.Quoted(), residual = _cursor.Quoted();
        bool isStatic = _cursor.Accept("static");
        return new CalleeRule(record, pullback, isStatic, _cursor.Accept("accumulates"), residual);
    }

    private EquatableArray<string> DimNames()
    {
        var names = new List<string>();
        _cursor.Expect("(");
        while (!_cursor.Accept(")"))
        {
            if (names.Count > 0) _cursor.Expect(",");
            names.Add(_cursor.Run(",)"));
        }

        return names.ToEquatable();
    }

    private CalleeParameter CalleeParameter()
    {
        string name = _cursor.Word();
        _cursor.Expect(":");
        IrType type = TypeParser.Type(_cursor);
        PassingKind passing = Passing();
        bool isDifferentiable = _cursor.Accept("differentiable"), isWritten = _cursor.Accept("written");
        bool isNeeded = !_cursor.Accept("ignored");
        return new CalleeParameter(name, type, passing, isDifferentiable, isWritten, _cursor.Quoted()) { IsNeeded = isNeeded };
    }

    private Parameter Parameter()
    {
        string name = _cursor.Word();
        _cursor.Expect("=");
        Value value = Definition();
        PassingKind passing = Passing();
        bool isDifferentiable = _cursor.Accept("differentiable"), isWritten = _cursor.Accept("written"), holdsInput = _cursor.Accept("input");
        string type = _cursor.Quoted();
        return new Parameter(value, name, passing, type, isDifferentiable, _cursor.Accept("shape") ? _cursor.Quoted() : null, isWritten) { HoldsInput = holdsInput };
    }

    private Output Output()
    {
        OutputKind kind = _cursor.Word() switch
        {
            "return" => OutputKind.Return,
            "parameter" => OutputKind.Parameter,
            "gradient" => OutputKind.Gradient,
            "tangent" => OutputKind.Tangent,
            _ => throw _cursor.Error("a kind of output"),
        };
        string name = _cursor.Word();
        _cursor.Expect(":");
        return new Output(kind, name, TypeParser.Type(_cursor));
    }

    private DimBinding Dimension()
    {
        string symbol = _cursor.Run(" ");
        string? expression = _cursor.Accept("=") ? _cursor.Quoted() : null;
        string? parameter = _cursor.Accept("of") ? _cursor.Word() : null;
        _cursor.Expect("axis");
        return new DimBinding(symbol, expression, parameter, _cursor.Accept("rest") ? int.MinValue : (int)_cursor.Integer());
    }

    private DimConstraint Constraint()
    {
        Dim left = TypeParser.Dim(_cursor);
        _cursor.Expect("==");
        Dim right = TypeParser.Dim(_cursor);
        return new DimConstraint(left, right, _cursor.Quoted());
    }

    private PassingKind Passing() => _cursor.Word() switch
    {
        "value" => PassingKind.ByValue,
        "in" => PassingKind.In,
        "ref" => PassingKind.Ref,
        "out" => PassingKind.Out,
        _ => throw _cursor.Error("value, in, ref or out"),
    };

    private EquatableArray<T> Many<T>(string keyword, Func<T> parse)
    {
        var items = new List<T>();
        while (_cursor.Accept(keyword)) items.Add(parse());
        return items.ToEquatable();
    }

    private Value Definition()
    {
        _cursor.Expect("%");
        long id = _cursor.Integer();
        string name = _cursor.Peek() == ':' ? "" : _cursor.Word();
        _cursor.Expect(":");
        return _values[id] = new Value((int)id, TypeParser.Type(_cursor), name);
    }

    private EquatableArray<Value> Definitions() => List(Definition);

    private Value Use()
    {
        _cursor.Expect("%");
        long id = _cursor.Integer();
        return _values.TryGetValue(id, out Value? value) ? value : throw _cursor.Error($"a definition of %{id}");
    }

    private EquatableArray<Value> Uses() => List(Use);

    private EquatableArray<T> List<T>(Func<T> parse)
    {
        var items = new List<T>();
        _cursor.Expect("(");
        while (!_cursor.Accept(")"))
        {
            if (items.Count > 0) _cursor.Expect(",");
            items.Add(parse());
        }

        return items.ToEquatable();
    }
}
