namespace AutoDiff.Conformance;

public static partial class InPlace
{
    [Differentiable]
    public static double Scale(Span<double> values, ReadOnlySpan<double> factors, ref double count)
    {
        double sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] *= factors[i];
            sum += values[i];
        }

        count += 1;
        return sum;
    }

    [Differentiable]
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double s = 0;
        for (int i = 0; i < a.Length; i++) s += a[i] * b[i];
        return s;
    }

    [Differentiable]
    public static double Logarithms(ReadOnlySpan<double> a)
    {
        double s = 1;
        for (int i = 0; i < a.Length; i++)
        {
            if (a[i] < 0) throw new ArgumentOutOfRangeException(nameof(a), $"element {i} is {a[i]}");
            s = s * Math.Log(a[i]) + a[i];
        }

        return s;
    }
}

/// <summary>What memory holds after a generated member.</summary>
public class MemoryFacts
{
    // What the method writes holds what the method leaves there; what it reads, and cotangents, are as before.
    [Fact(DisplayName = "input_restored")]
    public void Inputs_hold_what_the_method_leaves()
    {
        double[] values = [2, 3], factors = [5, 7], dValues = [1, 1], entry = new double[2], dFactors = new double[2];
        double count = 1;
        InPlace.ScaleVjp(values, factors, ref count, 1.0, dValues, 0.0, entry, dFactors);
        Assert.Equal([10, 21], values);
        Assert.Equal([5, 7], factors);
        Assert.Equal([1, 1], dValues);
        Assert.Equal(2, count);
        Assert.Equal([10, 14], entry);
        Assert.Equal([4, 6], dFactors);
    }

    [Fact(DisplayName = "same_span_twice")]
    public void Two_inputs_may_be_one_buffer_and_destinations_may_not()
    {
        double[] a = [2, 3], da = new double[2], db = new double[2];
        Assert.Equal(13, InPlace.DotGradient(a, a, da, db));
        Assert.Equal([2, 3], da);
        Assert.Equal([2, 3], db);
        da = [8, 9];
        var shared = Assert.Throws<ArgumentException>(() => InPlace.DotGradient(a, a, da, da));
        Assert.Contains("da", shared.Message, StringComparison.Ordinal);
        Assert.Contains("db", shared.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => InPlace.DotGradient(a, a, da, new double[3]));
        Assert.Throws<ArgumentException>(() => InPlace.DotGradient(a, a, a, db));
        Assert.Equal([8, 9], da);
        Assert.Equal([2, 3], a);
    }

    [Fact]
    public void An_array_that_is_missing_is_named_and_nothing_is_written()
    {
        double[] a = [1, 2], da = [8, 9], db = [8, 9];
        Assert.Equal("a", Assert.Throws<ArgumentNullException>(() => Sequences.LinqGradient(null!, a, da, db)).ParamName);
        Assert.Equal("b", Assert.Throws<ArgumentNullException>(() => Sequences.LinqVjp(a, null!, 1, da, db)).ParamName);
        Assert.Equal([8, 9], da);
        Assert.Equal([8, 9], db);
    }

    [Fact(DisplayName = "throw_leaves_tape")]
    public void A_throw_leaves_destinations_alone()
    {
        double[] destination = [8, 9, 10];
        var thrown = Assert.Throws<ArgumentOutOfRangeException>(() => InPlace.LogarithmsGradient([1, 2, -3], destination));
        Assert.Contains("element 2", thrown.Message, StringComparison.Ordinal);
        Assert.Equal([8, 9, 10], destination);

        // The pooled memory was given back: what comes next finds it clean, and nothing is allocated any more.
        double[] good = [1, 2, 3];
        InPlace.LogarithmsGradient(good, destination);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) InPlace.LogarithmsGradient(good, destination);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4000);
    }
}
