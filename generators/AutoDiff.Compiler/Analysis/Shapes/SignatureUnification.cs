using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Analysis.Shapes;

/// <summary>An argument that does not have the shape of its parameter.</summary>
/// <param name="Argument">Its index.</param>
/// <param name="Reason">In the names of the signature.</param>
public sealed record ArgumentMismatch(int Argument, string Reason);

/// <summary>
/// The sizes that one call gives to the names of a signature: every call has names of its own. Names that stand alone are bound first, from
/// the first argument that tells, then those that are left in an expression; everything else has to agree.
/// </summary>
public sealed class SignatureUnification
{
    private readonly Dictionary<string, Dim> _sizes = new(StringComparer.Ordinal);
    private readonly Func<string, Dim?> _bound;
    private Shape? _rest;

    /// <param name="bound">The size of a name that something else than the arguments' shapes binds; null for free names.</param>
    public SignatureUnification(ISizes sizes, IReadOnlyList<(ShapeText? Text, Shape? Given)> arguments, Func<string, Dim?> bound)
    {
        _bound = bound;
        var pairs = new List<(int Argument, Dim Declared, Dim Given)>();
        for (int i = 0; i < arguments.Count; i++)
            if (arguments[i] is ({ } text, { } given)) Align(sizes, i, text, given, pairs);
        foreach ((_, Dim declared, Dim given) in pairs)
            if (declared.Name is { } name && !IsBound(name) && !given.IsUnknown()) _sizes[name] = given;
        foreach ((_, Dim declared, Dim given) in pairs) Solve(declared, given);
        foreach ((int argument, Dim declared, Dim given) in pairs)
        {
            if (Mismatch is not null && Mismatch.Argument <= argument || Resolve(declared) is not { } wanted
                || sizes.Same(wanted, given) is not null) continue;
            string named = declared == wanted ? $"{declared}" : $"{declared} = {wanted}";
            Mismatch = new ArgumentMismatch(argument, $"{given} is not {named}");
        }
    }

    /// <summary>The first argument that does not fit.</summary>
    public ArgumentMismatch? Mismatch { get; private set; }

    /// <summary>A shape of the signature in the sizes of the call.</summary>
    public Shape ShapeOf(ShapeText text)
    {
        var dims = new List<Dim>();
        foreach (ShapeItem item in text.Items)
        {
            if (item.Kind == ShapeItemKind.Rest) dims.AddRange(_rest?.Dims ?? [Dim.Symbol(SizeComparison.UnknownRest)]);
            else dims.Add(item.Size is null ? SizeComparison.Unknown : Resolve(item.Size) ?? SizeComparison.Unknown);
        }

        // Leading axes that are not the first are not leading any more.
        return dims.Skip(1).Any(static d => d.HasRest())
            ? Shape.Of([Dim.Symbol(SizeComparison.UnknownRest),
                .. dims.AsEnumerable().Reverse().TakeWhile(static d => !d.HasRest()).Reverse()])
            : new Shape(dims.ToEquatable());
    }

    /// <summary>A size in which every name is known, or null.</summary>
    private Dim? Resolve(Dim declared)
    {
        bool isKnown = true;
        Dim resolved = declared.Substitute(name =>
        {
            Dim? size = _sizes.TryGetValue(name, out Dim? own) ? own : _bound(name);
            isKnown &= size is not null && !size.IsUnknown();
            return size;
        });
        return isKnown ? resolved : null;
    }

    private bool IsBound(string name) => _sizes.ContainsKey(name) || _bound(name) is not null;

    private void Align(ISizes sizes, int argument, ShapeText text, Shape given, List<(int, Dim, Dim)> pairs)
    {
        bool hasRest = text.Items is [{ Kind: ShapeItemKind.Rest }, ..];
        int tail = text.Items.Length - (hasRest ? 1 : 0), givenTail = given.Rank - (given.HasRest ? 1 : 0);
        if (!given.HasRest && (hasRest ? givenTail < tail : givenTail != tail) || given.HasRest && !hasRest && givenTail > tail)
        {
            string axes = tail == 1 ? "one axis" : $"{tail} axes";
            Mismatch ??= new ArgumentMismatch(argument, $"it has to have {(hasRest ? "at least " : "")}{axes}");
            return;
        }

        for (int k = 1; k <= Math.Min(tail, givenTail); k++)
            if (text.Items[text.Items.Length - k].Size is { } size) pairs.Add((argument, size, given[given.Rank - k]));
        if (!hasRest || givenTail < tail) return;
        var leading = new Shape(given.Dims.Take(given.Rank - tail).ToEquatable());
        if (_rest is null || _rest.HasRest)
        {
            _rest = leading;
            return;
        }

        if (leading.HasRest) return;
        bool agrees = leading.Rank == _rest.Rank;
        for (int k = 0; agrees && k < leading.Rank; k++) agrees = sizes.Same(_rest[k], leading[k]) is not null;
        if (!agrees)
            Mismatch ??= new ArgumentMismatch(argument, $"its leading axes {leading} are not {_rest}, as those of an argument before");
    }

    /// <summary>The one open name in <c>a·name + b = given</c>.</summary>
    private void Solve(Dim declared, Dim given)
    {
        if (given.IsUnknown()) return;
        if (declared.Name is not null || declared.Literal is not null || declared.Symbols.Where(s => !IsBound(s)).ToArray() is not [var name]) return;
        Dim? Others(string s) => _sizes.TryGetValue(s, out Dim? size) ? size : _bound(s);
        Dim offset = declared.Substitute(s => s == name ? Dim.Zero : Others(s)),
            slope = declared.Substitute(s => s == name ? Dim.One : Others(s)) - offset;
        if (slope.IsUnknown() || offset.IsUnknown() || slope == Dim.Zero) return;
        if (Dim.Divide(given - offset, slope) is { } size) _sizes[name] = size;
    }
}
