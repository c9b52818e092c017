using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Scheduling;

namespace AutoDiff.Compiler.Emit;

// One loop over the columns of a row: whole vectors first, then the rest, with masked loads and stores.
internal sealed partial class RowKernelEmitter
{
    private const int MaxInline = 6;

    private readonly Dictionary<int, string> _accumulators = [];
    private Dictionary<int, (Expression Text, int Operations)> _lanes = [];
    private UniqueNames _laneNames = new();
    private SourceWriter _before = new();
    private bool _isRest;

    private void WriteLoop(SourceWriter writer, int loop)
    {
        Apply[] reductions = [.. _schedule.Reductions(loop)];
        foreach (Apply reduction in reductions.Where(Fusible.IsRowReduction))
        {
            ReduceKind kind = ((Reduce)reduction.Operation).Kind;
            string name = _accumulators[reduction.Result.Id] = _names.Reserve(kind == ReduceKind.Sum ? "sum" : kind is ReduceKind.Max or ReduceKind.Peak ? "largest" : "least");
            writer.WriteLine($"V {name} = {VectorText.Constant(Identity(kind))};");
        }

        _before = writer;
        SourceWriter whole = LoopBody(loop, isRest: false), rest = LoopBody(loop, isRest: true);
        string columns = Group(_columns);
        writer.WriteLine(_declaredIndex ? "j = 0;" : "nint j = 0;");
        _declaredIndex = true;
        using (writer.Block($"for (; j <= {columns} - V.Count; j += V.Count)")) writer.Write(whole.ToString());
        using (writer.Block($"if (j < {columns})"))
        {
            writer.WriteLine($"int rest = (int)({columns} - j);");
            writer.Write(rest.ToString());
        }

        foreach (Apply reduction in reductions.Where(Fusible.IsRowReduction))
        {
            string kind = ((Reduce)reduction.Operation).Kind.ToString(), name = NameOf(reduction.Result);
            writer.WriteLine($"{_element} {name} = V.{kind}({_accumulators[reduction.Result.Id]});");
            _rowValues[reduction.Result.Id] = Expression.Atom(name);
            StoreRowValue(writer, reduction.Result);
        }
    }

    private SourceWriter LoopBody(int loop, bool isRest)
    {
        var writer = new SourceWriter();
        (_lanes, _laneNames, _isRest) = ([], _names.Nested(), isRest);
        HashSet<int> needed = _schedule.Needed(loop);
        Dictionary<int, int> uses = CountUses(loop, needed);
        HashSet<int> outputs = [.. _schedule.Outputs(loop).Select(static v => v.Id)];
        foreach (Apply apply in _kernel.Body.Where(a => needed.Contains(a.Result.Id)))
        {
            Value value = apply.Result;
            foreach (Value input in apply.Inputs) DeclareLoad(writer, input, loop, uses);
            if (!_lanes.ContainsKey(value.Id)) DeclarePair(writer, apply, loop, needed);
            int operations = 1 + apply.Inputs.Sum(input => _lanes.TryGetValue(input.Id, out (Expression Text, int Operations) lane) ? lane.Operations : 0);
            bool isDeclared = _lanes.TryGetValue(value.Id, out (Expression Text, int Operations) declared);
            Expression text = isDeclared ? declared.Text : LaneText(apply, loop);
            bool isStored = outputs.Contains(value.Id) || _scratch.ContainsKey(value.Id);
            if (!isDeclared && uses[value.Id] == 1 && !isStored && (value.Name.Length == 0 || IsIdentity(apply)) && operations <= MaxInline)
            {
                _lanes[value.Id] = (text, operations);
                continue;
            }

            if (!isDeclared && (uses[value.Id] + (isStored ? 1 : 0) > 1 || !outputs.Contains(value.Id)))
            {
                string name = _laneNames.Reserve(_host.NameOf(value));
                writer.WriteLine($"V {name} = {text};");
                text = Expression.Atom(name);
            }

            _lanes[value.Id] = (text, 0);
            if (outputs.Contains(value.Id)) WriteStore(writer, value, text);
            if (_scratch.TryGetValue(value.Id, out string? scratch) && _schedule.Ready(value) == loop)
            {
                string j = ScratchIndex(_before);
                Use(scratch);
                writer.WriteLine(isRest ? $"V.StorePartial({text}, ref {scratch}, {j}, rest);" : $"V.Store({text}, ref {scratch}, {j});");
            }
        }

        // An output that another loop keeps is read back from where it was written.
        foreach (Apply reduction in _schedule.Reductions(loop))
        {
            DeclareLoad(writer, reduction.Inputs[0], loop, uses);
            WriteReduction(writer, reduction, Lane(reduction.Inputs[0], loop));
        }

        return writer;
    }

    private void DeclarePair(SourceWriter writer, Apply apply, int loop, HashSet<int> needed)
    {
        if (PairedFunctions.Of(apply, _kernel.Body.Where(a => needed.Contains(a.Result.Id))) is not var (value, slope)) return;
        string name = _laneNames.Reserve(_host.NameOf(value.Result)), second = _laneNames.Reserve(_host.NameOf(slope.Result));
        writer.WriteLine(PairedFunctions.Declaration(name, second, Lane(apply.Inputs[0], loop).Text, _element, Inlined));
        _lanes[value.Result.Id] = (Expression.Atom(name), 0);
        _lanes[slope.Result.Id] = (Expression.Atom(second), 0);
    }

    private bool _declaredIndex;

    private static bool IsIdentity(Apply apply) => apply.Operation is BroadcastTo or Copy;

    private Dictionary<int, int> CountUses(int loop, HashSet<int> needed)
    {
        Dictionary<int, int> uses = [];
        foreach (Apply apply in _kernel.Body.Where(a => needed.Contains(a.Result.Id)))
        {
            // A square writes its operand twice.
            bool twice = apply.Operation is Elementwise { Op: ScalarOp.Square or ScalarOp.IsNaN };
            foreach (Value input in apply.Inputs)
            {
                Uses.Add(input, uses);
                if (twice) Uses.Add(input, uses);
            }
        }

        foreach (Apply reduction in _schedule.Reductions(loop)) Uses.Add(reduction.Inputs[0], uses);
        foreach (int id in needed)
            if (!uses.ContainsKey(id)) uses[id] = 0;
        return uses;
    }

    /// <summary>A tensor that a loop reads more than once is loaded into a variable.</summary>
    private void DeclareLoad(SourceWriter writer, Value value, int loop, Dictionary<int, int> uses)
    {
        bool isLoad = value.Type is TensorType && !_lanes.ContainsKey(value.Id)
            && (_schedule.IsReloaded(value, loop) || (!_schedule.IsInside(value) && _addresses.TryGetValue(value.Id, out Address? address) && address.Column != Dim.Zero));
        if (!isLoad || uses[value.Id] < 2) return;
        string name = _laneNames.Reserve(_host.NameOf(value));
        writer.WriteLine($"V {name} = {Lane(value, loop)};");
        _lanes[value.Id] = (Expression.Atom(name), 0);
    }

    private void WriteStore(SourceWriter writer, Value value, Expression text)
    {
        Address address = _addresses[value.Id];
        string reference = Reference(_fields.Span(address.Root, true)), index = Index(address);
        if (value.Element == ElementKind.Bool)
        {
            string stride = _fields.Dim(address.Column), lanes = _isRest ? "rest" : "V.Count";
            writer.WriteLine($"{VectorText.Helpers}.StoreMask<V, {_element}>({text}, ref {reference}, {index}, {stride}, {lanes});");
            return;
        }

        string sum = _host.Accumulates(address.Root) ? $"{Load(address, ElementKind.Single)} + {text.Within(Precedence.Multiplicative)}" : text.Text;
        string strided = address.Column.IsOne ? "" : "Strided", step = address.Column.IsOne ? "" : $", {_fields.Dim(address.Column)}";
        writer.WriteLine(_isRest ? $"V.Store{strided}Partial({sum}, ref {reference}, {index}{step}, rest);" : $"V.Store{strided}({sum}, ref {reference}, {index}{step});");
    }

    private void WriteReduction(SourceWriter writer, Apply reduction, Expression value)
    {
        ReduceKind kind = ((Reduce)reduction.Operation).Kind;
        if (_partFields.TryGetValue(reduction.Result.Id, out string? field))
        {
            string part = Reference(field);
            string old = _isRest ? $"V.LoadPartial(ref {part}, {_partAt} + j, rest)" : $"V.Load(ref {part}, {_partAt} + j)";
            string next = kind == ReduceKind.Sum ? $"{old} + {value.Within(Precedence.Multiplicative)}" : Extremum(kind, old, value.Text);
            writer.WriteLine(_isRest ? $"V.StorePartial({next}, ref {part}, {_partAt} + j, rest);" : $"V.Store({next}, ref {part}, {_partAt} + j);");
            return;
        }

        string name = _accumulators[reduction.Result.Id];
        string term = _isRest ? $"V.Select(V.FirstLanes(rest), {value}, {VectorText.Constant(Identity(kind))})" : value.Text;
        writer.WriteLine(kind == ReduceKind.Sum ? $"{name} += {term};" : $"{name} = {Extremum(kind, name, term)};");
    }

    // NaN passes through AtLeast only from the right.
    private static string Extremum(ReduceKind kind, string old, string next) => kind == ReduceKind.Peak ? $"V.AtLeast({old}, {next})" : $"V.{kind}({old}, {next})";
}
