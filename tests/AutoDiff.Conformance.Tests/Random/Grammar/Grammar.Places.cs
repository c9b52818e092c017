namespace AutoDiff.Conformance.RandomPrograms;

internal sealed partial class Grammar
{
    /// <summary>What a number can be assigned to.</summary>
    private Node Place(Scope scope) => Pick(
        (5, () => Writable(scope, Sort.Double) is { } v ? new(Kind.Other, $"{v.Name}") : null),
        (4, () =>
        {
            Variable[] buffers = [.. scope.All.Where(static v => v.IsWritableBuffer || v.Sort == Sort.List)];
            return buffers.Length == 0 ? null : Any(buffers) is var b ? new(Kind.Other, $"{b.Name}[{Index(scope, b)}]") : null;
        }),
        (2, () => Writable(scope, Sort.Cell) is { } v ? new(Kind.Other, $"{v.Name}.{(Rarely(2) ? "V" : "W")}") : null),
        (2, () => Writable(scope, Sort.Point) is { } v ? new(Kind.Other, $"{v.Name}.{Any(Fields)}") : null));

    private Variable? Writable(Scope scope, Sort sort)
    {
        Variable[] all = [.. scope.Of(sort).Where(static v => v.IsWritable)];
        return all.Length == 0 ? null : Any(all);
    }

    /// <summary>A buffer to read, of at least so many elements.</summary>
    private Variable? Buffer(Scope scope, int length = 1)
    {
        Variable[] all = [.. scope.All.Where(v => v.IsBuffer && v.Length >= length)];
        return all.Length == 0 ? null : Any(all);
    }

    /// <summary>A buffer to write, of at least so many elements.</summary>
    private Variable? WritableBuffer(Scope scope, int length = 1)
    {
        Variable[] all = [.. scope.All.Where(v => v.IsWritableBuffer && v.Length >= length)];
        return all.Length == 0 ? null : Any(all);
    }
}
