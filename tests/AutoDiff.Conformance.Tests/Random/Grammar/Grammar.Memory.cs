namespace AutoDiff.Conformance.RandomPrograms;

internal sealed partial class Grammar
{
    /// <summary>Declares a buffer: memory of its own, or a view of another's.</summary>
    private Node NewBuffer(Scope scope)
    {
        int length = 2 + Next(3);
        string name = Name("m");
        Node Declare(Variable variable, Code code)
        {
            scope.Add(variable);
            return new(Kind.Statement, code);
        }

        return Pick(
            (2, () => Declare(new(name, Sort.Array, length), $"double[] {name} = new double[{length}];")),
            (1, () => Declare(new(name, Sort.Array, 3), $"double[] {name} = [{Number(scope, 1)}, {Number(scope, 1)}, {Number(scope, 0)}];")),
            (1, () => Declare(new(name, Sort.Array, 2), $"double[] {name} = new[] {{ {Number(scope, 1)}, {Number(scope, 1)} + 0.0 * {Number(scope, 0)} }};")),
            (2, () => Declare(new(name, Sort.Span, length) { IsStack = true, IsCaptured = false }, $"Span<double> {name} = stackalloc double[{length}];")),
            (1, () => Buffer(scope) is { } b ? Declare(new(name, Sort.Array, b.Length), $"double[] {name} = {b.Name}.ToArray();") : null),
            (3, () => WritableBuffer(scope, 2) is { } b ? View(scope, name, b) : null),
            (1, () => WritableBuffer(scope) is { } x && WritableBuffer(scope) is { } y && !x.IsStack && !y.IsStack
                ? Declare(new(name, Sort.Span, Math.Min(x.Length, y.Length)) { IsCaptured = false }, $"Span<double> {name} = {Truth(scope, 1)} ? {AsSpan(x)} : {AsSpan(y)};")
                : null),
            (2, () =>
            {
                Node first = Number(scope, 1), second = Number(scope, 1);
                string list = Name("l");
                return Declare(new(list, Sort.List, 2), $"List<double> {list} = new List<double>();\n{list}.Add({first});\n{list}.Add({second});");
            }));
    }

    private Node View(Scope scope, string name, Variable whole)
    {
        int length = 1 + Next(whole.Length - 1), room = whole.Length - length;
        scope.Add(new(name, Sort.Span, length) { IsStack = whole.IsStack, IsCaptured = false });
        string view = whole.Sort == Sort.Array ? "AsSpan" : "Slice";
        return Pick(
            (2, () => new(Kind.Statement, $"Span<double> {name} = {whole.Name}.{view}({Next(room + 1)}, {length});")),
            (1, () => new(Kind.Statement, $"Span<double> {name} = {whole.Name}.{view}({Integer(scope.Without(v => v.Name == name), 0)} % {room + 1}, {length});")),
            (1, () => new(Kind.Statement, $"Span<double> {name} = {whole.Name}.{view}({Next(room + 1)});")));
    }

    /// <summary>A sum over an array in the manner of LINQ.</summary>
    private Node? Sequence(Scope scope)
    {
        Variable[] arrays = [.. scope.Of(Sort.Array)];
        if (arrays.Length == 0) return null;
        string array = Any(arrays).Name;
        Scope own = scope.Captured(null);
        string item = Name("h");
        own.Add(new(item, Sort.Double) { IsWritable = false });
        return Next(3) switch
        {
            0 => new(Kind.Number, $"{array}.Sum()"),
            1 => new(Kind.Number, $"{array}.Sum({item} => {Pure(own, item)})"),
            _ => new(Kind.Number, $"{array}.Select({item} => {Pure(own, item)}).Sum()"),
        };
    }

    // Nothing may change what is enumerated.
    private Node Pure(Scope scope, string item)
        => Rarely(2) ? new(Kind.Number, $"Math.Tanh({item}) * {Atom(scope)}") : new(Kind.Number, $"{item} * {item} - {Atom(scope)}");

    private static string AsSpan(Variable buffer) => buffer.Sort == Sort.Array ? buffer.Name + ".AsSpan()" : buffer.Name;

    /// <summary>Something that happens to a whole buffer.</summary>
    private Node? Memory(Scope scope)
    {
        Node Text(Code code) => new(Kind.Statement, code);
        return Pick(
            (2, () => Text($"{Place(scope)} = {Number(scope, 2)};")),
            (1, () => WritableBuffer(scope) is { } b ? Text($"{AsSpan(b)}.Fill({Number(scope, 1)});") : null),
            (1, () => WritableBuffer(scope, 2) is { } b ? Text($"{AsSpan(b)}.Slice({Next(2)}, 1).Clear();") : null),
            (1, () => Buffer(scope, 2) is { } x && WritableBuffer(scope, 2) is { } y ? Text($"{AsSpan(x)}.Slice({Next(x.Length - 1)}, 2).CopyTo({AsSpan(y)}.Slice({Next(y.Length - 1)}));") : null),
            (1, () => scope.Of(Sort.Array).Where(static v => v.IsWritable).ToArray() is { Length: > 1 } all && Any(all) is var x && Any(all) is var y && x.Length == y.Length
                ? Rarely(2) ? Text($"({x.Name}, {y.Name}) = ({y.Name}, {x.Name});") : Text($"{x.Name} = {y.Name};")
                : null),
            (1, () => Writable(scope, Sort.Array) is { } m ? Text($"{m.Name} = new double[{m.Length}];") : null),
            (1, () => scope.Of(Sort.List).Any() ? Text($"{Any(scope.Of(Sort.List)).Name}.Add({Number(scope, 1)});") : null),
            (2, () => WritableBuffer(scope, 2) is { } b ? Text($"({b.Name}[{Index(scope, b)}], {b.Name}[{Index(scope, b)}]) = ({Number(scope, 1)}, {b.Name}[{Index(scope, b)}]);") : null));
    }
}
