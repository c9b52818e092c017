namespace AutoDiff.Conformance;

/// <summary>
/// Members that change the struct they belong to: of a variable (a local, a field, an element, what is returned by ref) they change that one, of a value or of what is readonly
/// they change a copy.
/// </summary>
public static partial class StructReceivers
{
    public struct Pair(double a, double b)
    {
        public double A = a;
        public double B = b;

        public double Doubled
        {
            get => A *= 2;
            set
            {
                A = value;
                B += value;
            }
        }

        public double this[int i]
        {
            get => (A += 1) * i;
            set => B += value * i;
        }

        public void Times(in Pair by)
        {
            A *= by.A;
            B = B * by.A + A * by.B;
        }

        public void TimesValue(Pair by)
        {
            A *= by.A;
            B = B * by.A + A * by.B;
        }

        public double Next() => A += 1;

#pragma warning disable CS8656 // A copy of 'this' is what the row is about.
        public readonly double After(double k) => Next() * k + A;
#pragma warning restore CS8656
    }

    public readonly struct Fixed(double x)
    {
        public readonly Pair Held = new(x, x);

        public double Twice() => Held.Next() * Held.Next() * Held.A;
    }

    public sealed class Holder(double x)
    {
        public Pair Open = new(x, 2 * x);
        public readonly Pair Closed = new(x, 3 * x);

        public Pair Property { get; set; } = new(x, 1);
    }

    // (x + 1) (x + 2)³ − x
    [Row("struct_receiver_of_an_element", 2, Value = [190], Gradient = [207])]
    [Row("struct_receiver_of_an_element", -0.7)]
    [Differentiable]
    public static double Element(double x)
    {
        var pairs = new Pair[2];
        pairs[0] = new Pair(x, 1);
        pairs[1] = pairs[0];
        double s = pairs[0].Next() * pairs[0].Next();
        return s * pairs[0].A * pairs[0].A - pairs[1].A * pairs[1].B;
    }

    [Row("struct_receiver_of_elements_of_a_parameter", new double[] { 0.8, 2, 1.2, 0.8, 0.4, 0.7 })]
    [Differentiable]
    public static double Elements(Span<double> x)
    {
        Span<Pair> pairs = new Pair[3];
        for (int i = 0; i < 3; i++) pairs[i] = new Pair(x[2 * i], x[2 * i + 1]);
        pairs[0].Times(pairs[1]);
        pairs[1].Next();
        pairs[1].Doubled += pairs[0].A;
        pairs[^1][2] += 3 * pairs[1].B;
        double s = 0;
        for (int i = 0; i < pairs.Length; i++)
        {
            pairs[i].TimesValue(pairs[0]);
            pairs[i].Times(in pairs[i]);
            s += pairs[i].A * pairs[i].B;
        }

        return s;
    }

    // 2 x⁴ y, where the argument has changed when it is read again, and (x³ + x⁴) y, where it has not.
    [Row("struct_receiver_that_is_its_argument", 2, 3, Value = [168], Gradient = [324, 56])]
    [Differentiable]
    public static double ItsArgument(double x, double y)
    {
        var shared = new Pair(x, y);
        shared.Times(in shared);
        var copied = new Pair(x, y);
        copied.TimesValue(copied);
        return shared.A * shared.B + copied.A * copied.B;
    }

    // Read-only: each call works on a copy of its own.
    [Row("struct_receiver_that_is_readonly", 2, Value = [18], Gradient = [21])]
    [Row("struct_receiver_that_is_readonly", -0.3)]
    [Differentiable]
    public static double ReadOnly(double x) => new Fixed(x).Twice();

    [Row("struct_receiver_in_an_object", 2)]
    [Row("struct_receiver_in_an_object", -0.3)]
    [Differentiable]
    public static double InAnObject(double x)
    {
        var holder = new Holder(x);
        double s = holder.Open.Next() * holder.Open.Next() + holder.Closed.Next() * holder.Closed.Next() + holder.Property.Next() * holder.Property.Next();
        return s * holder.Open.A + holder.Closed.A * holder.Property.A;
    }

    private static double ByIn(in Pair p) => p.Next() * p.Next() * p.A;

    [Row("struct_receiver_by_reference", 2)]
    [Row("struct_receiver_by_reference", -0.3)]
    [Differentiable]
    public static double ByReference(double x)
    {
        var pair = new Pair(x, 1);
        ref readonly Pair seen = ref pair;
        ref Pair own = ref pair;
        double s = seen.Next() * seen.A + ByIn(pair) + pair.After(x);
        s += own.Next() * pair.A * seen.A;
        foreach (Pair each in new[] { pair, new Pair(2, x) }) s += each.Next() * each.Next() * each.A;
        return s * pair.A;
    }

    [Row("struct_receiver_of_a_property", 2)]
    [Row("struct_receiver_of_a_property", -0.3)]
    [Differentiable]
    public static double Property(double x)
    {
        var pair = new Pair(x, 1);
        double y = pair.Doubled = pair.Doubled * x;
        y += pair.Doubled += x;
        y += pair[3] *= 2;
        return y * pair.A + pair.B * x;
    }

    private static double Shared(in double a, ref double b)
    {
        b *= 3;
        return a;
    }

    // 3 x · 9 x · (9 x + 1): the first two are seen to change, the last one is a value of its own.
    [Row("argument_shared_by_in_and_ref", 2, Value = [2052], Gradient = [3024])]
    [Differentiable]
    public static double SharedArgument(double x)
    {
        double y = x;
        return Shared(y, ref y) * Shared(in y, ref y) * Shared(y + 1, ref y);
    }
}
