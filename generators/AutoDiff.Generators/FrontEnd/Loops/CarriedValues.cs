using AutoDiff.Compiler;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Generators.FrontEnd;

/// <summary>
/// What a loop carries. Which variables a body assigns is first estimated from the source; those whose value is the same after every
/// iteration are taken out here, and their parameter is replaced by the value from before the loop.
/// </summary>
internal sealed class CarriedValues(
    List<Variable> variables, List<Value> initial, List<Value> parameters, List<Value> yields, bool conditional)
{
    public List<Value> Initial { get; private set; } = initial;

    public List<Variable> Variables { get; private set; } = variables;

    public Region Prune(Region body, Value? counter)
    {
        int first = conditional ? 1 : 0;
        var replaced = new Dictionary<Value, Value>();
        var kept = new List<int>();
        for (int i = 0; i < parameters.Count; i++)
        {
            if (i >= first && yields[i] == parameters[i]) replaced.Add(parameters[i], Initial[i]);
            else kept.Add(i);
        }

        Value Use(Value value) => replaced.TryGetValue(value, out Value? other) ? other : value;
        Variables = kept.Where(i => i >= first).Select(i => Variables[i - first]).ToList();
        Initial = kept.Select(i => Initial[i]).ToList();
        IEnumerable<Value> keptParameters = kept.Select(i => parameters[i]);
        return new Region(
            (counter is null ? keptParameters : keptParameters.Prepend(counter)).ToEquatable(),
            replaced.Count == 0 ? body.Body : body.Body.Select(i => i.Rewrite(Use, static v => v)).ToEquatable(),
            kept.Select(i => Use(yields[i])).ToEquatable());
    }
}
