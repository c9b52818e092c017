namespace AutoDiff.Conformance.RandomPrograms;

internal sealed partial class Grammar
{
    private static readonly string[] LoopJumps = ["break", "continue"];

    private Node Loop(Scope scope)
    {
        string c = Name("c");
        Scope Counted(bool advances = false)
        {
            Scope inner = scope.Loop(advances ? c : null, LoopJumps);
            inner.Add(new Variable(c, Sort.Int) { IsWritable = false, IsCaptured = false });
            return inner;
        }

        Node Text(Code code) => new(Kind.Statement, code);
        return Pick(
            (4, () => Text($"for (int {c} = {Next(3)}; {c} < {Next(5)}; {c}++)\n{Block(Counted(true))}")),
            (2, () => Text($"for (int {c} = {Next(2)}; {c} < Math.Min({Integer(scope, 1)}, 9); {c} += {1 + Next(2)})\n{Block(Counted(true))}")),
            (2, () => Text($"for (int {c} = {Next(4)}; {c} >= 0; {c}--)\n{Block(Counted())}")),
            (5, () => Buffer(scope) is { } b ? Sweep(scope, c, b) : null),
            (1, () => Text($"for (int {c} = 0; {c} < 4 && {Truth(scope, 1)}; {c}++)\n{Block(Counted())}")),
            (2, () => Text($"int {c} = 0;\nwhile ({c} < {1 + Next(4)} && {Truth(scope, 1)})\n{{\n{c}++;\n{Block(Counted())}\n}}")),
            (1, () => Text($"int {c} = 0;\nwhile (true)\n{{\nif (++{c} > {Next(4)}) break;\n{Block(Counted())}\n}}")),
            (2, () => Text($"int {c} = 0;\ndo\n{{\n{c}++;\n{Block(Counted())}\n}}\nwhile ({c} < {Next(4)} && {Truth(scope, 1)});")),
            (2, () => ForEach(scope)));
    }

    /// <summary>A loop over all elements of a buffer: what tends to be vectorised.</summary>
    private Node Sweep(Scope scope, string c, Variable buffer)
    {
        Scope inner = scope.Loop(null, LoopJumps);
        inner.Add(new Variable(c, Sort.Int) { IsWritable = false, IsCaptured = false });
        string header = $"for (int {c} = 0; {c} < {buffer.Name}.Length; {c}++)";
        string element = $"{buffer.Name}[{c}]";
        if (buffer.IsWritableBuffer && Rarely(2))
            return new(Kind.Statement, $"{header}\n{element} {Any(new[] { "", "+", "*" })}= {Number(inner, 2)};");
        if (Writable(scope, Sort.Double) is { } sum && Rarely(2))
            return new(Kind.Statement, $"{header}\n{sum.Name} += {element} * {Number(inner, 2)};");
        return new(Kind.Statement, $"{header}\n{Block(inner)}");
    }

    private Node? ForEach(Scope scope)
    {
        Variable[] all = [.. scope.All.Where(static v => v.IsBuffer || v.Sort == Sort.List)];
        if (all.Length == 0) return null;
        Variable items = Any(all);
        string item = Name("e");
        // A list must not change while it is enumerated.
        Scope inner = (items.Sort == Sort.List ? scope.Without(static v => v.Sort == Sort.List) : scope).Loop(null, LoopJumps);
        inner.Add(new Variable(item, Sort.Double) { IsWritable = false, IsCaptured = false });
        return new(Kind.Statement, $"foreach (double {item} in {items.Name})\n{Block(inner)}");
    }
}
