using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit;

/// <summary>
/// The rows of a kernel as few nested axes as its tensors allow: neighbouring axes that every tensor runs through in one stride are one axis. Where nothing is
/// left but one run of elements and no row has a meaning, the space is flat and rows are chunks of it.
/// </summary>
internal sealed class RowSpace
{
    private readonly Shape _space;
    private readonly List<(int First, int End)> _axes = [];

    /// <param name="space">The shape that is iterated over.</param>
    /// <param name="addresses">Every tensor that is read or written.</param>
    /// <param name="needsRows">Whether a row must be a row: it is reduced, or its number matters.</param>
    /// <param name="needsLastAxis">Whether the index along the axis before the last matters.</param>
    public RowSpace(Shape space, IReadOnlyCollection<Address> addresses, bool needsRows, bool needsLastAxis)
    {
        _space = space;
        int outer = space.Rank - 1;
        for (int axis = 0; axis < outer; axis++)
        {
            bool joins = _axes.Count > 0 && !(needsLastAxis && axis == outer - 1)
                && addresses.All(a => a.Outer[axis - 1] == a.Outer[axis] * space[axis] || space[axis - 1].IsOne);
            if (joins) _axes[_axes.Count - 1] = (_axes[_axes.Count - 1].First, axis + 1);
            else _axes.Add((axis, axis + 1));
        }

        IsFlat = !needsRows && _axes.Count <= 1 && !space[-1].IsOne
            && (outer <= 0 || addresses.All(a => a.Outer[outer - 1] == a.Column * space[-1]))
            && addresses.All(static a => a.Column.IsOne);
        Rows = space.CountBefore(Math.Max(outer, 0));
    }

    public bool IsFlat { get; }

    public Dim Rows { get; }

    public Dim Columns => _space.Rank == 0 ? Dim.One : _space[-1];

    /// <summary>Declarations of the indices of the axes, where there are several; <paramref name="index"/> is the name of each.</summary>
    public IEnumerable<string> Indices(string row, Func<int, string> index, Func<Dim, string> text)
    {
        if (_axes.Count <= 1) yield break;
        for (int k = 0; k < _axes.Count; k++)
        {
            Dim inner = Product(_axes[k].End, _space.Rank - 1);
            string value = inner.IsOne ? row : $"{row} / {Group(text(inner))}";
            if (k > 0) value += $" % {Group(text(Product(_axes[k].First, _axes[k].End)))}";
            yield return $"int {index(k)} = {value};";
        }
    }

    /// <summary>Which axis stands for the last one before the columns.</summary>
    public int LastAxis => _axes.Count - 1;

    public bool HasOneAxis => _axes.Count <= 1;

    /// <summary>The offset of a row: Σ index · stride; empty where it is 0.</summary>
    public string Offset(Address address, string row, Func<int, string> index, Func<Dim, string> text)
    {
        var terms = new List<string>();
        if (address.Offset != Dim.Zero) terms.Add(text(address.Offset));
        for (int k = 0; k < _axes.Count; k++)
        {
            // The stride of joined axes is that of the innermost one that is longer than 1.
            Dim stride = address.Outer[_axes[k].End - 1];
            if (stride == Dim.Zero) continue;
            string position = _axes.Count == 1 ? row : index(k);
            terms.Add(stride.IsOne ? position : $"(nint){position} * {Group(text(stride))}");
        }

        return string.Join(" + ", terms);
    }

    private Dim Product(int start, int end) => _space.Dims.Skip(start).Take(end - start).Aggregate(Dim.One, static (a, b) => a * b);

    private static string Group(string text) => text.Contains(' ') ? "(" + text + ")" : text;
}
