using System.Numerics.Tensors;
using static AutoDiff.Ops;

namespace AutoDiff.Conformance;

public static partial class Mixed
{
    [Differentiable(Derivatives.Gradient | Derivatives.Jvp | Derivatives.Hvp)]
    public static double Read([Shape("n")] Tensor<double> a, ReadOnlySpan<double> w, double s)
    {
        double m = Sum(a * a), total = 0;
        for (int i = 0; i < w.Length; i++) total += Math.Sin(w[i] * m) * w[i] * s;
        return total;
    }

    [Differentiable]
    public static double OfArray([Shape("n")] Tensor<double> a, double[] w) => w.Length == 0 ? 0 : Sum(Exp(a)) * w[0] * w[^1];

    [Differentiable(Derivatives.Gradient | Derivatives.Jvp)]
    public static double Write([Shape("n")] Tensor<double> a, ReadOnlySpan<double> x, Span<double> y, Span<double> state)
    {
        double m = Mean(a * a);
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = x[i] * m;
            state[i] = state[i] * y[i] + x[i];
        }

        return y[0] * m;
    }

    [Differentiable]
    public static double Local([Shape("n")] Tensor<double> a, ReadOnlySpan<double> w)
    {
        double m = Sum(a), total = 0;
        for (int i = 0; i < w.Length; i++)
        {
            var step = new double[3];
            step[0] = m * w[i];
            step[1] = step[0] * step[0];
            step[2] = Math.Sin(step[1] * total);
            total += step[0] * step[1] + step[2];
        }

        return total;
    }

    [Differentiable]
    public static double Dot(ReadOnlySpan<double> x, double[] y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++) sum += x[i] * y[i] * y[i];
        return sum;
    }

    /// <summary>Calls of both kinds of methods, with views and with arrays of its own.</summary>
    [Differentiable]
    public static double Calls([Shape("n")] Tensor<double> a, double[] w, Span<double> y)
    {
        double m = Sum(a * a);
        double[] own = [m, m * w[0], w[1]];
        Span<double> view = own.AsSpan(1, 2);
        view[1] *= m;
        double first = Dot(view, own);
        own[0] = first * w[2];
        double[] state = [first, m * m];
        double written = Write(a, own, y, state);
        return Read(a, w.AsSpan(1), own[0]) + written * y[1] + state[1] * state[0] + OfArray(a, own);
    }

    [Differentiable]
    public static double SameNumber([Shape("n")] Tensor<double> a, double[] w)
    {
        double s = Sum(a * a);
        return OfArray(a, w) + Read(a, w, s) * Read(a, w.AsSpan(1), s);
    }

    /// <summary>What a tensor is scaled by was read from an element that is written again later: backward has to have the first.</summary>
    [Differentiable]
    public static double Overwritten([Shape("n")] Tensor<double> a, double[] w)
    {
        double[] scales = [w[0] * Sum(a), 0];
        double first = Sum(Exp(a * scales[0]));
        scales[0] = first * w[1] * scales[0];
        double second = Sum(a * a * scales[0]);
        scales[0] = second * second;
        return first * second + scales[0];
    }

    [Differentiable]
    public static double Overlap([Shape("n")] Tensor<double> a, double[] w, Span<double> y) => Write(a, w, y, w);
}

[Differentiable]
public partial class MixedModel
{
    [Parameter("3")]
    public partial Tensor<double> Weight { get; }

    [Differentiable]
    public double Loss([Shape("3")] Tensor<double> a, ReadOnlySpan<double> w)
    {
        double m = Sum(a * Weight), total = 0;
        foreach (double x in w) total += Math.Exp(x * m) * x;
        return total;
    }

    [Differentiable]
    public double Twice([Shape("3")] Tensor<double> a, ReadOnlySpan<double> w) => Loss(a, w) * Loss(a, w[1..]);
}

/// <summary>Spans and arrays in methods that have tensors or models: they have destinations, cotangents and tangents as elsewhere.</summary>
public class SpansBesideTensorsFacts
{
    private static readonly double[] A = [0.3, -0.7, 0.4, 0.2, 0.6], W = [0.9, -0.4, 1.3], X = [0.4, 1.1, -0.6], State = [0.2, -0.9, 0.8];

    private static Tensor<double> T(ReadOnlySpan<double> x) => Tensor.Create<double>(x.ToArray(), [x.Length]);

    private static void Agrees(Func<double[], double> f, double[][] at, double[][] gradient)
        => Assert.True(GradientCheck.Verify(f, [.. at.SelectMany(static x => x)], [.. gradient.SelectMany(static x => x)]) is { Passed: true } report, GradientCheck.Verify(f, [.. at.SelectMany(static x => x)], [.. gradient.SelectMany(static x => x)]).ToString());

    [Fact]
    public void What_is_read_has_a_destination()
    {
        Tensor<double> dA = Tensor.CreateFromShape<double>([5]);
        double[] dW = [7, 7, 7];
        (double value, double dS) = Mixed.ReadGradient(T(A), W, 0.8, dA, dW);
        Assert.Equal(Mixed.Read(T(A), W, 0.8), value);
        Agrees(v => Mixed.Read(T(v.AsSpan(0, 5)), v.AsSpan(5, 3), v[8]), [A, W, [0.8]], [[.. dA], dW, [dS]]);

        double[] twice = [.. dW];
        Mixed.ReadVjp(T(A), W, 0.8, 2, dA, twice, accumulate: true);
        for (int i = 0; i < 3; i++) Assert.Equal(3 * dW[i], twice[i], 1e-12);
    }

    [Fact]
    public void Tangents_and_products_with_the_Hessian()
    {
        double[] tA = [0.5, 1, -1, 0.25, 2], tW = [1, -0.5, 0.25], dW = new double[3], dWTangent = new double[3], dWAgain = new double[3];
        Tensor<double> dA = Tensor.CreateFromShape<double>([5]), dATangent = Tensor.CreateFromShape<double>([5]);
        (_, double dS) = Mixed.ReadGradient(T(A), W, 0.8, dA, dW);
        (double value, double tangent) = Mixed.ReadJvp(T(A), W, 0.8, T(tA), tW, 0.7);
        Assert.Equal(Mixed.Read(T(A), W, 0.8), value, 1e-14);
        Assert.Equal(dA.Zip(tA, static (x, y) => x * y).Sum() + dW.Zip(tW, static (x, y) => x * y).Sum() + dS * 0.7, tangent, 1e-13);

        var product = Mixed.ReadHvp(T(A), W, 0.8, T(tA), tW, 0.7, dA, dWAgain, dATangent, dWTangent);
        Assert.Equal(dW, dWAgain);
        double Along(double h)
        {
            Tensor<double> da = Tensor.CreateFromShape<double>([5]);
            double[] dw = new double[3];
            (_, double ds) = Mixed.ReadGradient(
                T([.. A.Zip(tA, (x, t) => x + h * t)]), [.. W.Zip(tW, (x, t) => x + h * t)], 0.8 + h * 0.7, da, dw);
            return da.Select(static (x, i) => x * (i + 1)).Sum() + dw.Select(static (x, i) => x * (i - 4)).Sum() + 3 * ds;
        }

        double expected = dATangent.Select(static (x, i) => x * (i + 1)).Sum() + dWTangent.Select(static (x, i) => x * (i - 4)).Sum() + 3 * product.DSDot;
        Assert.Equal((Along(1e-6) - Along(-1e-6)) / 2e-6, expected, 1e-7);
    }

    [Fact]
    public void Arrays_are_checked_as_everywhere()
    {
        Tensor<double> a = T(A), dA = Tensor.CreateFromShape<double>([5]);
        double[] w = [.. W], dW = new double[3];
        Mixed.OfArrayGradient(a, w, dA, dW);
        Agrees(v => Mixed.OfArray(T(v.AsSpan(0, 5)), v[5..]), [A, W], [[.. dA], dW]);
        Assert.Throws<ArgumentNullException>("w", () => Mixed.OfArrayGradient(a, null!, dA, dW));
        Assert.Throws<ArgumentNullException>("w", () => Mixed.OfArrayForward(a, null!));
        Assert.Contains("dW", Assert.Throws<ArgumentException>(() => Mixed.OfArrayGradient(a, w, dA, new double[2])).Message, StringComparison.Ordinal);
        ArgumentException shared = Assert.Throws<ArgumentException>(() => Mixed.OfArrayGradient(a, w, dA, w));
        Assert.Contains("dW", shared.Message, StringComparison.Ordinal);
        Assert.Contains("w", shared.Message, StringComparison.Ordinal);
        Assert.Equal(W, w);
    }

    [Fact]
    public void What_is_written_has_a_cotangent()
    {
        double[] y = new double[3], state = [.. State], cotangent = [0.3, -1, 2], cotangentOfState = [1, 0.5, -0.4], dX = new double[3], dStateAtEntry = new double[3];
        Tensor<double> dA = Tensor.CreateFromShape<double>([5]);
        double L(double[] v)
        {
            double[] written = new double[3], kept = v[8..11];
            double value = Mixed.Write(T(v.AsSpan(0, 5)), v.AsSpan(5, 3), written, kept);
            return 1.5 * value + written.Zip(cotangent, static (p, q) => p * q).Sum() + kept.Zip(cotangentOfState, static (p, q) => p * q).Sum();
        }

        Mixed.WriteVjp(T(A), X, y, state, 1.5, cotangent, cotangentOfState, dA, dX, dStateAtEntry);
        Agrees(L, [A, X, State], [[.. dA], dX, dStateAtEntry]);
        double[] plainY = new double[3], plainState = [.. State];
        Mixed.Write(T(A), X, plainY, plainState);
        Assert.Equal(plainY, y);
        Assert.Equal(plainState, state);

        double[] tA = [0.5, 1, -1, 0.25, 2], tX = [1, -0.5, 0.25], tState = [0.1, 0.2, -0.6], before = [.. tState], tY = [9, 9, 9];
        state = [.. State];
        (_, double tangent) = Mixed.WriteJvp(T(A), X, y, state, T(tA), tX, tState, tY);
        double forward = 1.5 * tangent + tY.Zip(cotangent, static (p, q) => p * q).Sum() + tState.Zip(cotangentOfState, static (p, q) => p * q).Sum();
        double reverse = dA.Zip(tA, static (p, q) => p * q).Sum() + dX.Zip(tX, static (p, q) => p * q).Sum() + dStateAtEntry.Zip(before, static (p, q) => p * q).Sum();
        Assert.Equal(reverse, forward, 1e-12);
    }

    [Fact]
    public void Local_arrays_of_iterations()
    {
        Tensor<double> dA = Tensor.CreateFromShape<double>([5]);
        double[] dW = new double[3];
        Mixed.LocalGradient(T(A), W, dA, dW);
        Agrees(v => Mixed.Local(T(v.AsSpan(0, 5)), v.AsSpan(5)), [A, W], [[.. dA], dW]);
    }

    [Fact]
    public void Calls_take_views_and_arrays()
    {
        Tensor<double> dA = Tensor.CreateFromShape<double>([5]);
        double[] dW = new double[3], y = new double[2], dY = new double[2], dYAtEntry = new double[2];
        double value = Mixed.CallsVjp(T(A), W, y, 1, dY, dA, dW, dYAtEntry);
        Assert.All(dYAtEntry, static x => Assert.Equal(0, x));
        Assert.Equal(Mixed.Calls(T(A), W, new double[2]), value, 1e-13);
        Agrees(v => Mixed.Calls(T(v.AsSpan(0, 5)), v[5..], new double[2]), [A, W], [[.. dA], dW]);
        Mixed.SameNumberGradient(T(A), W, dA, dW);
        Agrees(v => Mixed.SameNumber(T(v.AsSpan(0, 5)), v[5..]), [A, W], [[.. dA], dW]);
    }

    [Fact]
    public void A_call_that_writes_what_it_reads_is_refused()
    {
        Tensor<double> dA = Tensor.CreateFromShape<double>([5]);
        double[] w = [.. W];
        ArgumentException error = Assert.Throws<ArgumentException>(() => Mixed.OverlapVjp(T(A), w, new double[3], 1, new double[3], new double[3], dA, new double[3], new double[3]));
        Assert.Contains("state", error.Message, StringComparison.Ordinal);
        Assert.Contains("x", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Models()
    {
        var model = new MixedModel();
        for (int i = 0; i < 3; i++) model.Weight[i] = 0.5 - 0.3 * i;
        double[] a = A[..3], dW = new double[3];
        Tensor<double> dA = Tensor.CreateFromShape<double>([3]);
        GradientSet<double> gradients = model.CreateGradients(), alone = model.CreateGradients();
        model.TwiceGradient(T(a), W, dA, dW, gradients);
        Agrees(v => model.Twice(T(v.AsSpan(0, 3)), v.AsSpan(3)), [a, W], [[.. dA], dW]);
        model.TwiceGradient(T(a), W, alone);
        Assert.True(gradients.Flat.SequenceEqual(alone.Flat));
        Assert.True(GradientCheck.Verify(gradients, () => model.Twice(T(a), W)).Passed);
    }

    [Fact]
    public void An_element_that_is_written_again_keeps_what_was_read()
    {
        Tensor<double> dA = Tensor.CreateFromShape<double>([5]);
        double[] dW = new double[3];
        Mixed.OverwrittenGradient(T(A), W, dA, dW);
        Agrees(v => Mixed.Overwritten(T(v.AsSpan(0, 5)), v[5..]), [A, W], [[.. dA], dW]);
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        Tensor<double> a = T(A), dA = Tensor.CreateFromShape<double>([5]);
        double[] dW = new double[3];
        for (int i = 0; i < 3; i++) Mixed.LocalGradient(a, W, dA, dW);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Mixed.LocalGradient(a, W, dA, dW);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
