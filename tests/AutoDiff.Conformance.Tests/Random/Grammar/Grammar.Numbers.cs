namespace AutoDiff.Conformance.RandomPrograms;

internal sealed partial class Grammar
{
    /// <summary>A <c>double</c>.</summary>
    private Node Number(Scope scope, int depth)
    {
        if (depth <= 0) return Atom(scope);
        Node Sub() => Number(scope, depth - 1);
        return Pick(
            (3, () => Atom(scope)),
            (3, () => new(Kind.Number, $"({Sub()} + {Sub()})")),
            (3, () => new(Kind.Number, $"({Sub()} - {Sub()})")),
            (3, () => new(Kind.Number, $"({Sub()} * {Sub()})")),
            (2, () => new(Kind.Number, $"({Sub()} / (2 + Math.Cos({Sub()})))")),
            (1, () => new(Kind.Number, $"(-({Sub()}))")),
            (1, () => new(Kind.Number, $"(0.25 * {Integer(scope, 1)} * {Sub()})")),
            (4, () => Function(scope, depth)),
            (2, () => new(Kind.Number, $"({Truth(scope, 1)} ? {Sub()} : {Sub()})")),
            (1, () => new(Kind.Number, $"({Integer(scope, 1)} switch {{ 0 => {Sub()}, 1 => {Sub()}, _ => {Sub()} }})")),
            (1, () => new(Kind.Number, $"(double)({Single(scope, 1)})")),
            (1, () => Rarely(3) ? new(Kind.Number, $"({Place(scope)} = {Sub()})") : null),
            (1, () => Rarely(3) ? new(Kind.Number, $"({Place(scope)} {Compound()}= {Sub()})") : null),
            (1, () => Sequence(scope)),
            (_hasTensors ? 3 : 0, () => Reduction(scope)),
            (3, () => Call(scope, Sort.Double)));
    }

    private Node Atom(Scope scope) => Pick(
        (8, () => scope.Of(Sort.Double).Any() ? new(Kind.Number, $"{Any(scope.Of(Sort.Double)).Name}") : null),
        (4, () => Element(scope)),
        (2, () => scope.Of(Sort.Point).Any() ? new(Kind.Number, $"{Any(scope.Of(Sort.Point)).Name}.{Any(Fields)}") : null),
        (2, () => scope.Of(Sort.Cell).Any() ? new(Kind.Number, $"{Any(scope.Of(Sort.Cell)).Name}.{(Rarely(2) ? "V" : "W")}") : null),
        (1, () => scope.Of(Sort.Float).Any() ? new(Kind.Number, $"(double){Any(scope.Of(Sort.Float)).Name}") : null),
        (1, () => new(Kind.Number, $"(double){Integer(scope, 0)}")),
        (2, () => new(Kind.Number, $"{Literal()}")));

    private Node? Element(Scope scope)
    {
        Variable[] buffers = [.. scope.All.Where(static v => v.IsBuffer || v.Sort == Sort.List)];
        if (buffers.Length == 0) return null;
        Variable buffer = Any(buffers);
        return new(Kind.Number, $"{buffer.Name}[{Index(scope, buffer)}]");
    }

    /// <summary>Functions, inside of their domains.</summary>
    private Node Function(Scope scope, int depth)
    {
        Node Sub() => Number(scope, depth - 1);
        Node Text(Code code) => new(Kind.Number, code);
        return Next(26) switch
        {
            0 or 1 => Text($"Math.Sin({Sub()})"),
            2 => Text($"Math.Cos({Sub()})"),
            3 or 4 or 5 => Text($"Math.Tanh({Sub()})"),
            6 => Text($"Math.Exp(Math.Sin({Sub()}))"),
            7 => Text($"Math.Log(2 + Math.Cos({Sub()}))"),
            8 => Text($"Math.Sqrt(1.5 + Math.Sin({Sub()}))"),
            9 => Text($"Math.Cbrt(1.5 + Math.Cos({Sub()}))"),
            10 => Text($"Math.Atan({Sub()})"),
            11 => Text($"Math.Atan2({Sub()}, 2 + Math.Sin({Sub()}))"),
            12 => Text($"Math.Asin(0.8 * Math.Sin({Sub()}))"),
            13 => Text($"Math.Acos(0.8 * Math.Cos({Sub()}))"),
            14 => Text($"Math.Pow(1.5 + Math.Sin({Sub()}), Math.Tanh({Sub()}))"),
            15 => Text($"Math.Pow(Math.Sin({Sub()}), {Any(new[] { "2", "3" })})"),
            16 => Text($"Math.Sinh(Math.Sin({Sub()}))"),
            17 => Text($"Math.Cosh(Math.Tanh({Sub()}))"),
            18 => Text($"Math.Tan(Math.Sin({Sub()}))"),
            19 => Text($"Math.Asinh({Sub()})"),
            20 => Text($"Math.Atanh(0.7 * Math.Tanh({Sub()}))"),
            21 => Text($"Math.Max({Sub()}, {Sub()})"),
            22 => Text($"Math.Min({Sub()}, {Sub()})"),
            23 => Text($"Math.Abs({Sub()})"),
            24 => Text($"Math.FusedMultiplyAdd({Sub()}, {Sub()}, {Sub()})"),
            _ => Text($"Math.Log2(1.5 + Math.Sin({Sub()})) * Math.Clamp({Sub()}, -0.9, {Literal()} + 1.5)"),
        };
    }

    /// <summary>A <c>float</c>.</summary>
    private Node Single(Scope scope, int depth)
    {
        Node Sub() => Single(scope, depth - 1);
        if (depth <= 0)
        {
            return Pick(
                (3, () => scope.Of(Sort.Float).Any() ? new(Kind.Single, $"{Any(scope.Of(Sort.Float)).Name}") : null),
                (1, () => new(Kind.Single, $"{Literal()}f")));
        }

        return Pick(
            (2, Sub),
            (2, () => new(Kind.Single, $"({Sub()} + {Sub()})")),
            (2, () => new(Kind.Single, $"({Sub()} * {Sub()})")),
            (1, () => new(Kind.Single, $"({Sub()} - {Sub()})")),
            (2, () => new(Kind.Single, $"MathF.Tanh({Sub()})")),
            (1, () => new(Kind.Single, $"MathF.Sin({Sub()})")),
            (1, () => new(Kind.Single, $"({Sub()} / (2f + MathF.Cos({Sub()})))")),
            (1, () => new(Kind.Single, $"(0.5f * {Integer(scope, 0)} * {Sub()})")),
            (1, () => new(Kind.Single, $"(float)Math.Tanh({Number(scope, 1)})")));
    }

    private string Compound() => Any(new[] { "+", "+", "-", "*" });
}
