using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Scheduling;

namespace AutoDiff.Compiler.Emit;

/// <summary>The fields of a kernel's struct: the spans, numbers and dimensions that it captures from the method.</summary>
internal sealed class KernelFields(IKernelHost host, UniqueNames names)
{
    private readonly List<(string Type, string Name, string Initial)> _fields = [];
    private readonly Dictionary<int, (string Name, bool IsWritten)> _spans = [];
    private readonly Dictionary<int, string> _scalars = [];
    private readonly Dictionary<string, string> _symbols = new(StringComparer.Ordinal);

    public IReadOnlyList<(string Type, string Name, string Initial)> All => _fields;

    /// <summary>The storages that are captured, with the names of their fields.</summary>
    public IEnumerable<(Value Root, string Name)> Spans => _roots.Select(root => (root, _spans[root.Id].Name));

    private readonly List<Value> _roots = [];

    public string Span(Value root, bool isWritten)
    {
        if (_spans.TryGetValue(root.Id, out (string Name, bool IsWritten) known))
        {
            if (isWritten && !known.IsWritten)
            {
                int index = _fields.FindIndex(field => field.Name == known.Name);
                _fields[index] = _fields[index] with { Type = SpanType(root, true) };
                _spans[root.Id] = (known.Name, true);
            }

            return known.Name;
        }

        string name = names.Reserve(host.NameOf(root));
        _spans[root.Id] = (name, isWritten);
        _roots.Add(root);
        _fields.Add((SpanType(root, isWritten), name, host.SpanOf(root)));
        return name;
    }

    public string Scalar(Value scalar)
    {
        if (!_scalars.TryGetValue(scalar.Id, out string? name))
        {
            name = _scalars[scalar.Id] = names.Reserve(host.NameOf(scalar));
            _fields.Add((scalar.Element.CSharp(), name, host.ScalarOf(scalar)));
        }

        return name;
    }

    public string Extra(string type, string preferred, string initial)
    {
        string name = names.Reserve(preferred);
        _fields.Add((type, name, initial));
        return name;
    }

    /// <summary>Gives a field another initial value.</summary>
    public void Replace(int index, string initial) => _fields[index] = _fields[index] with { Initial = initial };

    /// <summary>A dimension as an expression over fields.</summary>
    public string Dim(Dim dim) => dim.ToString(Symbol).Replace("*", " * ").Replace("/", " / ");

    private string Symbol(string symbol)
    {
        if (!_symbols.TryGetValue(symbol, out string? name))
        {
            name = _symbols[symbol] = names.Reserve(host.SpellSymbol(symbol));
            _fields.Add(("int", name, host.SpellSymbol(symbol)));
        }

        return name;
    }

    private static string SpanType(Value root, bool isWritten)
        => $"global::System.{(isWritten ? "Span" : "ReadOnlySpan")}<{root.Element.CSharp()}>";
}
