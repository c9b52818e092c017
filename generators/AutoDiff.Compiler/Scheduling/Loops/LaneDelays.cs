using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Transforms;

namespace AutoDiff.Compiler.Scheduling.Loops;

/// <summary>
/// Carried values that only hand on what the iteration before made (<c>previous = x[i]</c>; a first-order recurrence, but no sum of its own past): all lanes of
/// what is handed on are computed first, and moved by one lane. That takes another order of the body, which exists unless a value is made of itself.
/// </summary>
internal sealed class LaneDelays
{
    private readonly For _loop;
    private readonly HashSet<int> _delayed;
    private readonly MemoryEffects _effects;
    private readonly Dictionary<int, int> _definitions = [];
    private readonly Dictionary<int, int> _states = [];
    private readonly List<LaneStep> _order = [];
    private readonly bool[] _isEntered;
    private readonly bool[] _isDone;

    private LaneDelays(For loop, IndexFacts facts, HashSet<int> delayed)
    {
        (_loop, _delayed, _effects) = (loop, delayed, new MemoryEffects(facts.RootOf));
        int count = loop.Body.Body.Length;
        for (int i = 0; i < count; i++)
            foreach (Value result in loop.Body.Body[i].Results) _definitions[result.Id] = i;
        for (int k = 0; k < loop.Initial.Length; k++)
            if (delayed.Contains(loop.Body.Parameters[k + 1].Id)) _states[loop.Body.Parameters[k + 1].Id] = count + k;
        _isEntered = new bool[count + loop.Initial.Length];
        _isDone = new bool[count + loop.Initial.Length];
    }

    /// <summary>The order in which lanes run the body; null where there is none.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="facts">What is known of the body around it.</param>
    /// <param name="delayed">The carried parameters that hand on.</param>
    public static IReadOnlyList<LaneStep>? Order(For loop, IndexFacts facts, HashSet<int> delayed)
    {
        var delays = new LaneDelays(loop, facts, delayed);
        for (int node = 0; node < delays._isDone.Length; node++)
            if ((node < loop.Body.Body.Length || delayed.Contains(loop.Body.Parameters[node - loop.Body.Body.Length + 1].Id)) && !delays.Visit(node)) return null;
        return delays._order;
    }

    // Instructions come first among the nodes, delayed values behind them.
    private bool Visit(int node)
    {
        if (_isDone[node]) return true;
        if (_isEntered[node]) return false;
        _isEntered[node] = true;
        int count = _loop.Body.Body.Length;
        if (node >= count)
        {
            if (!VisitValue(_loop.Body.Yields[node - count])) return false;
            _order.Add(new LaneStep(null, node - count));
        }
        else
        {
            Instruction instruction = _loop.Body.Body[node];
            if (!instruction.Operands.Concat(FreeValues.Of([.. instruction.Regions])).All(VisitValue) || !VisitMemory(instruction, node)) return false;
            _order.Add(new LaneStep(instruction, -1));
        }

        return _isDone[node] = true;
    }

    private bool VisitValue(Value value)
        => _definitions.TryGetValue(value.Id, out int definition) ? Visit(definition) : !_states.TryGetValue(value.Id, out int state) || Visit(state);

    /// <summary>What is written keeps its place among what else happens to the same memory.</summary>
    private bool VisitMemory(Instruction instruction, int node)
    {
        HashSet<int> written = _effects.Written(instruction), touched = _effects.Touched(instruction);
        if (touched.Count == 0) return true;
        for (int i = 0; i < node; i++)
        {
            Instruction earlier = _loop.Body.Body[i];
            if ((_effects.Written(earlier).Overlaps(touched) || written.Overlaps(_effects.Touched(earlier))) && !Visit(i)) return false;
        }

        return true;
    }
}
