using AutoDiff.Compiler.Emit.Variables;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Scheduling;

namespace AutoDiff.Compiler.Emit;

/// <summary>
/// Writes a <see cref="BlockLoop"/>: a struct whose rows are the indices of the leading axes, so that threads share these, and in it the loop over blocks of rows with the
/// kernels of the body, in memory of the thread.
/// </summary>
internal sealed class BlockLoopEmitter
{
    private const string Kernels = "global::AutoDiff.Kernels";
    private const string Blocks = "global::AutoDiff.Generated.RowBlocks";

    private readonly BlockLoop _loop;
    private readonly IKernelHost _host;
    private readonly UniqueNames _names = new("start", "end", "V", "Rows", "unit", "scratch", "size", "mark");
    private readonly KernelFields _fields;
    private readonly SourceWriter _body = new();
    private readonly Dictionary<string, string> _symbols = new(StringComparer.Ordinal);
    private readonly string[] _indices;
    private readonly string _first, _rows;

    /// <param name="loop">The loop.</param>
    /// <param name="scheduled">The body around it.</param>
    /// <param name="host">The method around it.</param>
    /// <param name="structs">Receives the kernels of the body.</param>
    /// <param name="name">The name of the struct.</param>
    /// <param name="notes">The notes of the method.</param>
    /// <param name="memos">The spans of the loop's memos.</param>
    public BlockLoopEmitter(BlockLoop loop, ScheduledBody scheduled, IKernelHost host, SourceWriter structs, string name, StepNotes notes, string[] memos)
    {
        (_loop, _host) = (loop, host);
        _fields = new KernelFields(host, _names);
        _indices = [.. loop.Batch.Dims.Select(static dim => dim.Name is { } size ? size + "Index" : "index").Select(_names.Reserve)];
        for (int axis = 0; axis < _indices.Length; axis++) _symbols[loop.Index(axis).Name!] = _indices[axis];
        _symbols[loop.First.Name!] = _first = _names.Reserve("first");
        _symbols[loop.Rows.Name!] = _rows = _names.Reserve("rows");
        if (loop.IsCausal) _symbols[loop.Reach.Name!] = _names.Reserve("reach");

        var inner = new TensorBody(scheduled with { Region = loop.Body with { Body = loop.Steps }, Accumulated = [] }, new BodyMemory("scratch", "scratch", []), structs, name)
        {
            Lane = new("V", "scratch", FromTheEnd ? $"{_first} + {_rows} < {_fields.Dim(loop.RowCount)}" : "true", loop.IsCausal ? new(loop.Reach, _first, FiniteMatrices.In(loop)) : null),
        };
        var bound = new List<(Value Value, string Text)>();
        foreach (Value root in loop.Reads.Select(tile => scheduled.Places[tile.Outer.Id].Root).Distinct()) BindRoot(root, _fields.Span(root, false));
        foreach (Tile tile in loop.Writes)
        {
            Value part = scheduled.Parts[tile.Outer.Id];
            Place place = scheduled.Places[tile.Outer.Id];
            string span = host.SpanOf(place.Root), element = tile.Outer.Element.CSharp();
            string initial = place.Layout.Offset == Dim.Zero ? span : $"{span}.Slice({host.Spell(place.Layout.Offset)})";
            string field = _fields.Extra($"global::System.Span<{element}>", host.NameOf(tile.Outer), initial);
            BindRoot(part, field);
            if (!tile.Accumulates) continue;
            inner.AddTo(part);
            if (!FromTheEnd) WriteClear(field, place.Layout, Fusible.Full(tile.Outer));
        }

        foreach (Value scalar in loop.Scalars)
        {
            string field = inner.KnownNames[scalar.Id] = _fields.Scalar(scalar);
            bound.Add((scalar, field));
        }

        for (int k = 0; k < memos.Length; k++)
        {
            Memo memo = loop.Memos[k];
            string field = _fields.Extra($"global::System.Span<{memo.Inner.Element.CSharp()}>", host.NameOf(memo.Inner) + "Kept", memos[k]);
            string width = Group(_fields.Dim(Width(loop, memo)));
            inner.AddMemo(memo.Inner, field, $"(unit * {Group(_fields.Dim(loop.RowCount))} + {_first}) * {width}");
            _memoFields.Add(field);
        }

        inner.PlanStorages(loop.Again);
        inner.PlanStorages(loop.Body);
        UniqueNames names = _names.Nested();
        EmitContext body = ContextOf(loop.Body, names, notes);
        if (!loop.Again.Body.IsEmpty)
        {
            inner.Use(body);
            foreach (Memo memo in loop.Memos) inner.WriteMemo(memo.Inner);
            using (_kernels.Block($"if ({string.Join(" || ", _memoFields.Select(static field => field + ".IsEmpty"))})"))
                Emit(loop.Again, ContextOf(loop.Again, names.Nested(), notes.Recomputing()));
        }

        Emit(loop.Body, body);

        EmitContext ContextOf(Region region, UniqueNames scope, StepNotes stepNotes)
        {
            Region plain = region with { Parameters = FreeValues.Of(region with { Parameters = [] }).ToEquatable() };
            var context = new EmitContext(_kernels, scope, new VariablePlan(plain, new Dictionary<int, string>(), plain.Parameters), stepNotes, inner) { SpellDimension = Spell };
            foreach ((Value value, string text) in bound) context.Bind(value, text);
            return context;
        }

        void Emit(Region region, EmitContext context)
        {
            inner.Use(context);
            new BodyEmitter(context).EmitRange(0, region.Body.Length);
        }

        void BindRoot(Value root, string field)
        {
            inner.BindSpan(root, field);
            bound.Add((root, field));
        }
    }

    /// <summary>
    /// The last block reaches every row. Where all that blocks add to are products, that block comes first and writes what the others add to.
    /// </summary>
    private bool FromTheEnd => _loop.Writes.Any(static tile => tile.Accumulates) && _loop.Writes.Where(static tile => tile.Accumulates).All(
        tile => _loop.Steps.OfType<ProductKernel>().Any(p => p.Epilogue.IsEmpty && p.Defines.Length == 1 && p.Defines.Contains(tile.Inner)));

    private readonly SourceWriter _kernels = new();
    private readonly List<string> _memoFields = [];

    /// <summary>The number of elements of a row of a memo.</summary>
    public static Dim Width(BlockLoop loop, Memo memo) => Fusible.Full(memo.Inner)[-1].IsOne ? Dim.One : loop.ColumnCount;

    public void WriteStruct(SourceWriter writer, string name, string element)
    {
        WriteBody();
        using (writer.Block($"private ref struct {name} : global::AutoDiff.Parallel.IRowLoop<{element}>"))
        {
            foreach ((string type, string field, _) in _fields.All) writer.WriteLine($"public {type} {field};");
            writer.BlankLine();
            writer.WriteLine("/// <inheritdoc/>");
            using (writer.Block($"public void Rows<V>(int start, int end) where V : struct, global::AutoDiff.Simd.IVector<V, {element}>")) writer.Write(_body.ToString());
        }
    }

    /// <summary>Writes the statements that run the loop; the struct has to be written first.</summary>
    public void WriteRun(SourceWriter writer, Action<string> statement, string name, string element, Func<string, string> newName)
    {
        string variable = newName("blocks");
        using (writer.Block($"var {variable} = new {name}", "};"))
            foreach ((_, string field, string initial) in _fields.All) writer.WriteLine($"{field} = {initial},");
        string units = _host.Spell(_loop.Batch.Count), rows = Group(_host.Spell(_loop.RowCount)), columns = Group(_host.Spell(_loop.ColumnCount));
        // About what an element in between costs: two products of some ten terms and an elementary function.
        statement($"global::AutoDiff.Parallel.RowLoops.Run<{element}, {name}>(ref {variable}, {units}, (long){rows} * {columns} * 64);");
    }

    private readonly List<string> _clears = [];

    private void WriteClear(string field, Layout layout, Shape shape)
    {
        var terms = new List<string>();
        for (int axis = 0; axis < _indices.Length; axis++)
            if (layout.Strides[axis] != Dim.Zero) terms.Add(layout.Strides[axis].IsOne ? _indices[axis] : $"{_indices[axis]} * {Group(_fields.Dim(layout.Strides[axis]))}");
        string at = terms.Count == 0 ? "0" : string.Join(" + ", terms);
        _clears.Add($"{Blocks}.Clear({field}, {at}, {_fields.Dim(shape[-2])}, {_fields.Dim(shape[-1])}, {_fields.Dim(layout.Strides[_indices.Length])});");
    }

    private void WriteBody()
    {
        string count = _fields.Dim(_loop.RowCount);
        _body.WriteLine($"{Kernels}.Workspace scratch = {Kernels}.Workspace.Rent();");
        _body.WriteLine($"const int size = {Blocks}.Height;");
        using (_body.Block("for (int unit = start; unit < end; unit++)"))
        {
            for (int axis = 0; axis < _indices.Length; axis++)
            {
                Dim inner = _loop.Batch.CountFrom(axis + 1);
                string value = inner.IsOne ? "unit" : $"unit / {Group(_fields.Dim(inner))}";
                if (axis > 0) value += $" % {Group(_fields.Dim(_loop.Batch[axis]))}";
                _body.WriteLine($"int {_indices[axis]} = {value};");
            }

            foreach (string clear in _clears) _body.WriteLine(clear);
            if (FromTheEnd) _body.WriteLine("// The last block reaches all rows: it writes what the others add to.");
            string blocks = FromTheEnd
                ? $"int {_first} = {Blocks}.Last({count}, size); {_first} >= 0; {_first} -= size"
                : $"int {_first} = 0; {_first} < {count}; {_first} += size";
            using (_body.Block($"for ({blocks})"))
            {
                _body.WriteLine($"int {_rows} = global::System.Math.Min(size, {count} - {_first});");
                if (_loop.IsCausal)
                {
                    _body.WriteLine("// No row reads what comes after it.");
                    _body.WriteLine($"int {_symbols[_loop.Reach.Name!]} = {_first} + {_rows};");
                }

                _body.WriteLine($"{Kernels}.WorkspaceMark mark = scratch.Mark();");
                _body.Write(_kernels.ToString());
                _body.WriteLine("scratch.Release(mark);");
            }
        }

        _body.WriteLine("scratch.Return();");
    }

    private string Spell(string symbol) => _symbols.TryGetValue(symbol, out string? local) ? local : _fields.Dim(Dim.Symbol(symbol));

    private static string Group(string text) => text.Any(static c => c is '+' or '-' or '/' or '*') ? "(" + text + ")" : text;
}
