namespace AutoDiff.Conformance;

/// <summary>What a method reads and others change.</summary>
public sealed class Gauge
{
    public double Level { get; set; } = 2;

    public Gauge? Next;

    public bool IsHot;

    public int this[int i] => i + (int)Level;
}

public partial class Readings
{
    public static double Shared = 2;

    public double Scale = 3;

    public Gauge Inner { get; } = new();

    [Differentiable(Derivatives.Gradient | Derivatives.Jvp)]
    public static double OfAStaticField(double x)
    {
        double a = x * Shared;
        double b = Raise();
        return a * b * Shared;
    }

    [Differentiable(Derivatives.Gradient | Derivatives.Jvp)]
    public static double OfAMember(Gauge gauge, double x)
    {
        double a = x * gauge.Level;
        Raise(gauge);
        return a * x * gauge.Level * gauge[1];
    }

    [Differentiable(Derivatives.Gradient | Derivatives.Jvp)]
    public static double InALoop(Gauge gauge, double x)
    {
        double s = 1;
        for (int i = 0; i < 3; i++)
        {
            s *= x * gauge.Level * gauge.Next!.Level;
            Raise(gauge);
        }

        return gauge.IsHot ? s * x : s;
    }

    [Differentiable]
    public static double OfACallee(Gauge gauge, double x)
    {
        double s = 1;
        for (int i = 0; i < 2; i++)
        {
            s *= Recursive(gauge, x, 2) * Shared;
            Raise(gauge);
        }

        return s;
    }

    [Differentiable]
    public static double Recursive(Gauge gauge, double x, int n)
    {
        if (n == 0) return x;
        double a = x * gauge.Level * Shared;
        Raise(gauge);
        return a * Recursive(gauge, x, n - 1);
    }

    [Differentiable]
    public double OfTheReceiver(ReadOnlySpan<double> x)
    {
        double s = 0;
        for (int i = 0; i < x.Length; i++) s += x[i] * x[i] * Scale * Shared * Inner.Level;
        return s;
    }

    [NoGradient]
    private static double Raise() => ++Shared;

    [NoGradient]
    private static void Raise(Gauge gauge)
    {
        gauge.Level++;
        gauge.Next = new Gauge { Level = gauge.Level };
        gauge.IsHot = gauge.Level > 4;
        Shared *= 1.5;
    }
}

/// <summary>Static fields and members of objects that a call changes between the forward part and the backward part: the gradient is that of the values that were read.</summary>
public class OutsideStateFacts
{
    [Fact]
    public void A_static_field_is_read_when_the_method_reads_it()
        => Check(static x => Readings.OfAStaticField(x), static x => Readings.OfAStaticFieldGradient(x), static (x, d) => Readings.OfAStaticFieldJvp(x, d).Tangent);

    [Fact]
    public void A_member_is_read_when_the_method_reads_it()
        => Check(static x => Readings.OfAMember(Made(), x), static x => Readings.OfAMemberGradient(Made(), x), static (x, d) => Readings.OfAMemberJvp(Made(), x, d).Tangent);

    [Fact]
    public void Members_of_members_in_a_loop()
        => Check(static x => Readings.InALoop(Made(), x), static x => Readings.InALoopGradient(Made(), x), static (x, d) => Readings.InALoopJvp(Made(), x, d).Tangent);

    [Fact]
    public void What_a_callee_read_is_kept_for_its_pullback()
        => Check(static x => Readings.OfACallee(Made(), x), static x => Readings.OfACalleeGradient(Made(), x));

    [Fact]
    public void What_nothing_changes_is_read_once()
    {
        Readings.Shared = 2;
        double[] dx = new double[3];
        Assert.Equal(168, new Readings().OfTheReceiverGradient([1, 2, 3], dx));
        Assert.Equal([24.0, 48, 72], dx);
    }

    private static Gauge Made() => new() { Next = new Gauge { Level = 5 } };

    private static void Check(Func<double, double> f, Func<double, (double Value, double Slope)> gradient, Func<double, double, double>? tangent = null)
    {
        const double X = 1.3, Step = 1e-6;
        (double value, double slope) = At(() => gradient(X));
        Assert.Equal(At(() => f(X)), value);
        double difference = (At(() => f(X + Step)) - At(() => f(X - Step))) / (2 * Step);
        Assert.Equal(1, slope / difference, 1e-8);
        if (tangent is not null) Assert.Equal(1, At(() => tangent(X, 0.5)) / (0.5 * slope), 1e-12);

        static T At<T>(Func<T> run)
        {
            Readings.Shared = 2;
            return run();
        }
    }
}
