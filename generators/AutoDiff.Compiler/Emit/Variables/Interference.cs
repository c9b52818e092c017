using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit.Variables;

/// <summary>
/// Liveness: a value is live where a path leads to a use of it. Two values interfere, that is, cannot share a variable, if one is live where the other is
/// defined. One backward walk over the structured body; a loop keeps alive, all through its body, what its body reads from outside. A folded value is not
/// a variable: what its text mentions is used where the text stands.
/// </summary>
internal sealed class Interference
{
    private readonly Folding _folding;
    private readonly Partition _wishes;
    private readonly HashSet<(int, int)> _pairs = [];
    private readonly Dictionary<RegionSite, HashSet<int>> _external = [];

    /// <param name="layout">The body.</param>
    /// <param name="folding">The values without a variable.</param>
    /// <param name="wishes">Only pairs within one of these sets are recorded.</param>
    public Interference(BodyLayout layout, Folding folding, Partition wishes)
    {
        _folding = folding;
        _wishes = wishes;
        RegionSite root = layout.Root;
        HashSet<int> live = Walk(root, Leaves(root.Region.Yields));
        foreach (Value parameter in root.Region.Parameters) Clash(parameter.Id, live);
    }

    public bool Between(int a, int b) => _pairs.Contains(a < b ? (a, b) : (b, a));

    private HashSet<int> Walk(RegionSite region, HashSet<int> liveOut)
    {
        var live = new HashSet<int>(liveOut);
        for (int i = region.Body.Length - 1; i >= 0; i--)
        {
            Instruction instruction = region.Body[i];
            if (instruction.Results.Length == 1 && _folding.IsFolded(instruction.Results[0])) continue;
            foreach (Value result in instruction.Results) live.Remove(result.Id);
            foreach (Value result in instruction.Results)
            {
                Clash(result.Id, live);
                foreach (Value other in instruction.Results) Clash(result.Id, other.Id);
            }

            switch (instruction)
            {
                case If branch when _folding.IsTernary(branch):
                    Add(live, _folding.TernaryLeaves(branch));
                    break;
                case If branch:
                    HashSet<int> then = Branch(region.Nested(i)[0], live), otherwise = Branch(region.Nested(i)[1], live);
                    live = then;
                    live.UnionWith(otherwise);
                    Add(live, _folding.Leaves(branch.Condition));
                    break;
                case For or While:
                    live = Loop(instruction, region.Nested(i)[0], live);
                    break;
                default:
                    foreach (Value operand in instruction.Operands) Add(live, _folding.Leaves(operand));
                    foreach (RegionSite nested in region.Nested(i)) live.UnionWith(External(nested));
                    break;
            }
        }

        return live;
    }

    private HashSet<int> Branch(RegionSite region, HashSet<int> after)
    {
        var liveOut = new HashSet<int>(after);
        liveOut.UnionWith(Leaves(region.Region.Yields));
        return Walk(region, liveOut);
    }

    private HashSet<int> Loop(Instruction loop, RegionSite body, HashSet<int> after)
    {
        var through = new HashSet<int>(after);
        through.UnionWith(External(body));
        if (loop is For counted)
        {
            Add(through, _folding.Leaves(counted.End));
            Add(through, _folding.Leaves(counted.Start));
        }

        // Everything that the carried values start from or become next is read before the first of them is written.
        var liveOut = new HashSet<int>(through);
        int tested = _folding.HasLoopCondition(loop) ? 1 : 0;
        liveOut.UnionWith(Leaves(body.Region.Yields.Skip(tested)));
        HashSet<int> liveIn = Walk(body, liveOut);
        liveIn.UnionWith(through);
        foreach (Value parameter in body.Region.Parameters)
        {
            Clash(parameter.Id, liveIn);
            foreach (Value other in body.Region.Parameters) Clash(parameter.Id, other.Id);
        }

        foreach (Value parameter in body.Region.Parameters) liveIn.Remove(parameter.Id);
        IEnumerable<Value> initial = loop is For f ? f.Initial : ((While)loop).Initial;
        liveIn.UnionWith(Leaves(initial.Skip(tested)));
        return liveIn;
    }

    /// <summary>The variables of outside that a region reads, however deep.</summary>
    private HashSet<int> External(RegionSite region)
    {
        if (_external.TryGetValue(region, out HashSet<int>? known)) return known;
        HashSet<int> used = Leaves(region.Region.Yields);
        for (int i = 0; i < region.Body.Length; i++)
        {
            foreach (Value operand in region.Body[i].Operands) Add(used, _folding.Leaves(operand));
            foreach (RegionSite nested in region.Nested(i)) used.UnionWith(External(nested));
        }

        foreach (Instruction instruction in region.Body)
            foreach (Value result in instruction.Results) used.Remove(result.Id);
        foreach (Value parameter in region.Region.Parameters) used.Remove(parameter.Id);
        return _external[region] = used;
    }

    private HashSet<int> Leaves(IEnumerable<Value> values)
    {
        var leaves = new HashSet<int>();
        foreach (Value value in values) Add(leaves, _folding.Leaves(value));
        return leaves;
    }

    private static void Add(HashSet<int> set, IEnumerable<Value> values)
    {
        foreach (Value value in values) set.Add(value.Id);
    }

    private void Clash(int defined, HashSet<int> live)
    {
        if (_wishes.Members(defined).Count < 2) return;
        foreach (int other in _wishes.Members(defined))
            if (live.Contains(other)) Clash(defined, other);
    }

    private void Clash(int a, int b)
    {
        if (a != b) _pairs.Add(a < b ? (a, b) : (b, a));
    }
}
