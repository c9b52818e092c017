using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Scheduling;

namespace AutoDiff.Compiler.Emit;

internal sealed partial class RowKernelEmitter
{
    private const string Interop = "global::System.Runtime.InteropServices.MemoryMarshal";
    private const string Memory = "global::System.Runtime.CompilerServices.Unsafe";

    private SourceWriter _head = new();
    private readonly Dictionary<string, string> _offsets = new(StringComparer.Ordinal);
    private readonly HashSet<string> _declaredOffsets = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> _uniform = [];
    private readonly Dictionary<int, string> _scratch = [];
    private readonly List<string> _axes = [];

    private void WriteRows(SourceWriter writer)
    {
        // The body comes first: it says what the head has to declare.
        var body = new SourceWriter();
        foreach (Apply sum in _columnSums)
        {
            _partFields[sum.Result.Id] = _fields.Extra($"global::System.Span<{_element}>", _host.NameOf(sum.Result), PartialMark(sum));
        }

        ReserveScratch();
        if (!IsGrouped) _inlined = BudgetOf(_schedule.Loops);
        if (IsBlocked) WriteBlocks(body);
        else if (_space.IsFlat) WriteChunks(body);
        else WriteEachRow(body, "start", "end");
        writer.Write(_head.ToString());
        writer.Write(body.ToString());
    }

    private void ReserveScratch()
    {
        if (IsGrouped)
        {
            _group = _names.Reserve("group");
            _first = _names.Reserve("first");
            _head.WriteLine($"int {_group} = {Blocks}.Group({Group(_columns)});");
        }

        (string Name, Value Value)[] kept = [.. _kernel.Body.Select(static a => a.Result).Where(v => _schedule.IsKept(v) && !CanReload(v))
            .Select(v => (_scratch[v.Id] = _names.Reserve(_host.NameOf(v) + "Row"), v))];
        (string Name, Value Value)[] carried = IsGrouped
            ? [.. _schedule.Carried().Select(v => (_carried[v.Id] = _names.Reserve(_host.NameOf(v) + "OfRow"), v))]
            : [];
        if (kept.Length + carried.Length == 0) return;
        string all = _names.Reserve("scratch"), rows = _group.Length == 0 ? "" : $"{_group} * ";
        string row = rows + Group(_columns), length = kept.Length == 0 ? "" : kept.Length == 1 ? row : $"{kept.Length} * {row}";
        if (carried.Length > 0)
        {
            string numbers = carried.Length == 1 ? _group : $"{carried.Length} * {_group}";
            length = length.Length == 0 ? numbers : $"{length} + {numbers}";
        }

        _head.WriteLine($"// {(kept.Length == 0 ? "What a row has once" : "A row of scratch memory")} stays in the first-level cache.");
        _head.WriteLine($"ref {_element} {all} = ref {Interop}.GetReference(global::AutoDiff.Generated.RowScratch<{_element}>.Get({length}));");
        string at = "";
        foreach ((string name, Value value) in kept.Concat(carried))
        {
            _head.WriteLine(at.Length == 0 ? $"ref {_element} {name} = ref {all};" : $"ref {_element} {name} = ref {Memory}.Add(ref {at});");
            at = $"{name}, {(_carried.ContainsKey(value.Id) ? _group : row)}";
        }
    }

    private void WriteBlocks(SourceWriter writer)
    {
        string rows = _fields.Dim(_space.Rows), size = _names.Reserve("size"), block = _names.Reserve("block"), at = _names.Reserve("partAt");
        writer.WriteLine($"int {size} = {Blocks}.Size({rows});");
        using (writer.Block($"for (int {block} = start; {block} < end; {block}++)"))
        {
            writer.WriteLine($"nint {at} = (nint){block} * {Group(_columns)};");
            foreach (Apply sum in _columnSums)
            {
                string identity = Identity(((Reduce)sum.Operation).Kind) is var value && value == 0 ? "" : $", {ScalarLiteral(value)}";
                string fill = identity.Length == 0 ? "Clear()" : $"Fill({identity.Substring(2)})";
                writer.WriteLine($"{_partFields[sum.Result.Id]}.Slice((int){at}, {_columns}).{fill};");
            }

            string last = _names.Reserve("last");
            writer.WriteLine($"int {last} = global::System.Math.Min({Group(rows)}, ({block} + 1) * {size});");
            _partAt = at;
            WriteEachRow(writer, $"{block} * {size}", last);
        }
    }

    private string _partAt = "";

    private readonly Dictionary<int, string> _partFields = [];

    private void WriteChunks(SourceWriter writer)
    {
        string count = Multiply(_fields.Dim(_space.Rows), _fields.Dim(_space.Columns)), at = _names.Reserve("at");
        using (writer.Block("for (int row = start; row < end; row++)"))
        {
            writer.WriteLine($"nint {at} = (nint)row * {FlatColumns};");
            writer.WriteLine($"nint columns = global::System.Math.Min({FlatColumns}, {count} - {at});");
            _flatAt = at;
            WriteLoops(writer);
        }
    }

    private string _flatAt = "";

    /// <summary>
    /// Row after row; or, where a loop waits for a sum of the one before, some rows at a time and each loop over all of them, so that no row waits for its own sum.
    /// </summary>
    private void WriteEachRow(SourceWriter writer, string start, string end)
    {
        if (!IsGrouped)
        {
            using (writer.Block($"for (int row = {start}; row < {end}; row++)"))
            {
                WriteIndices(writer);
                WriteLoops(writer);
            }

            return;
        }

        string next = _names.Reserve("next");
        writer.WriteLine("// Some rows at a time, and each loop over all of them: none waits for its own sum.");
        using (writer.Block($"for (int {_first} = {start}; {_first} < {end}; {_first} += {_group})"))
        {
            writer.WriteLine($"int {next} = global::System.Math.Min({_first} + {_group}, {end});");
            SourceWriter head = _head;
            foreach (int loop in _schedule.Loops) writer.WriteLine(WriteLoopOfRows(loop, next));
            _head = head;
        }
    }

    /// <summary>Writes a loop of some rows as a method, which has the registers to itself; its call.</summary>
    private string WriteLoopOfRows(int loop, string next)
    {
        BeginLoop(loop);
        _inlined = BudgetOf([loop]);
        var body = new SourceWriter();
        using (body.Block($"for (int row = {_first}; row < {next}; row++)"))
        {
            WriteIndices(body);
            if (loop == 0) WriteRowValues(body, 0);
            WriteLoop(body, loop);
            WriteRowValues(body, loop + 1);
        }

        string name = _names.Reserve("Loop" + (loop + 1).ToString(System.Globalization.CultureInfo.InvariantCulture));
        string parts = _partAt.Length == 0 ? "" : $", nint {_partAt}", part = _partAt.Length == 0 ? "" : $", {_partAt}";
        if (loop > 0) _loops.BlankLine();
        _loops.WriteLine("[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]");
        string parameters = $"int {_first}, int {next}{parts}{string.Concat(_used.Select(n => $", ref {_element} {n}"))}";
        using (_loops.Block($"private void {name}<V>({parameters}) where V : struct, global::AutoDiff.Simd.IVector<V, {_element}>"))
        {
            if (_fields.All.Any(field => field.Name == _columns)) _loops.WriteLine($"int {_columns} = this.{_columns};");
            _loops.Write(_head.ToString());
            _loops.Write(body.ToString());
        }

        return $"{name}<V>({_first}, {next}{part}{string.Concat(_used.Select(static n => $", ref {n}"))});";
    }

    private readonly SourceWriter _loops = new();

    // What the present loop shares with others of a row, in order of use.
    private readonly List<string> _used = [];

    private string Use(string name)
    {
        if (IsGrouped && !_used.Contains(name)) _used.Add(name);
        return name;
    }

    /// <summary>Forgets what was declared in another loop over the rows.</summary>
    private void BeginLoop(int loop)
    {
        _loop = loop;
        _head = new SourceWriter();
        _declaredReferences.Clear();
        _uniform.Clear();
        _used.Clear();
        _declaredOffsets.Clear();
        _declaredIndex = false;
        _rowValues.Clear();
        _rowLanes.Clear();
        _targets.Clear();
    }

    private void WriteIndices(SourceWriter writer)
    {
        foreach (string line in _space.Indices("row", Axis, _fields.Dim)) writer.WriteLine(line);
    }

    private string Axis(int k)
    {
        while (_axes.Count <= k) _axes.Add(_names.Reserve("i" + _axes.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        return _axes[k];
    }

    private void WriteLoops(SourceWriter writer)
    {
        int loops = _schedule.Loops.Count();
        for (int loop = 0; loop <= loops; loop++)
        {
            WriteRowValues(writer, loop);
            if (loop < loops) WriteLoop(writer, loop);
        }
    }

    private void WriteRowValues(SourceWriter writer, int loop)
    {
        foreach (Apply apply in _schedule.RowValues(loop)) WriteRowValue(writer, apply);
    }

    /// <summary>The reference to the first element of a captured span; declared once, in front of the loops.</summary>
    private string Reference(string field)
    {
        if (!_referenceOf.TryGetValue(field, out string? name)) name = _referenceOf[field] = _names.Reserve(CSharpNames.Unescape(field) + "0");
        if (!_declaredReferences.Add(field)) return name;
        string type = _fields.All.First(f => f.Name == field).Type;
        string element = type.Substring(type.IndexOf('<') + 1).TrimEnd('>');
        _head.WriteLine($"ref {element} {name} = ref {Interop}.GetReference({field});");
        return name;
    }

    private readonly Dictionary<string, string> _referenceOf = new(StringComparer.Ordinal);
    private readonly HashSet<string> _declaredReferences = new(StringComparer.Ordinal);

    /// <summary>The offset of the present row, as a variable or a constant; empty where it is 0.</summary>
    private string Offset(SourceWriter writer, Address address)
    {
        if (_space.IsFlat)
        {
            if (address.Column == Dim.Zero) return address.Offset == Dim.Zero ? "" : _fields.Dim(address.Offset);
            return address.Offset == Dim.Zero ? _flatAt : Shared(writer, $"{_flatAt} + {_fields.Dim(address.Offset)}");
        }

        string text = _space.Offset(address, "row", Axis, _fields.Dim);
        return text.Length == 0 || text == "row" ? text : Shared(writer, text);
    }

    private string Shared(SourceWriter writer, string text)
    {
        if (!_offsets.TryGetValue(text, out string? name)) name = _offsets[text] = _names.Reserve("at");
        if (_declaredOffsets.Add(text)) writer.WriteLine($"nint {name} = {text};");
        return name;
    }

    private string ScalarLiteral(double value) => _element == "float" ? CSharpLiteral.Single((float)value) : CSharpLiteral.Double(value);

    private static double Identity(ReduceKind kind) => kind switch
    {
        ReduceKind.Max or ReduceKind.Peak => double.NegativeInfinity,
        ReduceKind.Min => double.PositiveInfinity,
        _ => 0,
    };
}
