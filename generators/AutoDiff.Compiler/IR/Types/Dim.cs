using System.Text;

namespace AutoDiff.Compiler.IR;

/// <summary>A symbol raised to a power; a negative power is a divisor.</summary>
public sealed record DimPower(string Symbol, int Exponent);

/// <summary>A rational coefficient times powers of symbols, the powers in ordinal order of their symbols.</summary>
public sealed record DimTerm(long Numerator, long Denominator, EquatableArray<DimPower> Powers);

/// <summary>
/// A symbolic dimension: a polynomial over names in normal form, where division by a product of names is a negative power. Two dimensions
/// are the same size for every binding of the names exactly if they are equal. Division is taken to be exact; the generated code checks it at entry.
/// </summary>
public sealed record Dim
{
    public static readonly Dim Zero = new([]);
    public static readonly Dim One = Constant(1);

    private Dim(EquatableArray<DimTerm> terms) => Terms = terms;

    /// <summary>The terms, in ordinal order of their symbols; none has coefficient zero.</summary>
    public EquatableArray<DimTerm> Terms { get; }

    /// <summary>The size, where it is an integer literal.</summary>
    public long? Literal => Terms.Length switch
    {
        0 => 0,
        1 when Terms[0].Powers.IsEmpty && Terms[0].Denominator == 1 => Terms[0].Numerator,
        _ => null,
    };

    public bool IsOne => Literal == 1;

    /// <summary>The name, where the dimension is just one name.</summary>
    public string? Name => Terms.Length == 1 && Terms[0] is { Numerator: 1, Denominator: 1, Powers: { Length: 1 } powers } && powers[0].Exponent == 1
        ? powers[0].Symbol
        : null;

    public static Dim Constant(long value) => value == 0 ? Zero : new Dim([new DimTerm(value, 1, [])]);

    public static Dim Symbol(string name) => new([new DimTerm(1, 1, [new DimPower(name, 1)])]);

    public static Dim operator +(Dim a, Dim b)
    {
        if (a.Terms.IsEmpty) return b;
        if (b.Terms.IsEmpty) return a;
        return a.Literal is long x && b.Literal is long y ? Constant(checked(x + y)) : Normalize(a.Terms.Concat(b.Terms));
    }

    public static Dim operator -(Dim a, Dim b) => a + Constant(-1) * b;

    public static Dim operator *(Dim a, Dim b)
    {
        if (a.IsOne) return b;
        if (b.IsOne) return a;
        return a.Literal is long m && b.Literal is long n ? Constant(checked(m * n))
            : Normalize(from x in a.Terms from y in b.Terms select Multiply(x, y));
    }

    /// <summary>The quotient, where <paramref name="divisor"/> is a single term; otherwise null.</summary>
    public static Dim? Divide(Dim dividend, Dim divisor)
    {
        if (dividend == divisor) return One;
        if (divisor.Terms.Length != 1) return null;
        DimTerm term = divisor.Terms[0];
        long sign = term.Numerator < 0 ? -1 : 1;
        var inverse = new DimTerm(sign * term.Denominator, sign * term.Numerator,
            term.Powers.Select(p => p with { Exponent = -p.Exponent }).ToEquatable());
        return Normalize(dividend.Terms.Select(t => Multiply(t, inverse)));
    }

    /// <summary>Every name in the dimension, once.</summary>
    public IEnumerable<string> Symbols => Terms.SelectMany(t => t.Powers).Select(p => p.Symbol).Distinct();

    /// <summary>Replaces names by dimensions.</summary>
    public Dim Substitute(Func<string, Dim?> replacement)
    {
        if (Name is { } name) return replacement(name) ?? this;
        if (Terms.IsEmpty || Terms.Length == 1 && Terms[0].Powers.IsEmpty) return this;
        Dim sum = Zero;
        foreach (DimTerm term in Terms)
        {
            Dim product = new([new DimTerm(term.Numerator, term.Denominator, [])]);
            foreach (DimPower power in term.Powers)
            {
                Dim factor = replacement(power.Symbol) ?? Symbol(power.Symbol);
                for (int i = 0; i < Math.Abs(power.Exponent); i++)
                    product = power.Exponent > 0 ? product * factor : Divide(product, factor) ?? product * Symbol($"1/({factor})");
            }

            sum += product;
        }

        return sum;
    }

    /// <summary>The dimension in C# and in shape texts: <c>3*channels</c>, <c>channels/heads</c>.</summary>
    public override string ToString() => ToString(static s => s);

    /// <summary>The dimension as an expression, each name spelled by <paramref name="spell"/>.</summary>
    public string ToString(Func<string, string> spell)
    {
        if (Terms.IsEmpty) return "0";
        var text = new StringBuilder();
        foreach (DimTerm term in Terms)
        {
            long magnitude = Math.Abs(term.Numerator);
            if (text.Length > 0) text.Append(term.Numerator < 0 ? " - " : " + ");
            else if (term.Numerator < 0) text.Append('-');
            IEnumerable<string> factors = term.Powers.Where(p => p.Exponent > 0).SelectMany(p => Enumerable.Repeat(spell(p.Symbol), p.Exponent));
            if (magnitude != 1) factors = new[] { magnitude.ToString(System.Globalization.CultureInfo.InvariantCulture) }.Concat(factors);
            string product = string.Join("*", factors);
            text.Append(product.Length == 0 ? "1" : product);
            foreach (DimPower power in term.Powers.Where(p => p.Exponent < 0))
                for (int i = 0; i < -power.Exponent; i++) text.Append('/').Append(spell(power.Symbol));
            if (term.Denominator != 1) text.Append('/').Append(term.Denominator.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }

    private static DimTerm Multiply(DimTerm a, DimTerm b)
    {
        var powers = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (DimPower power in a.Powers.Concat(b.Powers))
        {
            powers.TryGetValue(power.Symbol, out int exponent);
            powers[power.Symbol] = exponent + power.Exponent;
        }

        return new DimTerm(checked(a.Numerator * b.Numerator), checked(a.Denominator * b.Denominator),
            powers.Where(p => p.Value != 0).Select(p => new DimPower(p.Key, p.Value)).ToEquatable());
    }

    private static Dim Normalize(IEnumerable<DimTerm> terms)
    {
        var sums = new SortedDictionary<string, DimTerm>(StringComparer.Ordinal);
        foreach (DimTerm term in terms)
        {
            string key = string.Join("*", term.Powers.Select(p => $"{p.Symbol}^{p.Exponent}"));
            (long n, long d) = (term.Numerator, term.Denominator);
            if (sums.TryGetValue(key, out DimTerm? other)) (n, d) = (checked(n * other.Denominator + other.Numerator * d), checked(d * other.Denominator));
            long divisor = GreatestCommonDivisor(Math.Abs(n), d);
            sums[key] = new DimTerm(n / divisor, d / divisor, term.Powers);
        }

        return new Dim(sums.Values.Where(t => t.Numerator != 0).ToEquatable());
    }

    private static long GreatestCommonDivisor(long a, long b)
    {
        while (b != 0) (a, b) = (b, a % b);
        return a == 0 ? 1 : a;
    }
}
