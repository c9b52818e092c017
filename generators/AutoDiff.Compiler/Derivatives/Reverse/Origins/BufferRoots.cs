using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Derivatives.Reverse;

/// <summary>
/// Which memory each buffer value may stand for. A <em>root</em> is a parameter or an allocation; a <em>join</em> is a buffer that a branch or a loop chooses: what it
/// stands for is known only when it runs. A fixed point over the loops.
/// </summary>
internal sealed class BufferRoots
{
    private readonly Dictionary<int, SortedSet<int>> _roots = [];
    private readonly Dictionary<int, Value> _values = [];
    private readonly HashSet<int> _joins = [];
    private readonly HashSet<int> _shifted = [];
    private readonly Dictionary<int, Value> _lengths = [];
    private readonly Dictionary<int, SliceBuffer> _slices = [];
    private readonly Dictionary<int, int[]> _places = [];
    private readonly HashSet<int> _escaping = [];
    private int _regions;
    private bool _changed;

    public BufferRoots(IEnumerable<Parameter> parameters, Region body)
    {
        foreach (Parameter parameter in parameters)
            if (parameter.Value.Type is BufferType) AddRoot(parameter.Value, []);
        do
        {
            (_changed, _regions) = (false, 0);
            Visit(body, []);
        }
        while (_changed);

        foreach (int join in _joins)
            foreach (int root in _roots[join])
                if (_places[join].Length < _places[root].Length) _escaping.Add(root);
    }

    public bool HasJoins => _joins.Count > 0;

    public bool IsJoin(Value buffer) => _joins.Contains(buffer.Id);

    /// <summary>Whether the buffer may be a view that begins inside its root.</summary>
    public bool IsShifted(Value buffer) => _shifted.Contains(buffer.Id) || _roots[buffer.Id].Overlaps(_escaping);

    /// <summary>Whether an allocation outlives the run of the region that makes it: it leaves a branch or goes on to the next iteration.</summary>
    public bool Escapes(Value allocation) => _escaping.Contains(allocation.Id);

    public IEnumerable<Value> RootsOf(Value buffer) => _roots[buffer.Id].Select(id => _values[id]);

    /// <summary>The length of a view or an allocation, as its instruction has it.</summary>
    public Value? LengthOf(Value buffer) => _lengths.TryGetValue(buffer.Id, out Value? length) ? length : null;

    public SliceBuffer? SliceOf(Value buffer) => _slices.TryGetValue(buffer.Id, out SliceBuffer? slice) ? slice : null;

    private void Visit(Region region, int[] place)
    {
        foreach (Instruction instruction in region.Body)
        {
            switch (instruction)
            {
                case SliceBuffer slice:
                    _slices[slice.Result.Id] = slice;
                    _lengths[slice.Result.Id] = slice.Length;
                    Flow(slice.Buffer, slice.Result);
                    Shift(slice.Result);
                    break;
                case If branch:
                    Join(branch.Results, branch.Then.Yields, place);
                    Join(branch.Results, branch.Else.Yields, place);
                    break;
                case For loop:
                    Carry(loop.Results, loop.Initial, loop.Body.Parameters.Skip(1).ToEquatable(), loop.Body.Yields, place);
                    break;
                case While loop:
                    Carry(loop.Results, loop.Initial, loop.Body.Parameters, loop.Body.Yields, place);
                    break;
                default:
                    if (instruction is AllocateBuffer allocate) _lengths[allocate.Result.Id] = allocate.Length;
                    foreach (Value result in instruction.Results)
                        if (result.Type is BufferType) AddRoot(result, place);
                    break;
            }

            foreach (Region nested in instruction.Regions) Visit(nested, [.. place, _regions++]);
        }
    }

    private void Carry(EquatableArray<Value> results, EquatableArray<Value> initial, EquatableArray<Value> states, EquatableArray<Value> yields, int[] place)
    {
        Join(states, initial, place);
        Join(states, yields, place);
        Join(results, states, place);
    }

    private void Join(EquatableArray<Value> to, EquatableArray<Value> from, int[] place)
    {
        for (int k = 0; k < to.Length; k++)
        {
            if (to[k].Type is not BufferType) continue;
            _joins.Add(to[k].Id);
            _places[to[k].Id] = place;
            Flow(from[k], to[k]);
        }
    }

    private void Flow(Value from, Value to)
    {
        SortedSet<int> target = Set(to);
        int before = target.Count;
        target.UnionWith(Set(from));
        if (target.Count > before) _changed = true;
        if (_shifted.Contains(from.Id)) Shift(to);
    }

    private void Shift(Value buffer)
    {
        if (_shifted.Add(buffer.Id)) _changed = true;
    }

    private void AddRoot(Value root, int[] place)
    {
        _values[root.Id] = root;
        _places[root.Id] = place;
        if (Set(root).Add(root.Id)) _changed = true;
    }

    private SortedSet<int> Set(Value buffer)
    {
        if (!_roots.TryGetValue(buffer.Id, out SortedSet<int>? roots)) _roots[buffer.Id] = roots = [];
        return roots;
    }
}
