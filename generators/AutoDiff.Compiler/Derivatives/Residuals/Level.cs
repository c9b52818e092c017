using AutoDiff.Compiler.Analysis;
using AutoDiff.Compiler.Derivatives.Reverse;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Derivatives.Residuals;

/// <summary>The values that one region of the forward part defines itself, and how the backward part can get at them.</summary>
internal sealed class Level
{
    private readonly Region _region;
    private readonly BufferFacts _buffers;
    private readonly Dictionary<int, Instruction> _definedBy = [];
    private readonly HashSet<int> _parameters;
    private readonly Dictionary<int, bool> _free = [];
    private readonly bool _onlyCheap;

    /// <param name="region">The region.</param>
    /// <param name="buffers">What is written.</param>
    /// <param name="onlyCheap">Whether only what costs no more than a store and a load may be computed again.</param>
    public Level(Region region, BufferFacts buffers, bool onlyCheap = false)
    {
        _onlyCheap = onlyCheap;
        _region = region;
        _buffers = buffers;
        _parameters = [.. region.Parameters.Select(static p => p.Id)];
        foreach (Instruction instruction in region.Body)
            foreach (Value result in instruction.Results) _definedBy[result.Id] = instruction;
    }

    /// <summary>The same level, where only what costs no more than a store and a load is computed again.</summary>
    /// <param name="known">The parameters that are known in the backward part.</param>
    public Level OnlyCheap(IEnumerable<int> known)
    {
        var level = new Level(_region, _buffers, onlyCheap: true);
        foreach (int id in known) level.MarkFree(id);
        return level;
    }

    /// <summary>Parameters first, then results in order.</summary>
    public IEnumerable<Value> Definitions => _region.Parameters.Concat(_region.Body.SelectMany(static i => i.Results));

    public bool IsState(Value value) => _parameters.Contains(value.Id);

    public bool IsConstant(Value value) => _definedBy.TryGetValue(value.Id, out Instruction? instruction) && instruction is Constant;

    /// <summary>The same values without views: those cannot be stored, and are made again from what they are views of.</summary>
    public List<Value> WithoutViews(List<Value> demanded)
    {
        var kept = new List<Value>();
        var seen = new HashSet<int>();
        foreach (Value value in demanded) Visit(value);
        return kept;

        void Visit(Value value)
        {
            if (!IsHere(value) || !seen.Add(value.Id)) return;
            if (!IsView(value)) kept.Add(value);
            else foreach (Value read in _definedBy[value.Id].Operands) Visit(read);
        }
    }

    /// <summary>
    /// The numbers that the demanded values are, or are made of: what is kept where nothing is computed again. Conditions and indices are made again from the numbers that
    /// they compare: saved themselves, they could keep a loop out of vector lanes, and its sums would have another order. What lies unchanged in memory, or in a table, is read where it is.
    /// </summary>
    /// <param name="demanded">What the backward part reads.</param>
    /// <param name="known">What is known there already.</param>
    public List<Value> Numbers(List<Value> demanded, HashSet<int> known)
    {
        var numbers = new List<Value>();
        var seen = new HashSet<int>(known);
        foreach (Value value in demanded) Visit(value);
        return numbers;

        void Visit(Value value)
        {
            if (!IsHere(value) || IsConstant(value) || !seen.Add(value.Id)) return;
            if (IsFree(value) && _definedBy.TryGetValue(value.Id, out Instruction? read) && read is Load or Apply { Operation: OutsideElement }) return;
            if (value.Type is TensorType || value.Type is ScalarType && value.Element.IsFloating()) numbers.Add(value);
            else if (_definedBy.TryGetValue(value.Id, out Instruction? instruction))
                foreach (Value operand in Recomputation.Reads(instruction)) Visit(operand);
        }
    }

    private bool IsView(Value value)
        => _definedBy.TryGetValue(value.Id, out Instruction? instruction) && (instruction is SliceBuffer || Recomputation.IsZeros(instruction, _buffers));

    /// <summary>Declares a parameter known in the backward part (a counter).</summary>
    public void MarkFree(int id) => _free[id] = true;

    /// <summary>The definitions of this level that the backward region reads.</summary>
    public List<Value> Demanded(Region backward)
    {
        var read = new HashSet<int>(FreeValues.Of(backward).Select(static v => v.Id));
        return Definitions.Where(v => read.Contains(v.Id)).ToList();
    }

    /// <summary>Whether the value can be computed again from counters, unwritten memory and outer values alone.</summary>
    public bool IsFree(Value value)
    {
        if (!IsHere(value)) return true;
        if (_free.TryGetValue(value.Id, out bool known)) return known;
        _free[value.Id] = false;
        bool free = _definedBy.TryGetValue(value.Id, out Instruction? instruction)
            && Recomputation.IsPossible(instruction, _buffers) && (!_onlyCheap || Recomputation.IsCheap(instruction))
            && Recomputation.Reads(instruction).All(IsFree);
        return _free[value.Id] = free;
    }

    /// <summary>What to store of a loop body: the minimum cut between carried states and demanded values; values that are free are on neither side.</summary>
    public List<Value> Cut(List<Value> demanded)
    {
        var index = new Dictionary<int, int>();
        var nodes = new List<Value>();
        foreach (Value value in demanded.Where(v => !IsFree(v))) Visit(value);
        if (nodes.Count == 0) return [];

        var cut = new MinimumCut(nodes.Count);
        for (int n = 0; n < nodes.Count; n++)
        {
            cut.Cost(n, IsView(nodes[n]) ? MinimumCut.Infinite : Recomputation.Bytes(nodes[n].Type));
            if (!MayRepeat(nodes[n])) cut.MarkSource(n);
            else foreach (Value read in Recomputation.Reads(_definedBy[nodes[n].Id]).Where(r => IsHere(r) && !IsFree(r))) cut.Needs(n, index[read.Id]);
        }

        foreach (Value value in demanded.Where(v => !IsFree(v))) cut.MarkSink(index[value.Id]);
        return cut.Solve().Select(n => nodes[n]).ToList();

        void Visit(Value value)
        {
            if (index.ContainsKey(value.Id)) return;
            index[value.Id] = nodes.Count;
            nodes.Add(value);
            if (!MayRepeat(value)) return;
            foreach (Value read in Recomputation.Reads(_definedBy[value.Id]).Where(r => IsHere(r) && !IsFree(r))) Visit(read);
        }
    }

    /// <summary>What computes a value again at the cost of no more than a store and a load; null where nothing does.</summary>
    public Instruction? Repeated(Value value) => MayRepeat(value) ? _definedBy[value.Id] : null;

    /// <summary>Which of the demanded values of a branch are not simply computed again.</summary>
    public IEnumerable<int> NotCheap(List<Value> demanded) => demanded.Where(v => !IsCheap(v)).Select(static v => v.Id);

    /// <summary>Prepends to the backward region what defines the demanded values again, and lets it read those.</summary>
    public Region Restore(
        Region backward, List<Value> demanded, Dictionary<int, Value> available, IReadOnlyList<Instruction> prologue, ValueFactory values)
    {
        var map = new Dictionary<int, Value>(available);
        var needed = new HashSet<Instruction>(IdentityComparer<Instruction>.Instance);
        foreach (Value value in demanded) Need(value);
        var body = new List<Instruction>(prologue);
        foreach (Instruction instruction in _region.Body.Where(needed.Contains)) body.Add(instruction.Rewrite(Use, Define));
        Region rewritten = backward.Rewrite(Use, static v => v);
        return rewritten with { Body = body.Concat(rewritten.Body).ToEquatable() };

        void Need(Value value)
        {
            if (!IsHere(value) || available.ContainsKey(value.Id)) return;
            if (!_definedBy.TryGetValue(value.Id, out Instruction? instruction))
                throw new InvalidOperationException($"the state {value} is neither stored nor known");
            if (!needed.Add(instruction)) return;
            foreach (Value read in Recomputation.Reads(instruction)) Need(read);
        }

        Value Use(Value value) => map.TryGetValue(value.Id, out Value? mapped) ? mapped : value;

        Value Define(Value value) => map[value.Id] = values.New(value.Type, value.Name);
    }

    private bool IsHere(Value value) => _parameters.Contains(value.Id) || _definedBy.ContainsKey(value.Id);

    private bool MayRepeat(Value value)
        => _definedBy.TryGetValue(value.Id, out Instruction? instruction)
            && Recomputation.IsPossible(instruction, _buffers) && Recomputation.IsCheap(instruction);

    private bool IsCheap(Value value)
        => !IsHere(value) || (MayRepeat(value) && Recomputation.Reads(_definedBy[value.Id]).All(IsCheap));
}
