using AutoDiff.Compiler.IR;

namespace AutoDiff.Generators.FrontEnd;

/// <summary>The current value of every variable that has one.</summary>
internal sealed class VariableState
{
    private readonly Dictionary<Variable, Value> _values;

    public VariableState() => _values = [];

    private VariableState(VariableState other) => _values = new(other._values);

    public Value? this[Variable variable]
    {
        get => _values.TryGetValue(variable, out Value? value) ? value : null;
        set
        {
            if (value is null) _values.Remove(variable);
            else _values[variable] = value;
        }
    }

    public IEnumerable<Variable> Variables => _values.Keys;

    public VariableState Copy() => new(this);
}
