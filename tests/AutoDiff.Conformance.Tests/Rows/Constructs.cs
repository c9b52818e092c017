using System.Diagnostics.CodeAnalysis;

namespace AutoDiff.Conformance;

/// <summary>Constructs of the language in combinations.</summary>
public static partial class Constructs
{
    private static bool TryDivide(double a, double b, out double quotient)
    {
        quotient = b == 0 ? 0 : a / b;
        return b != 0;
    }

    [Row("declared_in_condition", 2, 3)]
    [Row("declared_in_condition", 2, 0, IsKink = true)]
    [Differentiable]
    public static double DeclaredInCondition(double x, double y) => TryDivide(x, y, out double q) && TryDivide(q, x, out double w) ? q * w * x : x;

    [Row("declared_by_pattern", 2, 3, Gradient = [18, 6])]
    [Differentiable]
    public static double DeclaredByPattern(double x, double y)
    {
        double? maybe = x > 1 ? x * y : null;
        if (y > 0 && maybe is { } v && v > x) return v * x * 1.5;
        return y;
    }

    [Row("declared_in_guard", 2, 3)]
    [Differentiable]
    public static double DeclaredInGuard(double x, double y) => (x, y) switch
    {
        var (a, b) when TryDivide(b, a, out double q) => q * a * q,
        _ => x,
    };

    private struct Doubled
    {
        public double Value { get; set => field = value * 2; }

        public double Other { get => field + 1; set; }
    }

    [Row("field_keyword", 2, 3, Gradient = [12, 9])]
    [Differentiable]
    public static double FieldKeyword(double x, double y)
    {
        var doubled = new Doubled { Other = y };
        doubled.Value = x;
        doubled.Value *= y;
        return doubled.Value + doubled.Other;
    }

    private struct Money
    {
        public double Amount;

        public void operator +=(Money other) => Amount += other.Amount * 2;

        public static Money operator ++(Money money) => new() { Amount = money.Amount * 2 };
    }

    [Row("operators_in_place", 2, 3, Gradient = [20, 8])]
    [Differentiable]
    public static double Operators(double x, double y)
    {
        Money money = new() { Amount = x };
        money += new Money { Amount = y };
        money++;
        return money.Amount * x;
    }

    private sealed class Polynomial(double[] coefficients, double scale)
    {
        public double this[int k] => coefficients[k];

        public double Evaluate(double x)
        {
            double s = 0;
            for (int k = coefficients.Length - 1; k >= 0; k--) s = s * x + coefficients[k];
            scale *= 2;
            return s * scale;
        }
    }

    [Row("captured_parameters", 2, 3)]
    [Differentiable]
    public static double Captured(double x, double y)
    {
        var p = new Polynomial([1.0, x, y], y);
        return p.Evaluate(x) + p.Evaluate(y) * p[1];
    }

    private record Person(double Age, double Height)
    {
        public double Ratio => Age / (Height * Height);
    }

    [Row("record_deconstruction", 2, 3)]
    [Differentiable]
    public static double Records(double x, double y)
    {
        var person = new Person(x, y);
        Person other = person with { Age = person.Ratio };
        var (age, height) = other;
        var anonymous = new { Product = age * height, person.Age };
        return anonymous.Product + anonymous.Age * x;
    }

    [Row("chosen_delegate", 2, 3, Gradient = [-1.2484405096414273, 0.9092974268256817])]
    [Row("chosen_delegate", 0.5, 3, Gradient = [-1.438276615812609, 0.8775825618903728])]
    [Differentiable]
    public static double ChosenDelegate(double x, double y)
    {
        Func<double, double> f = x > 1 ? Math.Sin : v => Math.Cos(v);
        return f(x) * y;
    }

    [Row("sequences", new double[] { 1.5, 2, 3, 4 })]
    [Differentiable]
    public static double Sequences(double[] a)
        => a.Concat(a.Reverse()).Skip(1).Take(5).Select((v, i) => v * i).Sum() + a.First() * a.Last() + a.Count(v => v > 2.5) * a.ElementAt(1)
            + a.Aggregate((s, v) => s * v) + (a.Any(v => v > 3) && a.All(v => v > 0) ? a.Where(v => v > 1.7).Select(v => v * v).Where(v => v < 10).Sum() : 0);

    [Row("query", new double[] { 1, 2, 3 })]
    [Differentiable]
    [SuppressMessage("Performance", "CA1829")]
    public static double Query(double[] a)
    {
        IEnumerable<double> sines = from v in a where v > 1.5 select Math.Sin(v);
        return sines.Sum();
    }

    [Row("reversed", new double[] { 1, 2, 3, 4 })]
    [Differentiable]
    public static double Reversed(double[] a)
    {
        double[] squares = System.Array.ConvertAll(a, v => v * v), copy = (double[])squares.Clone();
        System.Array.Reverse(squares);
        Span<double> part = copy.AsSpan(1, 2);
        part.Reverse();
        return squares[0] * copy[1] + copy[2] * a[0];
    }
}
