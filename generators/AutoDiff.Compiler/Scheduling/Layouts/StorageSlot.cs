using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Scheduling;

/// <summary>Memory for storages of one element type, one after the other.</summary>
internal sealed class StorageSlot(ElementKind element)
{
    private readonly List<Value> _roots = [];
    private readonly List<Dim> _sizes = [];

    public ElementKind Element { get; } = element;

    /// <summary>The storages, in the order in which they are written.</summary>
    public IReadOnlyList<Value> Roots => _roots;

    /// <summary>The sizes of which the slot has the largest; none is known to be less than another.</summary>
    public IReadOnlyList<Dim> Sizes => _sizes;

    public void Add(Value root, Dim size)
    {
        _roots.Add(root);
        if (_sizes.Any(other => IsMultiple(other, size))) return;
        _sizes.RemoveAll(other => IsMultiple(size, other));
        _sizes.Add(size);
    }

    private static bool IsMultiple(Dim large, Dim small) => large == small || (small != Dim.Zero && Dim.Divide(large, small)?.Literal is >= 1);
}
