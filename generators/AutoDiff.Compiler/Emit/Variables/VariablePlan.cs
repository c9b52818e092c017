using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit.Variables;

/// <summary>One C# variable: the values that it holds at different times, its type, the name it should have and the place of its declaration.</summary>
internal sealed record Variable(int Id, IrType Type, string PreferredName, Site Declaration, bool IsExternal);

/// <summary>
/// Takes a body out of static single assignment form: which values share a variable, which have none. Values that flow into one another (see
/// <see cref="Affinity"/>) share one unless they <see cref="Interference"/>.
/// </summary>
internal sealed class VariablePlan
{
    private readonly Partition _partition = new();
    private readonly Dictionary<int, Value> _values = [];
    private readonly Dictionary<int, Variable> _variables = [];
    private readonly Interference _interference;
    private readonly HashSet<int> _pinned;

    /// <param name="body">The body; its parameters are bound from outside.</param>
    /// <param name="names">Names that stand for the values' own, by id.</param>
    /// <param name="pinned">Values from outside that must not be assigned to.</param>
    public VariablePlan(Region body, IReadOnlyDictionary<int, string> names, IEnumerable<Value> pinned)
    {
        Layout = new BodyLayout(body);
        Names = names;
        _pinned = [.. pinned.Select(static v => v.Id)];
        foreach (Value value in Layout.Values) _values[value.Id] = value;

        (Value, Value)[] states = Affinity.LoopStates(Layout.Root).ToArray();
        (Value, Value)[] meetings = Affinity.Meetings(Layout.Root).Where(m => !IsLent(m.Item1, m.Item2)).ToArray();
        (Value, Value)[] namesakes = Namesakes().ToArray();
        var wishes = new Partition();
        foreach ((Value a, Value b) in states.Concat(meetings).Concat(namesakes)) wishes.Union(a.Id, b.Id);

        Folding = new Folding(Layout, wishes, v => NameOf(v).Length > 0);
        _interference = new Interference(Layout, Folding, wishes);
        foreach ((Value a, Value b) in states) _partition.Union(a.Id, b.Id);
        foreach ((Value a, Value b) in meetings.Concat(namesakes)) TryJoin(a, b);
    }

    public BodyLayout Layout { get; }

    public Folding Folding { get; }

    private IReadOnlyDictionary<int, string> Names { get; }

    /// <summary>The name of a value: its own, or the one it was given here. A use may have been made before the definition got its name.</summary>
    public string NameOf(Value value)
        => Names.TryGetValue(value.Id, out string? name) ? name
            : _values.TryGetValue(value.Id, out Value? definition) ? definition.Name
            : value.Name;

    /// <summary>Whether two values are the same variable.</summary>
    public bool AreOne(Value a, Value b) => _partition.Find(a.Id) == _partition.Find(b.Id);

    /// <summary>All values that share a value's variable, itself among them.</summary>
    public IEnumerable<Value> Sharing(Value value) => _partition.Members(_partition.Find(value.Id)).Select(id => _values.TryGetValue(id, out Value? v) ? v : value);

    public Variable VariableOf(Value value)
    {
        int root = _partition.Find(value.Id);
        if (_variables.TryGetValue(root, out Variable? variable)) return variable;
        Value[] members = _partition.Members(root).Select(id => _values.TryGetValue(id, out Value? v) ? v : value).ToArray();
        Site declaration = members.Select(Stands).Aggregate(Site.Common);
        string name = members.OrderBy(static v => v.Id).Select(NameOf).FirstOrDefault(static n => n.Length > 0) ?? "";
        bool external = members.Any(m => Layout.DefinitionOf(m) is null || IsParameter(m));
        return _variables[root] = new Variable(root, value.Type, name, declaration, external);
    }

    // Where a value comes into being, seen from outside of the loop that carries it.
    private Site Stands(Value value)
    {
        Site site = Layout.DefinitionOf(value) ?? new Site(Layout.Root, -1);
        return site.Index == -1 && site.Region.Parent is RegionSite parent ? new Site(parent, site.Region.ParentIndex) : site;
    }

    private bool IsParameter(Value value) => Layout.DefinitionOf(value) is { Index: -1, Region.Parent: null };

    private bool IsCounter(Value value)
        => Layout.DefinitionOf(value) is { Index: -1, Region: { Holder: For } region } && region.Region.Parameters[0].Id == value.Id;

    private void TryJoin(Value a, Value b)
    {
        if (a.Type != b.Type || AreOne(a, b) || !IsVariable(a) || !IsVariable(b)) return;
        // A variable that holds other memory first may not hold the stack's later on.
        if (a.Type is BufferType && IsOnStack(a) != IsOnStack(b)) return;
        // Two names are two variables to the reader, and a parameter is assigned only where the user did.
        if (NameOfAll(a) is string x1 && NameOfAll(b) is string x2 ? x1 != x2 : HasParameter(a) || HasParameter(b)) return;
        foreach (int x in _partition.Members(a.Id))
            foreach (int y in _partition.Members(b.Id))
                if (_interference.Between(x, y)) return;
        _partition.Union(a.Id, b.Id);
    }

    private bool IsOnStack(Value buffer) => Layout.InstructionOf(buffer) switch
    {
        AllocateBuffer allocate => allocate.IsOnStack,
        SliceBuffer slice => IsOnStack(slice.Buffer),
        _ => false,
    };

    // What a branch only hands on, and is read elsewhere, does not take the name of what comes out: a root is not called dy because it happens to be dy, too.
    private bool IsLent(Value result, Value value)
        => Layout.InstructionOf(result) is If && NameOf(result).Length > 0 && NameOf(value).Length == 0 && Layout.UsesOf(value).Count > 1
            && Layout.DefinitionOf(value) is { } site && Layout.DefinitionOf(result) is { } branch && site.Region.Encloses(branch.Region);

    private string? NameOfAll(Value value)
        => _partition.Members(value.Id).Select(id => NameOf(_values[id])).FirstOrDefault(static n => n.Length > 0);

    private bool HasParameter(Value value) => _partition.Members(value.Id).Any(id => IsParameter(_values[id]));

    private bool IsVariable(Value value)
        => _values.ContainsKey(value.Id) && !Folding.IsFolded(value) && !_pinned.Contains(value.Id) && !IsCounter(value) && !IsDropped(value) && (value.Type is not TensorType || IsMoved(value));

    // What a call returns and nobody uses is not kept: no variable is declared for it.
    private bool IsDropped(Value value) => Layout.UsesOf(value).Count == 0 && Layout.DefinitionOf(value)?.Instruction switch
    {
        Call { Callee.Result: not null } call => call.Defines[0].Id == value.Id,
        CallPullback => true,
        _ => false,
    };

    // A tensor is memory that a kernel fills; only what control flow hands on is a variable that can stand for one memory or another.
    private bool IsMoved(Value value) => Layout.DefinitionOf(value) is { } site && (site.Index == -1 || site.Instruction is If or For or While);

    // A later state of a name may live in the variable of an earlier one if that is in scope: its region encloses the later one's.
    private IEnumerable<(Value, Value)> Namesakes()
    {
        foreach (IGrouping<(string, IrType), Value> group in Layout.Values.Where(v => NameOf(v).Length > 0).GroupBy(v => (NameOf(v), v.Type)))
        {
            Value[] values = group.ToArray();
            for (int i = 1; i < values.Length; i++)
                for (int j = i - 1; j >= 0; j--)
                    if (Stands(values[j]).Region.Encloses(Stands(values[i]).Region))
                    {
                        yield return (values[j], values[i]);
                        break;
                    }
        }
    }
}
