using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Scheduling;

namespace AutoDiff.Compiler.Emit;

/// <summary>
/// Which of a row's column loops computes what. A reduction of the row ends a loop; a value that needs it waits for the next one. What several loops need is
/// computed again where that is cheap, and otherwise kept: in the destination where it is an output, else in a scratch row.
/// </summary>
internal sealed class RowSchedule
{
    // An elementary function is worth keeping, a few additions are not.
    private const int WorthKeeping = 12;

    private readonly RowKernel _kernel;
    private readonly Dictionary<int, Apply> _definitions;
    private readonly Dictionary<int, int> _ready = [];
    private readonly HashSet<int> _kept = [];

    public RowSchedule(RowKernel kernel, Func<Value, bool> canReload)
    {
        _kernel = kernel;
        _definitions = kernel.Body.ToDictionary(static apply => apply.Result.Id);
        foreach (Apply apply in kernel.Body)
        {
            int ready = apply.Inputs.Select(Ready).Append(0).Max();
            _ready[apply.Result.Id] = Fusible.IsRowReduction(apply) && IsColumn(apply.Inputs[0]) ? ready + 1 : ready;
        }

        foreach (Apply apply in kernel.Body)
        {
            if (!IsColumn(apply.Result) || Fusible.IsColumnReduction(apply)) continue;
            int[] loops = Loops.Where(loop => Needed(loop).Contains(apply.Result.Id)).ToArray();
            if (loops.Length > 1 && (canReload(apply.Result) || Cost(apply.Result) >= WorthKeeping)) _kept.Add(apply.Result.Id);
        }
    }

    public IEnumerable<int> Loops => Enumerable.Range(0, _kernel.Body.Select(a => LoopOf(a) + 1).Append(0).Max());

    /// <summary>The loop behind which, or else in front of the first of which, a value that a row has once is computed.</summary>
    public int RowLoopOf(Value value)
        => Fusible.IsRowReduction(Definition(value)) && IsColumn(Definition(value).Inputs[0]) ? Ready(Definition(value).Inputs[0]) : Math.Max(Ready(value) - 1, 0);

    /// <summary>The values that a row has once and that a later loop than the one behind which they are computed needs, in order.</summary>
    public IEnumerable<Value> Carried()
    {
        var carried = new HashSet<int>();
        foreach (Apply apply in _kernel.Body.Where(a => !IsColumn(a.Result) && !Fusible.IsColumnReduction(a)))
            if (!Fusible.IsRowReduction(apply) || !IsColumn(apply.Inputs[0])) Visit(apply, RowLoopOf(apply.Result));
        foreach (int loop in Loops)
        {
            HashSet<int> needed = Needed(loop);
            foreach (Apply apply in _kernel.Body.Where(a => needed.Contains(a.Result.Id))) Visit(apply, loop);
        }

        return _kernel.Body.Select(static a => a.Result).Where(value => carried.Contains(value.Id));

        void Visit(Apply apply, int loop)
        {
            foreach (Value input in apply.Inputs)
                if (IsInside(input) && !IsColumn(input) && !Fusible.IsColumnReduction(Definition(input)) && RowLoopOf(input) < loop) carried.Add(input.Id);
        }
    }

    /// <summary>The values that are kept from the loop that computes them for later ones.</summary>
    public bool IsKept(Value value) => _kept.Contains(value.Id);

    public bool IsInside(Value value) => _definitions.ContainsKey(value.Id);

    public Apply Definition(Value value) => _definitions[value.Id];

    /// <summary>Whether a value differs from column to column.</summary>
    public bool IsColumn(Value value) => value.Type is TensorType tensor && IsColumn(tensor.Shape);

    private bool IsColumn(Shape shape) => shape.Rank > 0 && (!shape[-1].IsOne || _kernel.Space[-1].IsOne);

    /// <summary>The number of column loops that have to be over before a value can be known.</summary>
    public int Ready(Value value) => _ready.TryGetValue(value.Id, out int ready) ? ready : 0;

    /// <summary>The loop in which a value, or what a reduction reduces, is computed first.</summary>
    private int LoopOf(Apply apply)
        => Fusible.IsRowReduction(apply) || Fusible.IsColumnReduction(apply) ? Ready(apply.Inputs[0]) : IsColumn(apply.Result) ? Ready(apply.Result) : -1;

    /// <summary>The reductions whose operand runs through this loop.</summary>
    public IEnumerable<Apply> Reductions(int loop)
        => _kernel.Body.Where(a => (Fusible.IsRowReduction(a) || Fusible.IsColumnReduction(a)) && IsColumn(a.Inputs[0]) && Ready(a.Inputs[0]) == loop);

    /// <summary>The outputs that are written in this loop.</summary>
    public IEnumerable<Value> Outputs(int loop)
        => _kernel.Defines.Where(value => IsColumn(value) && !Fusible.IsColumnReduction(Definition(value)) && Ready(value) == loop);

    /// <summary>The values that are computed once a row, before this loop.</summary>
    public IEnumerable<Apply> RowValues(int loop) => _kernel.Body.Where(a => !IsColumn(a.Result) && !Fusible.IsColumnReduction(a)
        && !(Fusible.IsRowReduction(a) && IsColumn(a.Inputs[0])) && Ready(a.Result) == loop);

    /// <summary>The operations that this loop evaluates.</summary>
    public HashSet<int> Needed(int loop)
    {
        var needed = new HashSet<int>();
        foreach (Apply reduction in Reductions(loop)) Visit(reduction.Inputs[0]);
        foreach (Value output in Outputs(loop)) Visit(output);
        foreach (int id in _kept)
            if (_ready[id] == loop) Visit(_definitions[id].Result);
        return needed;

        void Visit(Value value)
        {
            if (!_definitions.TryGetValue(value.Id, out Apply? apply) || !IsColumn(value) || IsReloaded(value, loop) || !needed.Add(value.Id)) return;
            foreach (Value input in apply.Inputs) Visit(input);
        }
    }

    /// <summary>Whether a loop reads a value that an earlier one has kept.</summary>
    public bool IsReloaded(Value value, int loop) => _kept.Contains(value.Id) && _ready[value.Id] < loop;

    private int Cost(Value value)
    {
        if (!_definitions.TryGetValue(value.Id, out Apply? apply) || !IsColumn(value) || _kept.Contains(value.Id)) return 0;
        int own = apply.Operation switch
        {
            Elementwise elementwise => VectorText.Cost(elementwise.Op),
            DropoutMask => 20,
            _ => 1,
        };
        return own + apply.Inputs.Sum(Cost);
    }
}
