namespace AutoDiff.Conformance;

/// <summary>Section 7: structs, records, objects and values that may be null.</summary>
public static partial class Structs
{
    private struct Foo(double stored)
    {
        public double Stored = stored;

        public readonly double Computed => Stored * Stored;
    }

    private struct Marked
    {
        public double X;
        public int N;
        [NoGradient] public double K;

        public readonly double Call() => X;
    }

    private struct Settable
    {
        public double X { get; set; }

        public double Computed
        {
            readonly get => X;
            set => X = value;
        }

        public double Doubled
        {
            readonly get => 2 * X;
            set => X = value / 2;
        }
    }

    private struct Generic<T>
    {
        public T X, Y, Z;
    }

    private class Base(double k)
    {
        public double K = k;

        public virtual double Apply(double x) => K * x;
    }

    private sealed class Override(double k) : Base(k)
    {
        public override double Apply(double x) => 3 * x;
    }

    [Row("ctor", 4, Value = [16], Gradient = [8])]
    [Differentiable]
    public static double Constructor(double stored) => new Foo(stored).Computed;

    [Row("getter_times_field", 4, Value = [64], Gradient = [48])]
    [Differentiable]
    public static double GetterTimesField(double stored)
    {
        var foo = new Foo(stored);
        return foo.Computed * foo.Stored;
    }

    [Row("nodiff_field", 10, Value = [60], Gradient = [6])]
    [Differentiable]
    public static double UndifferentiatedField(double x)
    {
        var marked = new Marked { X = x, K = 2 };
        return marked.X * marked.K * 3;
    }

    // What goes into a field without a derivative comes out without one.
    [Row("nodiff_field", 10, 1, Value = [10], Gradient = [0, 10], IsKink = true)]
    [Differentiable]
    public static double ThroughUndifferentiatedField(double x, double y)
    {
        var marked = new Marked { K = x };
        return marked.K * y;
    }

    [Row("int_field_skipped", 3, Value = [6], Gradient = [2])]
    [Differentiable]
    public static double IntegerField(double x)
    {
        var marked = new Marked { X = x, N = 2 };
        return marked.X * marked.N;
    }

    [Row("field_plus_method", 3, Value = [6], Gradient = [2])]
    [Differentiable]
    public static double FieldPlusMethod(double x)
    {
        var marked = new Marked { X = x };
        return marked.Call() + marked.X;
    }

    [Row("setter", 3, Gradient = [6])]
    [Row("setter", 4, Gradient = [8])]
    [Differentiable]
    public static double Setter(double x)
    {
        var s = new Settable { X = 1 };
        s.X *= x;
        s.Computed *= x;
        return s.X;
    }

    [Row("scaled_property", 3, Gradient = [4])]
    [Row("scaled_property", 4, Gradient = [4])]
    [Differentiable]
    public static double ScaledProperty(double x)
    {
        var s = new Settable { X = 1 };
        s.Doubled *= 4 * x;
        return s.X;
    }

    [Row("getter_setter_seed", 3, 4, Seed = [5], Value = [12], Gradient = [20, 15])]
    [Differentiable]
    public static double GetterSetter(double value, double factor)
    {
        var h = new Settable { Computed = value };
        h.Computed = h.Computed * factor;
        return h.X;
    }

    [Row("generic_struct", 3, Value = [243], Gradient = [405])]
    [Differentiable]
    public static double GenericStruct(double x)
    {
        var g = new Generic<double> { X = x, Y = 1, Z = 1 };
        for (int i = 0; i < 2; i++)
        {
            g.X *= x;
            g.Y = g.X;
        }

        g.Y /= x;
        return g.X * g.Y;
    }

    [Row("nullable", 10, true, Value = [100], Gradient = [20])]
    [Row("nullable", 10, false, Value = [10], Gradient = [0])]
    [Differentiable]
    public static double Nullable(double x, bool isThere)
    {
        double? a = isThere ? x : null;
        return a.HasValue ? a.Value * a.Value : 10;
    }

    [Row("class_field_mutated", 10, Value = [100], Gradient = [20])]
    [Differentiable]
    public static double ClassFieldMutated(double x)
    {
        var c = new Base(x);
        Base other = c;
        other.K *= c.K;
        return c.K;
    }

    [Row("captured_object_mutated_later", 1, Value = [10], Gradient = [10])]
    [Differentiable]
    public static double CapturedObjectMutatedLater(double x)
    {
        var m = new Base(10);
        double used = m.K * x;
        m.K += 1;
        return used;
    }

    [Row("virtual_wrt_receiver", 2, 10, Value = [20], Gradient = [10, 2])]
    [Differentiable]
    public static double VirtualOnBase(double k, double x)
    {
        var b = new Base(k);
        return b.Apply(x);
    }

    [Row("virtual_wrt_receiver", 2, 10, Value = [30], Gradient = [0, 3])]
    [Differentiable]
    public static double VirtualOnOverride(double k, double x)
    {
        Base b = new Override(k);
        return b.Apply(x);
    }

    [Row("nodiff_this", 3, Value = [27], Gradient = [9], IsKink = true)]
    [Differentiable]
    public static double ReceiverExcluded(double x)
    {
        var foo = new Foo(x);
        return Ad.Detach(foo).Computed * foo.Stored;
    }
}
