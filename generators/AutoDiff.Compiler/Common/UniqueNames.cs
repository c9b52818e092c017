using System.Globalization;

namespace AutoDiff.Compiler;

/// <summary>
/// Names that are free in a scope of generated code: plain where possible, numbered from 2 only where they repeat
/// (<c>h</c>, <c>h2</c>, <c>h3</c>). Siblings may use the same name; an outer scope and a scope inside it may not, whichever
/// comes first (CS0136).
/// </summary>
internal sealed class UniqueNames
{
    private readonly UniqueNames? _outer;
    private readonly HashSet<string> _declared = new(StringComparer.Ordinal);
    private readonly HashSet<string> _declaredInside = new(StringComparer.Ordinal);

    /// <summary>An outermost scope in which <paramref name="taken"/> (members, parameters …) are not free.</summary>
    public UniqueNames(params IEnumerable<string> taken) => _declared.UnionWith(taken.Select(CSharpNames.Unescape));

    private UniqueNames(UniqueNames outer) => _outer = outer;

    /// <summary>A scope inside this one.</summary>
    public UniqueNames Nested() => new(this);

    /// <summary>Declares a name that is a keyword-escaped, numbered variant of <paramref name="preferred"/>, and returns it.</summary>
    public string Reserve(string preferred)
    {
        string plain = CSharpNames.ToIdentifier(CSharpNames.Unescape(preferred));
        string name = plain;
        // A digit at the end would run into the number: x1 → x1_2, not x12.
        string separator = char.IsDigit(plain[plain.Length - 1]) ? "_" : "";
        for (int number = 2; !IsFree(name); number++)
            name = plain + separator + number.ToString(CultureInfo.InvariantCulture);
        Declare(name);
        return CSharpNames.Escape(name);
    }

    /// <summary>Declares exactly <paramref name="name"/>; false where it is taken.</summary>
    public bool TryReserve(string name)
    {
        name = CSharpNames.Unescape(name);
        if (!IsFree(name))
            return false;
        Declare(name);
        return true;
    }

    public bool IsFree(string name)
    {
        if (_declaredInside.Contains(name))
            return false;
        for (UniqueNames? scope = this; scope is not null; scope = scope._outer)
        {
            if (scope._declared.Contains(name))
                return false;
        }
        return true;
    }

    private void Declare(string name)
    {
        _declared.Add(name);
        for (UniqueNames? scope = _outer; scope is not null; scope = scope._outer)
            scope._declaredInside.Add(name);
    }
}
