using AutoDiff.Compiler;
using AutoDiff.Compiler.Analysis.Shapes;
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

    /// <summary>Whether only paths lead here that the program need not take: a loop that is not entered. Nothing is reported for them.</summary>
    public bool IsUnsure { get; private set; }

    public FlowState Copy() => Copy(IsUnsure);

    public FlowState Copy(bool isUnsure)
        => new(new Dictionary<object, ShapeValue>(_values, VariableComparer.Instance)) { IsUnsure = isUnsure };

    /// <summary>
    /// Takes in what is known on another path. What only one of them knows was not assigned on the other, or is not known there: it goes.
    /// </summary>
    /// <returns>Whether this changed.</returns>
    public bool Join(FlowState other) => Join(other, out _);

    /// <param name="isLoss">Whether a variable was known on both paths, and is known less well than on either from here on.</param>
    public bool Join(FlowState other, out bool isLoss)
    {
        isLoss = false;
        bool changed = IsUnsure && !other.IsUnsure;
        IsUnsure &= other.IsUnsure;
        foreach (object variable in _values.Keys.ToArray())
        {
            ShapeValue before = _values[variable], after = Joins.Of(before, other[variable]);
            if (!Joins.IsLess(after, before)) continue;
            isLoss |= !after.Equals(other[variable]);
            this[variable] = after;
            changed = true;
        }

        return changed;
    }

    /// <summary>Whether two paths know the same.</summary>
    public bool IsSame(FlowState other)
        => IsUnsure == other.IsUnsure && _values.Count == other._values.Count
            && _values.All(pair => other._values.TryGetValue(pair.Key, out ShapeValue? value) && value.Equals(pair.Value));

    /// <summary>Adds the variables that are chosen to another state.</summary>
    public void CopyTo(FlowState other, Func<ISymbol, bool> isChosen)
    {
        foreach (KeyValuePair<object, ShapeValue> pair in _values)
            if (pair.Key is ISymbol variable && isChosen(variable)) other[variable] = pair.Value;
    }

    /// <summary>The members of the object itself that are known.</summary>
    public IEnumerable<(string Name, ShapeValue Value)> Members
        => _values.Where(static pair => pair.Key is IFieldSymbol { IsStatic: false } or IPropertySymbol { IsStatic: false }).Select(static pair => (((ISymbol)pair.Key).Name, pair.Value));

    /// <summary>Every variable that holds a collection which changes.</summary>
    public void Replace(ShapeValue collection, Func<ShapeValue, ShapeValue> change)
    {
        foreach (object variable in _values.Keys.ToArray())
        {
            ShapeValue value = _values[variable];
            if (IsSame(value, collection)) this[variable] = change(value);

            // An object that was made with it may have kept it.
            else if (value is ModelValue model && model.Arguments.Any(a => IsSame(a.Value, collection)))
                this[variable] = model with { Arguments = model.Arguments.Where(a => !IsSame(a.Value, collection)).ToEquatable() };
        }
    }

    /// <summary>Whether some object's members are followed.</summary>
    public bool HasTracked => _values.Values.Any(static v => v is ModelValue { IsTracked: true });

    /// <summary>An object that is followed changes, whatever variables hold it.</summary>
    public void Update(SyntaxNode creation, Func<ModelValue, ModelValue> change)
    {
        foreach (object variable in _values.Keys.ToArray())
            if (_values[variable] is ModelValue { IsTracked: true } model && model.Creation == creation) this[variable] = change(model);
    }

    /// <summary>Objects that something else may hold and change from here on.</summary>
    public void Untrack(Func<ModelValue, bool> isMeant)
    {
        foreach (object variable in _values.Keys.ToArray())
            if (_values[variable] is ModelValue { IsTracked: true } model && isMeant(model)) this[variable] = model with { IsTracked = false };
    }

    /// <summary>Members of the object itself, as another of its methods has left them.</summary>
    public void Remember(INamedTypeSymbol type, IEnumerable<ModelArgument> members)
    {
        foreach (ModelArgument member in members)
            if (type.GetMembers(member.Name).FirstOrDefault(static m => m is IFieldSymbol or IPropertySymbol) is { } symbol) this[symbol] = member.Value;
    }

    /// <summary>A tensor that is not known is written through a reference: it may be that of any variable.</summary>
    public void ForgetTensors()
    {
        foreach (object variable in _values.Keys.ToArray())
            if (_values[variable] is TensorValue) _values.Remove(variable);
    }

    /// <summary>A collection that is not known changes: it may be any that holds tensors.</summary>
    public void ForgetTensorsOfCollections()
    {
        foreach (object variable in _values.Keys.ToArray())
        {
            if (_values[variable] is SequenceValue { Element: TensorValue } sequence)
                this[variable] = sequence with { Length = SizeComparison.Unknown, Items = null, Element = ShapeValue.Unknown };
            else if (_values[variable] is MapValue map && map.Entries.Any(static e => e.Value is TensorValue)) this[variable] = ShapeValue.Unknown;
        }
    }

    /// <summary>Something else may have written members of the object.</summary>
    public void ForgetMembers()
    {
        foreach (object variable in _values.Keys.ToArray())
            if (variable is IFieldSymbol or IPropertySymbol) _values.Remove(variable);
    }

    private static bool IsSame(ShapeValue a, ShapeValue b) => (a, b) switch
    {
        (SequenceValue { Creation: { } x }, SequenceValue { Creation: { } y }) => x == y,
        (MapValue { Creation: { } x }, MapValue { Creation: { } y }) => x == y,
        (SequenceValue or MapValue, _) => a.Equals(b),
        _ => false,
    };

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
