using AutoDiff.Compiler.Analysis;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit.Variables;

/// <summary>
/// Decides which values have no variable: they are written as expressions where they are used. Such a value is pure, unnamed and used once, in the region that
/// defines it, and nothing between the two places may change what it reads. Constants are written at every use, so that the literal of an index does not get
/// the name of a variable that happens to start with the same number; unnamed lengths are too.
/// </summary>
internal sealed class Folding
{
    // More operations than this are hard to read in one line.
    private const int MaxOperations = 14;

    private readonly BodyLayout _layout;
    private readonly Partition _wishes;
    private readonly Func<Value, bool> _isNamed;
    private readonly Dictionary<int, Tree> _folded = [];
    private readonly HashSet<int> _ternaries = [];
    private readonly Dictionary<(RegionSite, int), Effects> _effects = [];
    private readonly Dictionary<int, IReadOnlyDictionary<int, int>> _loopConditions = [];

    /// <param name="layout">The body.</param>
    /// <param name="wishes">The values that might share a variable; moving a read past the definition of such a value would keep them apart.</param>
    /// <param name="isNamed">Whether a value has a name to be kept.</param>
    public Folding(BodyLayout layout, Partition wishes, Func<Value, bool> isNamed)
    {
        _layout = layout;
        _wishes = wishes;
        _isNamed = isNamed;
        Visit(layout.Root);
    }

    public bool IsFolded(Value value) => _folded.ContainsKey(value.Id);

    /// <summary>Whether the result of this <see cref="If"/> is written as a conditional expression (it may be a variable's initializer).</summary>
    public bool IsTernary(If branch) => branch.Defines.Length == 1 && _ternaries.Contains(branch.Defines[0].Id);

    /// <summary>
    /// The condition of a loop as an expression over its carried values, where what is tested first and what is tested later are the same expression; null
    /// otherwise: then the condition is a variable.
    /// </summary>
    public bool HasLoopCondition(Instruction loop)
        => loop is While or For { HasCondition: true } && _loopConditions.ContainsKey(Affinity.Carried(loop).First().Id);

    /// <summary>For the values that such a condition reads of the end of an iteration, by their numbers: the position of the carried value that each of them is in the next one.</summary>
    public IReadOnlyDictionary<int, int> LoopCondition(Instruction loop) => _loopConditions[Affinity.Carried(loop).First().Id];

    /// <summary>The variables that the text of a value mentions.</summary>
    public IEnumerable<Value> Leaves(Value value) => _folded.TryGetValue(value.Id, out Tree? tree) ? tree.Leaves : [value];

    /// <summary>The variables that the text of a conditional expression mentions.</summary>
    public IEnumerable<Value> TernaryLeaves(If branch)
        => Leaves(branch.Condition).Concat(Leaves(branch.Then.Yields[0])).Concat(Leaves(branch.Else.Yields[0]));

    private void Visit(RegionSite region)
    {
        for (int i = 0; i < region.Body.Length; i++)
        {
            foreach (RegionSite nested in region.Nested(i)) Visit(nested);
            Instruction instruction = region.Body[i];
            if (instruction is While or For { HasCondition: true }) MatchCondition(instruction, new Site(region, i));
            if (instruction is If branch && IsConditionalExpression(branch)) _ternaries.Add(branch.Defines[0].Id);
            if (instruction.Results.Length == 1 && TreeOf(instruction) is Tree tree && MayFold(instruction.Results[0], instruction, tree, new Site(region, i)))
                _folded.Add(instruction.Results[0].Id, tree);
        }
    }

    private Tree? TreeOf(Instruction instruction) => instruction switch
    {
        Constant => new Tree([], 0, false),
        Apply { Result.Type: ScalarType } => Combine(instruction.Operands, 1, OutsideState.IsRead(instruction)),
        Load load => Combine(instruction.Operands, 1, load.Buffer.Type is not BufferType { Kind: BufferKind.ReadOnlySpan }),
        BufferLength => Combine(instruction.Operands, 0, false),
        // What a call leaves behind a reference is no expression.
        Call { IsPure: true, IsRecording: false, Defines.Length: 1, Callee: { Result: not null, HasTensors: false } } call when call.Defines[0].Type is ScalarType => Combine(instruction.Operands, 2, false),
        If branch when IsTernary(branch) => Combine([branch.Condition, branch.Then.Yields[0], branch.Else.Yields[0]], 1, false),
        _ => null,
    };

    private Tree Combine(EquatableArray<Value> operands, int operations, bool readsMemory)
    {
        var leaves = new List<Value>();
        foreach (Value operand in operands)
        {
            if (_folded.TryGetValue(operand.Id, out Tree? tree))
            {
                leaves.AddRange(tree.Leaves);
                operations += tree.Operations;
                readsMemory |= tree.ReadsMemory;
            }
            else
            {
                leaves.Add(operand);
            }
        }

        return new Tree(leaves, operations, readsMemory);
    }

    private bool MayFold(Value value, Instruction instruction, Tree tree, Site definition)
    {
        if (instruction is Constant) return true;
        if (_isNamed(value)) return false;
        IReadOnlyList<Site> uses = _layout.UsesOf(value);
        if (instruction is BufferLength) return uses.All(use => IsUndisturbed(tree, definition, use));
        if (tree.Operations > MaxOperations || uses.Count != 1) return false;
        return ReferenceEquals(uses[0].Region, definition.Region) && !IsReread(value, uses[0], tree) && IsUndisturbed(tree, definition, uses[0]);
    }

    // The bound of a for statement is evaluated before each iteration: only what is cheap and does not change goes there.
    private bool IsReread(Value value, Site use, Tree tree)
        => use.Instruction is For loop && loop.End.Id == value.Id
            && (tree.ReadsMemory || tree.Operations > 2 || _layout.InstructionOf(value) is not (Apply or BufferLength)
                || tree.Leaves.Any(leaf => EffectsOf(use).Defines.Contains(_wishes.Find(leaf.Id))));

    private bool IsUndisturbed(Tree tree, Site from, Site to)
    {
        // Into nested regions: up to the instruction that holds them, and, for a loop, through the whole of it.
        Site common = to;
        while (!ReferenceEquals(common.Region, from.Region))
        {
            Site holder = new(common.Region.Parent!, common.Region.ParentIndex);
            if (Disturbs(EffectsOf(holder), tree)) return false;
            common = holder;
        }

        for (int i = from.Index + 1; i < common.Index; i++)
            if (Disturbs(EffectsOf(new Site(from.Region, i)), tree)) return false;
        return true;
    }

    private bool Disturbs(Effects effects, Tree tree)
        => tree.ReadsMemory && effects.WritesMemory || tree.Leaves.Any(leaf => effects.Defines.Contains(_wishes.Find(leaf.Id)));

    private Effects EffectsOf(Site site)
    {
        if (_effects.TryGetValue((site.Region, site.Index), out Effects? effects)) return effects;
        var defines = new HashSet<int>();
        Instruction instruction = site.Instruction!;
        bool writes = instruction is Store or Accumulate or CopyBuffer or FillBuffer or CallPullback || instruction is Call { IsPure: false } or Call { Callee.ChangesState: true };
        foreach (Value result in instruction.Results) defines.Add(_wishes.Find(result.Id));
        foreach (RegionSite nested in site.Region.Nested(site.Index))
        {
            foreach (Value parameter in nested.Region.Parameters) defines.Add(_wishes.Find(parameter.Id));
            for (int i = 0; i < nested.Body.Length; i++)
            {
                Effects inner = EffectsOf(new Site(nested, i));
                writes |= inner.WritesMemory;
                defines.UnionWith(inner.Defines);
            }
        }

        return _effects[(site.Region, site.Index)] = new Effects(defines, writes);
    }

    private bool IsConditionalExpression(If branch)
        => branch.Defines.Length == 1 && branch.Defines[0].Type is ScalarType && IsExpression(branch.Then) && IsExpression(branch.Else);

    private bool IsExpression(Region region)
        => region.Body.All(i => i.Results.Length == 1 && IsFolded(i.Results[0]))
            && (!_folded.TryGetValue(region.Yields[0].Id, out Tree? tree) || tree.Operations <= MaxOperations / 2);

    private void MatchCondition(Instruction loop, Site site)
    {
        Value[] carried = Affinity.Carried(loop).ToArray();
        (EquatableArray<Value> initial, EquatableArray<Value> yields) = loop is While other
            ? (other.Initial, other.Body.Yields)
            : (((For)loop).Initial, ((For)loop).Body.Yields);
        if (_layout.UsesOf(carried[0]).Count > 0 || _layout.UsesOf(loop.Results[0]).Count > 0) return;
        RegionSite body = site.Region.Nested(site.Index)[0];
        const int Itself = 0;
        var positions = new Dictionary<int, int>();
        if (Matches(initial[0], yields[0]))
            _loopConditions.Add(carried[0].Id, positions.Where(static p => p.Value != Itself).ToDictionary(static p => p.Key, static p => p.Value));

        // What an iteration ends with may be two carried values at once, or an outer value too: in one text it can stand for one of them only.
        bool Stands(Value later, Func<int, bool> fits)
        {
            if (positions.TryGetValue(later.Id, out int known)) return fits(known);
            for (int k = 0; k < carried.Length; k++)
            {
                if (!fits(k)) continue;
                positions[later.Id] = k;
                return true;
            }

            return false;
        }

        bool Matches(Value first, Value later)
        {
            bool isOuter = first.Id == later.Id && (_layout.DefinitionOf(first) is not Site at || !body.Encloses(at.Region));
            bool isCarried = Enumerable.Range(1, carried.Length - 1).Any(k => first.Id == initial[k].Id && later.Id == yields[k].Id);
            if (isOuter || isCarried)
                return Stands(later, k => k == Itself ? isOuter : first.Id == initial[k].Id && later.Id == yields[k].Id);
            if (first.Id == later.Id) return false;
            if (_layout.InstructionOf(first) is not Instruction a || _layout.InstructionOf(later) is not Instruction b) return false;
            if (!IsFolded(first) || !IsFolded(later)) return false;
            bool same = (a, b) switch
            {
                (Constant x, Constant y) => x.Bits == y.Bits && x.Result.Type == y.Result.Type,
                (Apply x, Apply y) => x.Operation == y.Operation && x.Result.Type == y.Result.Type,
                (Load x, Load y) => x.IsPure && y.IsPure && x.Path == y.Path,
                (BufferLength, BufferLength) => true,
                _ => false,
            };
            if (!same || a.Operands.Length != b.Operands.Length) return false;
            for (int k = 0; k < a.Operands.Length; k++)
                if (!Matches(a.Operands[k], b.Operands[k])) return false;
            return true;
        }
    }

    /// <summary>The text of a folded value, as far as decisions need it.</summary>
    private sealed record Tree(IReadOnlyList<Value> Leaves, int Operations, bool ReadsMemory);

    /// <summary>What an instruction with its regions does to others.</summary>
    private sealed record Effects(HashSet<int> Defines, bool WritesMemory);
}
