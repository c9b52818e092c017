using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit;

internal sealed partial class RowKernelEmitter
{
    private const string Blocks = "global::AutoDiff.Generated.RowBlocks";
    private const int FlatColumns = 2048;

    private readonly Dictionary<int, string> _partials = [];

    /// <summary>Writes the statements that run the kernel; the struct has to be written first.</summary>
    /// <param name="writer">The method's body.</param>
    /// <param name="statement">Writes a statement.</param>
    /// <param name="name">The struct.</param>
    /// <param name="newName">A new name in the method.</param>
    /// <param name="allocate">An expression for temporary memory of so many elements, as a C# text.</param>
    public void WriteRun(SourceWriter writer, Action<string> statement, string name, Func<string, string> newName, Func<string, string> allocate)
    {
        string rows = _host.Spell(_space.Rows), columns = _host.Spell(_space.Columns), variable = newName("rows");
        string blocks = "";
        if (IsBlocked)
        {
            blocks = newName("blocks");
            statement($"int {blocks} = {Blocks}.Count({rows});");
            foreach (Apply sum in _columnSums)
            {
                string partial = newName(_host.NameOf(sum.Result) + "Parts");
                statement($"global::System.Span<{_element}> {partial} = {allocate($"{blocks} * {Group(columns)}")};");
                writerInitial(sum, partial);
            }
        }

        using (writer.Block($"var {variable} = new {name}", "};"))
            foreach ((_, string field, string initial) in _fields.All) writer.WriteLine($"{field} = {initial},");
        string count = IsBlocked ? blocks : _space.IsFlat ? $"{Blocks}.Chunks({Multiply(rows, columns)}, {FlatColumns})" : rows;
        string cost = IsBlocked ? $"{Blocks}.Size({rows}) * (long){Group(columns)} * {Cost}" : _space.IsFlat ? $"{FlatColumns * Cost}" : $"(long){Group(columns)} * {Cost}";
        statement(_host.Lane is { } lane
            ? $"{variable}.Rows<{lane.Vector}>(0, {count});"
            : $"global::AutoDiff.Parallel.RowLoops.Run<{_element}, {name}>(ref {variable}, {count}, {cost});");
        foreach (Apply sum in _columnSums)
        {
            var place = _host.PlaceOf(sum.Result);
            string accumulate = _host.Accumulates(place.Root) ? ", accumulate: true" : "";
            string kind = ((Reduce)sum.Operation).Kind.ToString();
            string destination = SpanAt(_host.SpanOf(place.Root), _host.Spell(place.Layout.Offset), columns);
            statement($"{Blocks}.{kind}<{_element}>({_partials[sum.Result.Id]}, {destination}{accumulate});");
        }

        void writerInitial(Apply sum, string partial)
        {
            _partials[sum.Result.Id] = partial;
            int index = 0;
            foreach ((_, string field, string initial) in _fields.All)
            {
                if (initial == PartialMark(sum)) break;
                index++;
            }

            _fields.Replace(index, partial);
        }
    }

    private static string PartialMark(Apply sum) => $"\u0001{sum.Result.Id}";

    private static string SpanAt(string span, string offset, string length) => offset == "0" ? $"{span}.Slice(0, {length})" : $"{span}.Slice({offset}, {length})";

    private static string Multiply(string a, string b) => a == "1" ? b : b == "1" ? a : $"{Group(a)} * {Group(b)}";

    private static string Group(string text) => text.Any(static c => c is '+' or '-' or '/' or '*') ? "(" + text + ")" : text;
}
