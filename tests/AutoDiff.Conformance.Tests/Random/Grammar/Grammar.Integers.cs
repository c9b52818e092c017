namespace AutoDiff.Conformance.RandomPrograms;

internal sealed partial class Grammar
{
    /// <summary>An <c>int</c> that is not negative, and not great.</summary>
    private Node Integer(Scope scope, int depth)
    {
        Node Sub() => Integer(scope, depth - 1);
        return Pick(
            (2, () => new(Kind.Integer, $"{Next(4)}")),
            (6, () => scope.Of(Sort.Int).Any() ? new(Kind.Integer, $"{Any(scope.Of(Sort.Int)).Name}") : null),
            (1, () => scope.All.Where(static v => v.IsBuffer).ToArray() is { Length: > 0 } all ? new(Kind.Integer, $"{Any(all).Name}.Length") : null),
            (1, () => scope.Of(Sort.List).Any() ? new(Kind.Integer, $"{Any(scope.Of(Sort.List)).Name}.Count") : null),
            (2, () => depth > 0 ? new(Kind.Integer, $"(({Sub()} + {Sub()}) % 5)") : null),
            (1, () => depth > 0 ? new(Kind.Integer, $"({Sub()} * {Sub()} % 7)") : null),
            (1, () => depth > 0 ? new(Kind.Integer, $"({Truth(scope, 0)} ? {Sub()} : {Sub()})") : null),
            (1, () => depth > 0 && Rarely(3) && Writable(scope, Sort.Int) is { } k ? new(Kind.Integer, $"({k.Name}++ % 3)") : null));
    }

    /// <summary>An index into a buffer: one that is there.</summary>
    private Node Index(Scope scope, Variable buffer)
    {
        string length = buffer.Name + (buffer.Sort == Sort.List ? ".Count" : ".Length");
        Variable[] counters = [.. scope.Of(Sort.Int)];
        return Pick(
            (3, () => new(Kind.Integer, $"{Next(buffer.Length)}")),
            (3, () => counters.Length > 0 ? new(Kind.Integer, $"{Any(counters).Name} % {buffer.Length}") : null),
            (1, () => new(Kind.Integer, $"{Integer(scope, 1)} % {length}")),
            (1, () => new(Kind.Integer, $"{length} - 1 - {Integer(scope, 0)} % {buffer.Length}")),
            (1, () => new(Kind.Integer, $"^{1 + Next(buffer.Length)}")));
    }

    /// <summary>A <c>bool</c>.</summary>
    private Node Truth(Scope scope, int depth)
    {
        Node Sub() => Truth(scope, depth - 1);
        return Pick(
            (3, () => new(Kind.Truth, $"{Integer(scope, 0)} % 2 == {Next(2)}")),
            (2, () => new(Kind.Truth, $"{Integer(scope, 0)} {Any(new[] { "<", ">", "<=", ">=", "==", "!=" })} {Next(4)}")),
            (4, () => new(Kind.Truth, $"{Number(scope, depth)} {Any(new[] { "<", ">", "<=", ">=" })} {Number(scope, 0)}")),
            (1, () => scope.Of(Sort.Bool).Any() ? new(Kind.Truth, $"{Any(scope.Of(Sort.Bool)).Name}") : null),
            (1, () => depth > 0 ? new(Kind.Truth, $"({Sub()} && {Sub()})") : null),
            (1, () => depth > 0 ? new(Kind.Truth, $"({Sub()} || {Sub()})") : null),
            (1, () => depth > 0 ? new(Kind.Truth, $"!({Sub()})") : null));
    }
}
