using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Scheduling;

namespace AutoDiff.Compiler.Emit;

/// <summary>Writes what is done to a block of a matrix product while it is in registers: an <c>IEpilogue</c>.</summary>
internal sealed class EpilogueEmitter
{
    private const string Memory = "global::System.Runtime.CompilerServices.Unsafe";
    private const string Interop = "global::System.Runtime.InteropServices.MemoryMarshal";
    private const int MaxInline = 6;

    private readonly ProductKernel _kernel;
    private readonly Value _main;
    private readonly IKernelHost _host;
    private readonly string _element;
    private readonly Shape _space;
    private readonly UniqueNames _names = new("product", "batch", "row", "column", "columns", "lanes", "V", "Apply", "Prefetch");
    private readonly KernelFields _fields;
    private readonly Dictionary<int, Address> _addresses = [];
    private readonly Dictionary<int, (Expression Text, int Operations)> _lanes = [];
    private readonly Dictionary<string, string> _offsets = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> _dropouts = [];
    private readonly RowSpace _batchSpace;
    private readonly RowSpace _rowSpace;
    private readonly int _firstRow;
    private SourceWriter _body = new();
    private readonly SourceWriter _prefetch = new();
    private readonly List<string> _batchAxes = [];
    private readonly List<string> _rowAxes = [];

    public EpilogueEmitter(ProductKernel kernel, Value main, ProductBatches batches, IKernelHost host)
    {
        (_kernel, _main, _host) = (kernel, main, host);
        _element = kernel.Product.Result.Element.CSharp();
        _space = Fusible.Full(kernel.Product.Result);
        _fields = new KernelFields(host, _names);
        HashSet<int> inside = [kernel.Product.Result.Id, .. kernel.Epilogue.Select(static a => a.Result.Id)];
        foreach (Value value in kernel.Epilogue.SelectMany(static a => a.Inputs).Where(v => v.Type is TensorType && !inside.Contains(v.Id)).Concat(kernel.Defines))
            _addresses[value.Id] = Address.Of(host.PlaceOf(value), Fusible.Full(value), _space);
        _firstRow = batches.FirstRowAxis;
        bool needsLast = kernel.Epilogue.Any(static a => a.Operation is CausalFill);
        _batchSpace = Part(0, _firstRow, false);
        _rowSpace = Part(_firstRow, _space.Rank - 1, needsLast);
        Write();
        WritePrefetch();
    }

    public IReadOnlyList<(string Type, string Name, string Initial)> Fields => _fields.All;

    public void WriteStruct(SourceWriter writer, string name)
    {
        using (writer.Block($"private ref struct {name} : global::AutoDiff.Kernels.IEpilogue<{_element}>"))
        {
            foreach ((string type, string field, _) in _fields.All) writer.WriteLine($"public {type} {field};");
            writer.BlankLine();
            writer.WriteLine("/// <inheritdoc/>");
            writer.WriteLine("[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]");
            using (writer.Block($"public V Apply<V>(V product, nint batch, nint row, nint column, int lanes) where V : struct, global::AutoDiff.Simd.IVector<V, {_element}>"))
                writer.Write(_body.ToString());
            writer.BlankLine();
            writer.WriteLine("/// <inheritdoc/>");
            writer.WriteLine("[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]");
            using (writer.Block("public void Prefetch(nint batch, nint row, nint column, nint columns)"))
                writer.Write(_prefetch.ToString());
        }
    }

    // The axes from start to end, with the columns behind them.
    private RowSpace Part(int start, int end, bool needsLast)
    {
        var space = new Shape([.. _space.Dims.Skip(start).Take(end - start), _space[-1]]);
        return new RowSpace(space, [.. _addresses.Values.Select(a => Cut(a, start, end))], needsRows: true, needsLast);
    }

    private static Address Cut(Address address, int start, int end)
        => address with { Offset = Dim.Zero, Outer = address.Outer.Skip(start).Take(end - start).ToEquatable() };

    private void WriteIndices()
    {
        foreach (string line in _batchSpace.Indices("(int)batch", k => Axis(_batchAxes, "b", k), _fields.Dim)) _body.WriteLine(line);
        foreach (string line in _rowSpace.Indices("(int)row", k => Axis(_rowAxes, "i", k), _fields.Dim)) _body.WriteLine(line);
    }

    // What is as large as the product lies far away: it is asked for while the block of the product is still being computed.
    private void WritePrefetch()
    {
        SourceWriter apply = _body;
        _body = _prefetch;
        _offsets.Clear();
        Address[] far = [.. _kernel.Epilogue.SelectMany(static a => a.Inputs).Concat(_kernel.Defines.Where(v => v.Id != _main.Id))
            .Where(v => v.Element.IsFloating() && _addresses.ContainsKey(v.Id)).Select(v => _addresses[v.Id]).Distinct().Where(a => a.Column.IsOne && a.Outer.Skip(_firstRow).Any(static stride => stride != Dim.Zero))];
        if (far.Length > 0) WriteIndices();
        foreach (Address address in far)
        {
            string at = Index(address);
            _body.WriteLine($"{VectorText.Helpers}.Prefetch(ref {Reference(address.Root, false)}, {at}, columns);");
        }

        _body = apply;
    }

    private void Write()
    {
        WriteIndices();
        Dictionary<int, int> uses = [];
        foreach (Apply apply in _kernel.Epilogue)
            foreach (Value input in apply.Inputs)
            {
                Uses.Add(input, uses);
                if (apply.Operation is Elementwise { Op: ScalarOp.Square or ScalarOp.IsNaN }) Uses.Add(input, uses);
            }

        _lanes[_kernel.Product.Result.Id] = (Expression.Atom("product"), 0);
        Store(_kernel.Product.Result);
        foreach (Apply apply in _kernel.Epilogue)
        {
            Value value = apply.Result;
            foreach (Value input in apply.Inputs.Where(v => v.Type is TensorType && !_lanes.ContainsKey(v.Id)))
            {
                bool single = uses[input.Id] == 1;
                _lanes[input.Id] = (Expression.Atom(single ? Load(_addresses[input.Id], input.Element) : Declared(input, Load(_addresses[input.Id], input.Element))), 0);
            }

            if (_lanes.ContainsKey(value.Id) || DeclarePair(apply))
            {
                Store(value);
                continue;
            }

            int operations = 1 + apply.Inputs.Sum(input => _lanes.TryGetValue(input.Id, out (Expression Text, int Operations) lane) ? lane.Operations : 0);
            Expression text = Text(apply);
            bool isStored = _kernel.Defines.Contains(value) && value.Id != _main.Id;
            uses.TryGetValue(value.Id, out int count);
            if (isStored || count > 1 || (count == 1 && value.Name.Length > 0) || operations > MaxInline) (text, operations) = (Expression.Atom(Declared(value, text.Text)), 0);
            _lanes[value.Id] = (text, operations);
            Store(value);
        }

        Address address = _addresses[_main.Id];
        string result = _lanes[_main.Id].Text.Text;
        if (_host.Accumulates(address.Root)) result = $"{Load(address, _main.Element)} + {_lanes[_main.Id].Text.Within(Precedence.Multiplicative)}";
        _body.WriteLine($"return {result};");
    }

    private bool DeclarePair(Apply apply)
    {
        if (PairedFunctions.Of(apply, _kernel.Epilogue) is not var (value, slope)) return false;
        string name = _names.Reserve(_host.NameOf(value.Result)), second = _names.Reserve(_host.NameOf(slope.Result));
        _body.WriteLine(PairedFunctions.Declaration(name, second, Lane(apply.Inputs[0]).Text, _element, inlined: null));
        _lanes[value.Result.Id] = (Expression.Atom(name), 0);
        _lanes[slope.Result.Id] = (Expression.Atom(second), 0);
        return true;
    }

    private string Declared(Value value, string text)
    {
        string name = _names.Reserve(_host.NameOf(value));
        _body.WriteLine($"V {name} = {text};");
        return name;
    }

    private void Store(Value value)
    {
        if (!_kernel.Defines.Contains(value) || value.Id == _main.Id) return;
        Address address = _addresses[value.Id];
        string text = _lanes[value.Id].Text.Text, at = Index(address), reference = Reference(address.Root, true), stride = _fields.Dim(address.Column);
        if (value.Element == ElementKind.Bool)
        {
            _body.WriteLine($"{VectorText.Helpers}.StoreMask<V, {_element}>({text}, ref {reference}, {at}, {stride}, lanes);");
            return;
        }

        if (_host.Accumulates(address.Root)) text = $"{Load(address, value.Element)} + {text}";
        string step = address.Column.IsOne ? "" : $"{stride}, ";
        _body.WriteLine($"{VectorText.Helpers}.Store<V, {_element}>({text}, ref {reference}, {at}, {step}lanes);");
    }

    private Expression Text(Apply apply)
    {
        switch (apply.Operation)
        {
            case Elementwise { Op: ScalarOp.Select } when apply.Inputs[0].Type is ScalarType:
                return new Expression($"{_fields.Scalar(apply.Inputs[0])} ? {Lane(apply.Inputs[1]).Within(Precedence.OrElse)} : {Lane(apply.Inputs[2]).Within(Precedence.Conditional)}",
                    Precedence.Conditional);
            case Elementwise { Op: var op }:
                return VectorText.Of(op, apply.Result.Element, apply.Inputs[op == ScalarOp.Select ? 1 : 0].Element, _element, [.. apply.Inputs.Select(Lane)], inlined: null);
            case CausalFill fill:
                string position = _rowSpace.HasOneAxis ? "row" : Axis(_rowAxes, "i", _rowSpace.LastAxis);
                string start = fill.Start == Dim.Zero ? "" : _fields.Dim(fill.Start) + " + ";
                return Expression.Atom($"{VectorText.Helpers}.Causal<V, {_element}>({Lane(apply.Inputs[0])}, {VectorText.Constant(fill.Fill)}, {start}(int){position}, column)");
            case DropoutMask:
                if (!_dropouts.TryGetValue(apply.Result.Id, out string? field))
                {
                    string type = $"global::AutoDiff.Generated.DropoutLanes<{_element}>";
                    string initial = $"new {type}({_host.ScalarOf(apply.Inputs[0])}, unchecked((ulong)({_host.ScalarOf(apply.Inputs[1])})))";
                    field = _dropouts[apply.Result.Id] = _fields.Extra(type, "kept", initial);
                }

                Dim rows = _rowSpace.Rows;
                string first = _firstRow == 0 ? "row" : $"(batch * {Group(_fields.Dim(rows))} + row)";
                return Expression.Atom($"{field}.Lanes<V>({first} * {Group(_fields.Dim(_space[-1]))} + column, lanes)");
            default:
                return Lane(apply.Inputs[0]);
        }
    }

    private Expression Lane(Value value)
    {
        if (_lanes.TryGetValue(value.Id, out (Expression Text, int Operations) lane)) return lane.Text;
        if (value.Type is TensorType) return Expression.Atom(Load(_addresses[value.Id], value.Element));
        if (_host.ConstantOf(value) is { } constant && value.Element != ElementKind.Bool) return VectorText.Constant(constant.AsDouble);
        string field = _fields.Scalar(value);
        return Expression.Atom(value.Element == ElementKind.Bool ? $"{VectorText.Helpers}.Mask<V, {_element}>({field})"
            : value.Element.CSharp() == _element ? $"V.Broadcast({field})" : $"V.Broadcast(({_element}){field})");
    }

    private string Load(Address address, ElementKind kind)
    {
        string reference = Reference(address.Root, false), at = Index(address);
        if (address.Column == Dim.Zero)
        {
            string element = $"{Memory}.Add(ref {reference}, {at})";
            return kind == ElementKind.Bool ? $"{VectorText.Helpers}.Mask<V, {_element}>({element})"
                : kind.CSharp() == _element ? $"V.Broadcast({element})" : $"V.Broadcast(({_element}){element})";
        }

        string stride = _fields.Dim(address.Column);
        if (kind == ElementKind.Bool) return $"{VectorText.Helpers}.LoadMask<V, {_element}>(ref {reference}, {at}, {stride}, lanes)";
        if (kind.CSharp() != _element) return $"{VectorText.Helpers}.LoadConverted<V, {_element}, {kind.CSharp()}>(ref {reference}, {at}, {stride}, lanes)";
        return address.Column.IsOne
            ? $"{VectorText.Helpers}.Load<V, {_element}>(ref {reference}, {at}, lanes)"
            : $"{VectorText.Helpers}.Load<V, {_element}>(ref {reference}, {at}, {stride}, lanes)";
    }

    private string Reference(Value root, bool isWritten) => $"{Interop}.GetReference({_fields.Span(root, isWritten)})";

    private string Index(Address address)
    {
        var terms = new List<string>();
        if (address.Offset != Dim.Zero) terms.Add(_fields.Dim(address.Offset));
        string batch = _batchSpace.Offset(Cut(address, 0, _firstRow), "batch", k => Axis(_batchAxes, "b", k), _fields.Dim);
        string row = _rowSpace.Offset(Cut(address, _firstRow, _space.Rank - 1), "row", k => Axis(_rowAxes, "i", k), _fields.Dim);
        if (batch.Length > 0) terms.Add(batch);
        if (row.Length > 0) terms.Add(row);
        if (terms.Count > 0)
        {
            string text = string.Join(" + ", terms);
            if (!_offsets.TryGetValue(text, out string? name))
            {
                name = _offsets[text] = _names.Reserve("at");
                _body.WriteLine($"nint {name} = {text};");
            }

            terms = [name];
        }

        if (address.Column != Dim.Zero) terms.Add(address.Column.IsOne ? "column" : $"column * {Group(_fields.Dim(address.Column))}");
        return terms.Count == 0 ? "0" : string.Join(" + ", terms);
    }

    private string Axis(List<string> axes, string prefix, int k)
    {
        while (axes.Count <= k) axes.Add(_names.Reserve(prefix + axes.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        return axes[k];
    }

    private static string Group(string text) => text.Contains(' ') ? "(" + text + ")" : text;
}
