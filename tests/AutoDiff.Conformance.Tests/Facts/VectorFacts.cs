namespace AutoDiff.Conformance;

public struct Weighted
{
    public double A;
    public int Count;
    public double B;
}

public static partial class LaneRows
{
    [Differentiable(Derivatives.Gradient | Derivatives.Jvp)]
    public static double Weighing(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double s = 0;
        for (int i = 0; i < a.Length; i++) s += Math.Exp(a[i]) * b[i] / (1 + b[i] * b[i]);
        return s;
    }

    [Differentiable(Derivatives.Gradient | Derivatives.Jvp)]
    public static void Products(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> result)
    {
        for (int i = 0; i < result.Length; i++) result[i] = (x[i] + y[i]) * (x[i] - y[i]) + 2 * x[i] * y[i];
    }

    [Differentiable]
    public static double OfStruct(Weighted w) => w.A * w.A * w.Count + w.B;
}

/// <summary>Of section 14 what has lengths or matrices, and of section 7 what the type of a gradient is.</summary>
public class VectorFacts
{
    // Each element alone runs in a tail, and with others in whole vectors.
    [Fact(DisplayName = "tail_lanes")]
    public void Whole_vectors_and_tails_agree_to_the_bit()
    {
        for (int n = 0; n <= 33; n++)
        {
            double[] a = [.. Enumerable.Range(0, n).Select(static i => Math.Sin(i))], b = [.. Enumerable.Range(0, n).Select(static i => 0.3 * i - 2)];
            double[] da = new double[n], db = new double[n], oneA = new double[1], oneB = new double[1];
            LaneRows.WeighingGradient(a, b, da, db);
            for (int i = 0; i < n; i++)
            {
                LaneRows.WeighingGradient([a[i]], [b[i]], oneA, oneB);
                Assert.Equal(BitConverter.DoubleToInt64Bits(oneA[0]), BitConverter.DoubleToInt64Bits(da[i]));
                Assert.Equal(BitConverter.DoubleToInt64Bits(oneB[0]), BitConverter.DoubleToInt64Bits(db[i]));
                Assert.Equal(Math.Exp(a[i]) * b[i] / (1 + b[i] * b[i]), da[i], 1e-13);
                Assert.Equal(Math.Exp(a[i]) * (1 - b[i] * b[i]) / ((1 + b[i] * b[i]) * (1 + b[i] * b[i])), db[i], 1e-13);
            }
        }
    }

    [Fact(DisplayName = "matmul_fwd")]
    public void Tangents_of_elementwise_products_of_matrices()
    {
        double[] x = new double[12], y = new double[12], ones = new double[12], result = new double[12], tangents = new double[12];
        Array.Fill(x, 2);
        Array.Fill(y, 1.5);
        Array.Fill(ones, 1);
        LaneRows.ProductsJvp(x, y, result, ones, ones, tangents);
        Assert.All(result, static z => Assert.Equal(7.75, z));
        Assert.All(tangents, static t => Assert.Equal(8, t));
    }

    // A gradient has the type of its primal, so that there is no other one whose members could be called differently.
    [Fact(DisplayName = "separate_tangent_type")]
    public void The_gradient_of_a_struct_is_the_same_struct()
    {
        (double value, Weighted gradient) = LaneRows.OfStructGradient(new Weighted { A = 3, Count = 2, B = 1 });
        Assert.Equal(19, value);
        Assert.Equal((12.0, 0, 1.0), (gradient.A, gradient.Count, gradient.B));
    }
}
