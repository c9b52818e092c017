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
        if (a.Literal is long x && b.Literal is long y) return Constant(checked(x + y));
        var sum = new List<DimTerm>(a.Terms.Length + b.Terms.Length);
        foreach (DimTerm term in a.Terms) sum.Add(term);
        foreach (DimTerm term in b.Terms) AddTo(sum, term);
        return Of(sum);
    }

    public static Dim operator -(Dim a, Dim b) => a + Constant(-1) * b;

    public static Dim operator *(Dim a, Dim b)
    {
        if (a.IsOne) return b;
        if (b.IsOne) return a;
        if (a.Literal is long m && b.Literal is long n) return Constant(checked(m * n));
        var sum = new List<DimTerm>(a.Terms.Length * b.Terms.Length);
        foreach (DimTerm x in a.Terms)
            foreach (DimTerm y in b.Terms) AddTo(sum, Multiply(x, y));
        return Of(sum);
    }

    /// <summary>The quotient, where <paramref name="divisor"/> is a single term; otherwise null.</summary>
    public static Dim? Divide(Dim dividend, Dim divisor)
    {
        if (dividend == divisor) return One;
        if (divisor.Terms.Length != 1) return null;
        DimTerm term = divisor.Terms[0];
        long sign = term.Numerator < 0 ? -1 : 1;
        var inverse = new DimTerm(sign * term.Denominator, sign * term.Numerator,
            term.Powers.Map(static p => p with { Exponent = -p.Exponent }));
        var quotient = new List<DimTerm>(dividend.Terms.Length);
        foreach (DimTerm part in dividend.Terms) AddTo(quotient, Multiply(part, inverse));
        return Of(quotient);
    }

    /// <summary>Every name in the dimension, once.</summary>
    public IReadOnlyList<string> Symbols
    {
        get
        {
            if (Terms.IsEmpty || Terms.Length == 1 && Terms[0].Powers.IsEmpty) return [];
            if (Terms.Length == 1 && Terms[0].Powers.Length == 1) return [Terms[0].Powers[0].Symbol];
            var symbols = new List<string>();
            foreach (DimTerm term in Terms)
                foreach (DimPower power in term.Powers)
                    if (!symbols.Contains(power.Symbol)) symbols.Add(power.Symbol);
            return symbols;
        }
    }

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

    /// <summary>The product of two terms; powers of both are in order, and so are those of the product.</summary>
    private static DimTerm Multiply(DimTerm a, DimTerm b)
    {
        var powers = new List<DimPower>(a.Powers.Length + b.Powers.Length);
        for (int i = 0, j = 0; i < a.Powers.Length || j < b.Powers.Length;)
        {
            int order = i == a.Powers.Length ? 1 : j == b.Powers.Length ? -1 : string.CompareOrdinal(a.Powers[i].Symbol, b.Powers[j].Symbol);
            if (order < 0) powers.Add(a.Powers[i++]);
            else if (order > 0) powers.Add(b.Powers[j++]);
            else if (a.Powers[i++] is var x && b.Powers[j++] is var y && x.Exponent + y.Exponent is not 0 and var exponent) powers.Add(new DimPower(x.Symbol, exponent));
        }

        return Reduced(checked(a.Numerator * b.Numerator), checked(a.Denominator * b.Denominator), new(powers.ToArray()));
    }

    /// <summary>Adds a term to others that are in order.</summary>
    private static void AddTo(List<DimTerm> sum, DimTerm term)
    {
        int at = 0;
        for (; at < sum.Count; at++)
        {
            int order = DimTermOrder.Compare(sum[at].Powers, term.Powers);
            if (order > 0) break;
            if (order < 0) continue;
            DimTerm both = Reduced(checked(term.Numerator * sum[at].Denominator + sum[at].Numerator * term.Denominator), checked(term.Denominator * sum[at].Denominator), term.Powers);
            if (both.Numerator == 0) sum.RemoveAt(at);
            else sum[at] = both;
            return;
        }

        if (term.Numerator != 0) sum.Insert(at, term);
    }

    private static Dim Of(List<DimTerm> terms) => terms.Count == 0 ? Zero : new(new EquatableArray<DimTerm>(terms.ToArray()));

    private static DimTerm Reduced(long numerator, long denominator, EquatableArray<DimPower> powers)
    {
        long divisor = GreatestCommonDivisor(Math.Abs(numerator), denominator);
        return new DimTerm(numerator / divisor, denominator / divisor, powers);
    }

    private static long GreatestCommonDivisor(long a, long b)
    {
        while (b != 0) (a, b) = (b, a % b);
        return a == 0 ? 1 : a;
    }
}
