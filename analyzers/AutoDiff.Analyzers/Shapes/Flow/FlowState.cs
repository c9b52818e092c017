using Microsoft.CodeAnalysis;

namespace AutoDiff.Analyzers.Shapes;

/// <summary>What is known of the variables (and of the compiler's temporaries) at one point. What is not in it is not known.</summary>
internal sealed class FlowState
{
    private readonly Dictionary<object, ShapeValue> _values;

    public FlowState() => _values = new(VariableComparer.Instance);

    private FlowState(Dictionary<object, ShapeValue> values) => _values = values;

    public ShapeValue this[object variable]
    {
        get => _values.TryGetValue(variable, out ShapeValue? value) ? value : ShapeValue.Unknown;
        set
        {
            if (value is UnknownValue) _values.Remove(variable);
            else _values[variable] = value;
        }
    }

    public FlowState Copy() => new(new Dictionary<object, ShapeValue>(_values, VariableComparer.Instance));

    /// <summary>
    /// Takes in what is known on another path. What only one of them knows was not assigned on the other, or is not known there: it goes.
    /// </summary>
    /// <returns>Whether this changed.</returns>
    public bool Join(FlowState other)
    {
        bool changed = false;
        foreach (object variable in _values.Keys.ToArray())
        {
            ShapeValue before = _values[variable], after = Joins.Of(before, other[variable]);
            if (after.Equals(before)) continue;
            this[variable] = after;
            changed = true;
        }

        return changed;
    }

    /// <summary>Adds the variables that are chosen to another state.</summary>
    public void CopyTo(FlowState other, Func<ISymbol, bool> isChosen)
    {
        foreach (KeyValuePair<object, ShapeValue> pair in _values)
            if (pair.Key is ISymbol variable && isChosen(variable)) other[variable] = pair.Value;
    }

    /// <summary>Forgets what was said in a name that is about to mean another number.</summary>
    public void Forget(string name)
    {
        foreach (object variable in _values.Keys.ToArray())
            this[variable] = Substitution.Without(_values[variable], name);
    }
}

/// <summary>Symbols by their own equality, temporaries by value.</summary>
internal sealed class VariableComparer : IEqualityComparer<object>
{
    public static VariableComparer Instance { get; } = new();

    public new bool Equals(object? x, object? y)
        => x is ISymbol a && y is ISymbol b ? SymbolEqualityComparer.Default.Equals(a, b) : object.Equals(x, y);

    public int GetHashCode(object variable)
        => variable is ISymbol symbol ? SymbolEqualityComparer.Default.GetHashCode(symbol) : variable.GetHashCode();
}
