namespace AutoDiff.Conformance.RandomPrograms;

internal sealed partial class Grammar
{
    /// <summary>A few statements and, where the method returns something, its last <c>return</c>.</summary>
    private Node Body(Scope scope, int count)
    {
        var statements = new List<Node>();
        for (int i = 0; i < count; i++) statements.Add(Statement(scope));
        if (scope.Return is { } result) statements.Add(result(scope));
        return Node.List(statements);
    }

    /// <summary>Statements in braces.</summary>
    private Node Block(Scope scope)
    {
        var statements = new List<Node>();
        for (int i = 1 + Next(3); i > 0; i--) statements.Add(Statement(scope));
        if (scope.Jumps.Length > 0 && Rarely(4)) statements.Add(new(Kind.Statement, $"if ({Truth(scope, 1)}) {Any(scope.Jumps)};"));
        if (scope.Counter is { } counter && Rarely(8)) statements.Add(new(Kind.Statement, $"if ({Truth(scope, 0)}) {counter}++;"));
        if (scope.Return is { } result && Rarely(9)) statements.Add(new(Kind.Statement, $"if ({Truth(scope, 1)})\n{{\n{result(scope)}\n}}"));
        return new(Kind.Other, $"{{\n{Node.List(statements)}\n}}");
    }

    private Node Statement(Scope scope)
    {
        bool isFlat = --_budget < 0 || scope.Depth > 3;
        Node Text(Code code) => new(Kind.Statement, code);
        return Pick(
            (5, () => Text($"{Place(scope)} = {Number(scope, 3)};")),
            (5, () => Text($"{Place(scope)} {Compound()}= {Number(scope, 2)};")),
            (4, () => Declaration(scope)),
            (5, () => Memory(scope)),
            (2, () => Tuple(scope)),
            (1, () => Writable(scope, Sort.Int) is { } k ? Text($"{k.Name}{Any(new[] { "++", " += 2", " = (" + k.Name + " + 1) % 3" })};") : null),
            (1, () => Writable(scope, Sort.Float) is { } f ? Text($"{f.Name} {Any(new[] { "=", "+=" })} {Single(scope, 2)};") : null),
            (1, () => Writable(scope, Sort.Point) is { } p ? Text($"{p.Name} = {Structure(scope, 2)};") : null),
            (1, () => Writable(scope, Sort.Bool) is { } b ? Text($"{b.Name} = {Truth(scope, 1)};") : null),
            (1, () => Writable(scope, Sort.Cell) is { } o ? Text($"{o.Name}.Grow({Number(scope, 1)});") : null),
            (3, () => Call(scope, null)),
            (_hasTensors ? 6 : 0, () => TensorStatement(scope)),
            (isFlat ? 0 : 4, () => Branch(scope)),
            (isFlat || scope.LoopDepth > 2 ? 0 : 5, () => Loop(scope)),
            (isFlat || scope.Depth > 1 ? 0 : 1, () => LocalFunction(scope)));
    }

    private Node Declaration(Scope scope)
    {
        Node Declare(Variable variable, Code code)
        {
            scope.Add(variable);
            return new(Kind.Statement, code);
        }

        string name;
        return Pick(
            (6, () => Declare(new(name = Name("v"), Sort.Double), $"double {name} = {Number(scope, 2)};")),
            (1, () => Declare(new(name = Name("f"), Sort.Float), $"float {name} = {Single(scope, 2)};")),
            (2, () => Declare(new(name = Name("k"), Sort.Int), $"int {name} = {Integer(scope, 1)};")),
            (1, () => Declare(new(name = Name("b"), Sort.Bool), $"bool {name} = {Truth(scope, 1)};")),
            (2, () => Declare(new(name = Name("p"), Sort.Point), $"Point {name} = {Structure(scope, 1)};")),
            (1, () =>
            {
                _usesCell = true;
                return Declare(new(name = Name("o"), Sort.Cell) { IsCaptured = false }, $"Cell {name} = new Cell({Number(scope, 1)}) {{ W = {Number(scope, 1)} }};");
            }),
            (2, () => ReferenceTo(scope) is { } place ? Declare(new(name = Name("r"), Sort.Double) { IsCaptured = false }, $"ref double {name} = ref {place};") : null),
            (2, () =>
            {
                Node first = Number(scope, 1), second = Number(scope, 1);
                string x = Name("v"), y = Name("v");
                scope.Add(new(x, Sort.Double));
                return Declare(new(y, Sort.Double), $"(double {x}, double {y}) = ({first}, {second});");
            }),
            (4, () => NewBuffer(scope)));
    }

    /// <summary>A variable, or a field or an element, that may be referred to.</summary>
    private Node? ReferenceTo(Scope scope)
    {
        Variable? buffer = Rarely(3) ? null : WritableBuffer(scope);
        if (buffer is not null) return new(Kind.Other, $"{buffer.Name}[{Index(scope, buffer)}]");
        // Properties cannot be referred to.
        return Writable(scope.Without(static v => v.Name.Contains('.', StringComparison.Ordinal)), Sort.Double) is { } v ? new(Kind.Other, $"{v.Name}") : null;
    }

    /// <summary>Several assignments at once.</summary>
    private Node Tuple(Scope scope)
    {
        Node x = Place(scope), y = Place(scope);
        return Rarely(2) ? new(Kind.Statement, $"({x}, {y}) = ({y}, {x});") : new(Kind.Statement, $"({x}, {y}) = ({Number(scope, 1)}, {Number(scope, 1)});");
    }
}
