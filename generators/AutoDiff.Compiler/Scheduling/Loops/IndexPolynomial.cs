namespace AutoDiff.Compiler.Scheduling.Loops;

/// <summary>
/// A whole number as a polynomial over atoms (values that nothing more is known of, lengths of buffers): the normal form in which two indices are compared.
/// Immutable; terms are sorted, so that equal polynomials have equal terms.
/// </summary>
internal sealed class IndexPolynomial
{
    private const int MaxTerms = 24;

    private readonly SortedDictionary<string, (int[] Atoms, long Coefficient)> _terms;

    private IndexPolynomial(SortedDictionary<string, (int[] Atoms, long Coefficient)> terms) => _terms = terms;

    public static IndexPolynomial Constant(long value) => Single([], value);

    public static IndexPolynomial Atom(int atom) => Single([atom], 1);

    /// <summary>The value, where it is a constant.</summary>
    public long? AsConstant => _terms.Count == 0 ? 0 : _terms.Count == 1 && _terms.Values.First() is { Atoms.Length: 0 } term ? term.Coefficient : null;

    public IEnumerable<(int[] Atoms, long Coefficient)> Terms => _terms.Values;

    public static IndexPolynomial operator +(IndexPolynomial a, IndexPolynomial b) => a.Combine(b, 1);

    public static IndexPolynomial operator -(IndexPolynomial a, IndexPolynomial b) => a.Combine(b, -1);

    /// <summary>The product; null where it has too many terms to be of use.</summary>
    public static IndexPolynomial? Multiply(IndexPolynomial a, IndexPolynomial b)
    {
        if (a._terms.Count * b._terms.Count > MaxTerms) return null;
        var sum = new IndexPolynomial([]);
        foreach ((int[] atoms, long coefficient) in a._terms.Values)
            foreach ((int[] others, long factor) in b._terms.Values)
                sum += Single([.. atoms.Concat(others).OrderBy(static x => x)], unchecked(coefficient * factor));
        return sum;
    }

    /// <summary>c and r of c·atom + r, where r does not have the atom; null where the atom stands in a product with itself.</summary>
    public (IndexPolynomial Coefficient, IndexPolynomial Remainder)? Split(int atom)
    {
        IndexPolynomial coefficient = new([]), rest = new([]);
        foreach ((int[] atoms, long factor) in _terms.Values)
        {
            int count = atoms.Count(a => a == atom);
            if (count > 1) return null;
            if (count == 0) rest += Single(atoms, factor);
            else coefficient += Single([.. atoms.Where(a => a != atom)], factor);
        }

        return (coefficient, rest);
    }

    public bool Mentions(Func<int, bool> atom) => _terms.Values.Any(t => t.Atoms.Any(atom));

    /// <summary>Whether it cannot be negative, given atoms that cannot.</summary>
    public bool IsNonNegative(Func<int, bool> isNonNegative)
        => _terms.Values.All(t => t.Coefficient >= 0 && t.Atoms.All(isNonNegative));

    public bool IsSame(IndexPolynomial other) => (this - other)._terms.Count == 0;

    private static IndexPolynomial Single(int[] atoms, long coefficient)
    {
        var terms = new SortedDictionary<string, (int[], long)>(StringComparer.Ordinal);
        if (coefficient != 0) terms[Key(atoms)] = (atoms, coefficient);
        return new IndexPolynomial(terms);
    }

    private static string Key(int[] atoms) => string.Join("*", atoms.Select(static a => a.ToString("d9", System.Globalization.CultureInfo.InvariantCulture)));

    private IndexPolynomial Combine(IndexPolynomial other, long sign)
    {
        var terms = new SortedDictionary<string, (int[] Atoms, long Coefficient)>(_terms, StringComparer.Ordinal);
        foreach (var pair in other._terms)
        {
            long sum = unchecked((terms.TryGetValue(pair.Key, out var known) ? known.Coefficient : 0) + sign * pair.Value.Coefficient);
            if (sum == 0) terms.Remove(pair.Key);
            else terms[pair.Key] = (pair.Value.Atoms, sum);
        }

        return new IndexPolynomial(terms);
    }
}
