using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Scheduling;

namespace AutoDiff.Compiler.Emit;

internal sealed partial class RowKernelEmitter
{
    private const string Interop = "global::System.Runtime.InteropServices.MemoryMarshal";
    private const string Memory = "global::System.Runtime.CompilerServices.Unsafe";

    private readonly SourceWriter _head = new();
    private readonly Dictionary<string, string> _offsets = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> _uniform = [];
    private readonly Dictionary<int, string> _scratch = [];
    private readonly Dictionary<int, string> _sums = [];
    private readonly List<string> _axes = [];

    private void WriteRows(SourceWriter writer)
    {
        // The body comes first: it says what the head has to declare.
        var body = new SourceWriter();
        foreach (Apply sum in _columnSums)
        {
            string field = _partFields[sum.Result.Id] = _fields.Extra($"global::System.Span<{_element}>", _host.NameOf(sum.Result), PartialMark(sum));
            _sums[sum.Result.Id] = Reference(field);
        }

        ReserveScratch();
        if (IsBlocked) WriteBlocks(body);
        else if (_space.IsFlat) WriteChunks(body);
        else using (body.Block("for (int row = start; row < end; row++)")) WriteRow(body, "row");
        writer.Write(_head.ToString());
        writer.Write(body.ToString());
    }

    private void ReserveScratch()
    {
        Value[] kept = [.. _kernel.Body.Select(static a => a.Result).Where(v => _schedule.IsKept(v) && !CanReload(v))];
        if (kept.Length == 0) return;
        string all = _names.Reserve("scratch");
        _head.WriteLine($"// A row of scratch memory stays in the first-level cache.");
        _head.WriteLine($"ref {_element} {all} = ref {Interop}.GetReference(global::AutoDiff.Generated.RowScratch<{_element}>.Get({kept.Length} * {Group(_columns)}));");
        for (int k = 0; k < kept.Length; k++)
        {
            string name = _scratch[kept[k].Id] = _names.Reserve(_host.NameOf(kept[k]) + "Row");
            _head.WriteLine($"ref {_element} {name} = ref {Memory}.Add(ref {all}, {k} * {Group(_columns)});");
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
            using (writer.Block($"for (int row = {block} * {size}; row < {last}; row++)")) WriteRow(writer, "row");
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

    private void WriteRow(SourceWriter writer, string row)
    {
        foreach (string line in _space.Indices(row, Axis, _fields.Dim)) writer.WriteLine(line);
        WriteLoops(writer);
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
            foreach (Apply apply in _schedule.RowValues(loop)) WriteRowValue(writer, apply);
            if (loop < loops) WriteLoop(writer, loop);
        }
    }

    /// <summary>The reference to the first element of a captured span; declared once, in front of the loops.</summary>
    private string Reference(string field)
    {
        if (_referenceOf.TryGetValue(field, out string? name)) return name;
        name = _referenceOf[field] = _names.Reserve(CSharpNames.Unescape(field) + "0");
        string type = _fields.All.First(f => f.Name == field).Type;
        string element = type.Substring(type.IndexOf('<') + 1).TrimEnd('>');
        _head.WriteLine($"ref {element} {name} = ref {Interop}.GetReference({field});");
        return name;
    }

    private readonly Dictionary<string, string> _referenceOf = new(StringComparer.Ordinal);

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
        if (_offsets.TryGetValue(text, out string? name)) return name;
        name = _offsets[text] = _names.Reserve("at");
        writer.WriteLine($"nint {name} = {text};");
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
