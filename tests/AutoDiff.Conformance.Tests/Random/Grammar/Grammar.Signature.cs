namespace AutoDiff.Conformance.RandomPrograms;

internal sealed partial class Grammar
{
    /// <summary>The method that is differentiated.</summary>
    private Node Method(List<Callee> callees)
    {
        _hasTensors = Rarely(8);
        var parameters = new List<string>();
        var first = new List<Node>();
        (string type, Func<Scope, Node> result) = Result();
        var scope = new Scope { Calls = [.. callees], Return = result };
        void Parameter(string text, Variable variable)
        {
            parameters.Add(text + " " + variable.Name);
            scope.Add(variable);
        }

        bool writes = false;
        for (int i = 1 + Next(3); i > 0; i--) Parameter("double", new("x" + i, Sort.Double));
        if (Rarely(5)) Parameter("float", new("u1", Sort.Float));
        if (Rarely(2)) Parameter("int", new("n" + Next(4), Sort.Int));
        if (Rarely(6)) Parameter("bool", new("q" + Next(2), Sort.Bool));
        if (Rarely(2)) Buffer("ReadOnlySpan<double>", "s", Sort.ReadOnlySpan);
        if (Rarely(5)) Buffer("double[]", "a", Sort.Array);
        if (Rarely(3)) writes = Buffer("Span<double>", "w", Sort.Span);
        for (int i = _hasTensors ? 1 + Next(2) : 0; i > 0; i--)
        {
            int length = 1 + Next(9);
            Variable tensor = new(Name("t") + length, Sort.Tensor, length) { IsCaptured = false };
            Parameter($"[Shape(\"{tensor.Name}\")] Tensor<double>", tensor);
        }

        if (!_hasTensors && Rarely(6))
        {
            Parameter("ref double", new("r1", Sort.Double) { IsCaptured = false });
            writes = true;
        }

        if (!_hasTensors && Rarely(6))
        {
            _usesPoint = true;
            Parameter("Point", new("p1", Sort.Point));
        }

        if (!_hasTensors && Rarely(8))
        {
            first.Add(new(Kind.Statement, $"o1 = {Number(scope, 1)};"));
            Parameter("out double", new("o1", Sort.Double) { IsCaptured = false });
            writes = true;
        }

        if (type == "void" && !writes) Buffer("Span<double>", "t", Sort.Span);
        _budget = 10;
        Node body = Body(scope, 3 + Next(5));
        // Forward mode follows neither recursion nor structs in signatures.
        string attribute = Rarely(3) && !_recurses && type is not ("Point" or "(double, double)") && !scope.All.Any(static v => v.Name == "p1") ? "[Differentiable(Derivatives.Gradient | Derivatives.Jvp)]" : "[Differentiable]";
        return new(Kind.Member, $"{attribute}\npublic static {type} F({string.Join(", ", parameters)})\n{{\n{Node.List(first)}\n{body}\n}}");

        bool Buffer(string text, string stem, Sort sort)
        {
            int length = 2 + Next(4);
            Parameter(text, new(stem + length, sort, length) { IsCaptured = sort == Sort.Array });
            return true;
        }
    }

    private (string Type, Func<Scope, Node> Write) Result() => (_hasTensors ? 14 : Next(14)) switch
    {
        0 => ("float", s => new(Kind.Statement, $"return {Single(s, 2)} + (float)({Number(s, 2)});")),
        1 => ("void", static s => new(Kind.Statement, $"return;")),
        2 => ("(double, double)", s => new(Kind.Statement, $"return ({All(s)}, {Number(s, 2)});")),
        3 => ("Point", s => new(Kind.Statement, $"return {Structure(s, 2)};")),
        _ => ("double", s => new(Kind.Statement, $"return {All(s)};")),
    };

    /// <summary>A sum over much of what there is, so that little is computed in vain.</summary>
    private Node All(Scope scope)
    {
        var pieces = new List<object>();
        foreach (Variable v in scope.All.Where(v => v.Sort == Sort.Double || (v.IsBuffer && !Rarely(3)) || (v.Sort == Sort.Point && !Rarely(3))).Take(8))
        {
            if (pieces.Count > 0) pieces.Add(Rarely(4) ? " - " : " + ");
            pieces.Add(v.Sort switch
            {
                Sort.Double => new Node(Kind.Number, $"{v.Name}"),
                Sort.Point => new Node(Kind.Number, $"{v.Name}.{Any(Fields)}"),
                _ => new Node(Kind.Number, $"{v.Name}[{Next(v.Length)}]"),
            });
        }

        pieces.Add(" + ");
        pieces.Add(Number(scope, 2));
        return new(Kind.Number, pieces.Count == 2 ? [pieces[1]] : pieces);
    }
}
