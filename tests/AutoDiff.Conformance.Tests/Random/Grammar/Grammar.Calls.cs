namespace AutoDiff.Conformance.RandomPrograms;

internal sealed partial class Grammar
{
    /// <summary>A call that gives this; null where there is nothing to call.</summary>
    private Node? Call(Scope scope, Sort? sort)
    {
        Callee[] all = [.. scope.Calls.Where(c => c.Sort == sort)];
        if (sort == Sort.Double && scope.HasMethods && scope.Of(Sort.Point).Any() && Rarely(2))
            return new(Kind.Number, $"{Any(scope.Of(Sort.Point)).Name}.Mixed({Number(scope, 0)})");
        return all.Length == 0 ? null : Any(all).Write(scope) is { Pieces.Count: > 0 } call ? call : null;
    }

    private static readonly Node Nothing = new(Kind.Other, []);

    /// <summary>A method beside F that it, and later ones, may call.</summary>
    private void Helper(List<Callee> callees)
    {
        string name = Name("H");
        string head = Rarely(3) ? "[Differentiable]\npublic static" : "private static";
        var scope = new Scope { Calls = [.. callees], Return = s => new(Kind.Statement, $"return {Number(s, 2)};") };
        var nothing = new Scope { Calls = [.. callees], Return = null };
        _budget = 4;
        switch (Next(8))
        {
            case 0:
                scope.Add(new("x", Sort.Double));
                scope.Add(new("y", Sort.Double));
                _members.Add(new(Kind.Member, $"{head} double {name}(double x, double y)\n{{\n{Body(scope, 1 + Next(3))}\n}}"));
                callees.Add(new(Sort.Double, s => new(Kind.Number, $"{name}({Number(s, 1)}, {Number(s, 0)})")));
                break;
            case 1:
                scope.Add(new("x", Sort.Double));
                _members.Add(new(Kind.Member, $"{head} double {name}(double x) => {Number(scope, 3)};"));
                callees.Add(new(Sort.Double, s => new(Kind.Number, $"{name}({Number(s, 1)})")));
                break;
            case 2:
                nothing.Add(new("x", Sort.Double) { IsCaptured = false });
                nothing.Add(new("y", Sort.Double));
                _members.Add(new(Kind.Member, $"{head} void {name}(ref double x, double y)\n{{\n{Body(nothing, 1 + Next(3))}\nx = Math.Tanh(x) + y;\n}}"));
                callees.Add(new(null, s => ReferenceTo(s) is { } place ? new(Kind.Statement, $"{name}(ref {place}, {Number(s, 1)});") : Nothing));
                break;
            case 3:
                scope.Add(new("x", Sort.Double));
                scope.Add(new("o", Sort.Double) { IsCaptured = false });
                _members.Add(new(Kind.Member, $"{head} double {name}(double x, out double o)\n{{\no = {Number(scope.Without(static v => v.Name == "o"), 1)};\n{Body(scope, 1 + Next(2))}\n}}"));
                callees.Add(new(Sort.Double, s => ReferenceTo(s) is { } place ? new(Kind.Number, $"{name}({Number(s, 1)}, out {place})") : Nothing));
                break;
            case 4:
                scope.Add(new("a", Sort.ReadOnlySpan, 2) { IsCaptured = false });
                scope.Add(new("n", Sort.Int));
                scope.Add(new("v", Sort.Double));
                _members.Add(new(Kind.Member, $"{head} double {name}(ReadOnlySpan<double> a, int n)\n{{\ndouble v = {Literal()};\n{Body(scope, 1 + Next(3))}\n}}"));
                callees.Add(new(Sort.Double, s => Buffer(s, 2) is { } b ? new(Kind.Number, $"{name}({b.Name}, {Integer(s, 0)})") : Nothing));
                break;
            case 5:
                nothing.Add(new("a", Sort.Span, 2) { IsCaptured = false });
                nothing.Add(new("x", Sort.Double));
                _members.Add(new(Kind.Member, $"{head} void {name}(Span<double> a, double x)\n{{\n{Body(nothing, 1 + Next(3))}\na[{Next(2)}] += x;\n}}"));
                callees.Add(new(null, s => WritableBuffer(s, 2) is { } b ? new(Kind.Statement, $"{name}({b.Name}, {Number(s, 1)});") : Nothing));
                break;
            case 6:
                _recurses = true;
                // Recursion of a depth that the call tells.
                scope.Add(new("x", Sort.Double));
                scope.Add(new("n", Sort.Int) { IsWritable = false });
                Node last = Number(scope, 1);
                scope.Calls.Add(new(Sort.Double, s => new(Kind.Number, $"{name}({Number(s, 1)}, n - 1)")));
                _members.Add(new(Kind.Member, $"[Differentiable]\npublic static double {name}(double x, int n)\n{{\nif (n <= 0) return {last};\n{Body(scope, 1 + Next(2))}\n}}"));
                callees.Add(new(Sort.Double, s => new(Kind.Number, $"{name}({Number(s, 1)}, {Next(4)})")));
                break;
            default:
                var array = new Scope { Calls = [.. callees], Return = static s => new(Kind.Statement, $"return m;") };
                array.Add(new("a", Sort.ReadOnlySpan, 2) { IsCaptured = false });
                array.Add(new("m", Sort.Array, 2) { IsWritable = false });
                _members.Add(new(Kind.Member, $"private static double[] {name}(ReadOnlySpan<double> a)\n{{\ndouble[] m = a.ToArray();\n{Body(array, 1 + Next(3))}\n}}"));
                callees.Add(new(null, s => Writable(s, Sort.Array) is { Length: 2 } m && Buffer(s, 2) is { } b ? new(Kind.Statement, $"{m.Name} = {name}({b.Name});") : Nothing));
                break;
        }
    }

    /// <summary>A local function or a lambda, which may capture and change what is around.</summary>
    private Node? LocalFunction(Scope scope)
    {
        string name = Name("g");
        Scope own = scope.Captured(s => new(Kind.Statement, $"return {Number(s, 2)};"));
        own.Add(new("z", Sort.Double));
        Node call(Scope s) => new(Kind.Number, $"{name}({Number(s, 1)})");
        Node text = Rarely(3)
            ? new(Kind.Statement, $"Func<double, double> {name} = z => {Number(own, 2)};")
            : Rarely(2) ? new(Kind.Statement, $"double {name}(double z) => {Number(own, 2)};") : new(Kind.Statement, $"double {name}(double z)\n{{\n{Body(own, 1 + Next(2))}\n}}");
        scope.Calls.Add(new(Sort.Double, call));
        return text;
    }
}
