using Microsoft.CodeAnalysis;

namespace AutoDiff.Analyzers.Shapes;

/// <summary>The names of one method: which of them its declaration leaves open, and which variables nested functions change.</summary>
internal sealed class MethodNames
{
    private readonly HashSet<string> _rigid, _open, _free, _compared;

    public MethodNames()
    {
        _rigid = new(StringComparer.Ordinal);
        _open = new(StringComparer.Ordinal);
        _free = new(StringComparer.Ordinal);
        _compared = new(StringComparer.Ordinal);
    }

    private MethodNames(MethodNames caller)
        => (_rigid, _open, _free, _compared) = (caller._rigid, caller._open, caller._free, caller._compared);

    public static MethodNames None { get; } = new();

    /// <summary>For a method that is called with sizes in these names: the variables are its own.</summary>
    public MethodNames ForCallee() => this == None ? new() : new(this);

    /// <summary>Whether derivatives of the method are generated.</summary>
    public bool IsDifferentiable { get; init; }

    /// <summary>Variables that a nested function writes: nothing is known of them anywhere, but for what every write keeps.</summary>
    public HashSet<ISymbol> Shared { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>Variables that a nested function uses, whether it writes them or not.</summary>
    public HashSet<ISymbol> Captured { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>What is known of the shared variables at any time.</summary>
    public Dictionary<ISymbol, ShapeValue> Kept { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>Variables that are written after their declaration.</summary>
    public HashSet<ISymbol> Reassigned { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>The shape texts that uses of parameters without one ask for.</summary>
    public Dictionary<ISymbol, string> Wanted { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>Whether a name is declared to be any size, independently of the others.</summary>
    public bool IsRigid(string name) => _rigid.Contains(name) && !_compared.Contains(name);

    /// <summary>Whether a name is a number that an object can be made with, whether a shape text says it or not.</summary>
    public bool IsOpen(string name) => (_rigid.Contains(name) || _open.Contains(name)) && !_compared.Contains(name);

    /// <summary>Whether a name is one of the method's own shape texts: any size, whatever the object is.</summary>
    public bool IsFree(string name) => _free.Contains(name) && !_compared.Contains(name);

    /// <summary>How many names are compared with something.</summary>
    public int Compared => _compared.Count;

    public void Declare(IEnumerable<string> names) => _rigid.UnionWith(names);

    /// <summary>Names that nothing but a parameter of the method gives a size.</summary>
    public void DeclareFree(IEnumerable<string> names) => _free.UnionWith(names);

    public void DeclareOpen(IEnumerable<string> names) => _open.UnionWith(names);

    /// <summary>A method that compares sizes may know what it does: they are not independent any more.</summary>
    public void Compare(IEnumerable<string> names)
    {
        if (this != None) _compared.UnionWith(names);
    }
}
