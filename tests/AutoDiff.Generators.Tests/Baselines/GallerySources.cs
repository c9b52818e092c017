namespace AutoDiff.Generators.Tests.Baselines;

/// <summary>What the gallery shows: small methods, each for one thing that the compiler does.</summary>
internal static class GallerySources
{
    public static readonly IReadOnlyDictionary<string, string> All = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["Rosenbrock"] = """
            public static partial class Functions
            {
                [Differentiable]
                public static double Rosenbrock(double x, double y)
                {
                    double a = 1 - x, b = y - x * x;
                    return a * a + 100 * b * b;
                }
            }
            """,
        ["Piecewise"] = """
            public static partial class Functions
            {
                [Differentiable]
                public static double Piecewise(double x, double y)
                {
                    if (x > y) return Math.Sqrt(x) * y;
                    double z = x < 0 ? -x : Math.Max(x, 0.5 * y);
                    return z + Math.Log(1 + y * y);
                }
            }
            """,
        ["Recurrence"] = """
            public static partial class Functions
            {
                [Differentiable]
                public static double Recurrence(double r, double x, int n)
                {
                    for (int i = 0; i < n; i++)
                        x = r * x * (1 - x);
                    return x;
                }
            }
            """,
        ["Horner"] = """
            public static partial class Functions
            {
                [Differentiable]
                public static double Horner(ReadOnlySpan<double> coefficients, double x)
                {
                    double p = 0;
                    for (int i = coefficients.Length - 1; i >= 0; i--)
                        p = p * x + coefficients[i];
                    return p;
                }
            }
            """,
        ["LogSumExp"] = """
            public static partial class Functions
            {
                [Differentiable]
                public static double LogSumExp(ReadOnlySpan<double> x)
                {
                    double max = double.NegativeInfinity;
                    for (int i = 0; i < x.Length; i++)
                        max = Math.Max(max, x[i]);
                    double sum = 0;
                    for (int i = 0; i < x.Length; i++)
                        sum += Math.Exp(x[i] - max);
                    return max + Math.Log(sum);
                }
            }
            """,
        ["EarlyReturn"] = """
            public static partial class Functions
            {
                [Differentiable]
                public static double EarlyReturn(ReadOnlySpan<double> x, double limit)
                {
                    double s = 0;
                    for (int i = 0; i < x.Length; i++)
                    {
                        s += x[i] * x[i];
                        if (s > limit) return s * limit;
                    }

                    return Math.Sqrt(s);
                }
            }
            """,
        ["Swap"] = """
            public static partial class Functions
            {
                [Differentiable]
                public static double Swap(double x, double y, int n)
                {
                    while (n > 0)
                    {
                        (x, y) = (y, x * y);
                        n--;
                    }

                    return x + y;
                }
            }
            """,
        ["Histogram"] = """
            public static partial class Functions
            {
                [Differentiable]
                public static void Histogram(ReadOnlySpan<double> values, [NoGradient] ReadOnlySpan<int> bins, Span<double> totals)
                {
                    for (int i = 0; i < values.Length; i++)
                        totals[bins[i]] += values[i] * values[i];
                }
            }
            """,
        ["Spring"] = """
            public static partial class Functions
            {
                [Differentiable]
                public static double Spring(double k, double x, double v, double step, int n)
                {
                    double energy = 0;
                    for (int i = 0; i < n; i++)
                    {
                        v -= step * k * x;
                        x += step * v;
                        energy += 0.5 * (v * v + k * x * x);
                    }

                    return energy / n;
                }
            }
            """,
        ["Normal"] = """
            public static partial class Functions
            {
                [Differentiable]
                public static double Normal([NoGradient] ReadOnlySpan<double> data, double mean, double deviation)
                {
                    double sum = 0;
                    for (int i = 0; i < data.Length; i++)
                    {
                        double z = (data[i] - mean) / deviation;
                        sum -= 0.5 * z * z + Math.Log(deviation);
                    }

                    return sum;
                }
            }
            """,
        ["MatVec"] = """
            public static partial class Functions
            {
                [Differentiable]
                public static void MatVec(ReadOnlySpan<double> a, ReadOnlySpan<double> x, Span<double> y)
                {
                    int n = x.Length;
                    for (int i = 0; i < y.Length; i++)
                    {
                        double sum = 0;
                        for (int j = 0; j < n; j++)
                            sum += a[i * n + j] * x[j];
                        y[i] = sum;
                    }
                }
            }
            """,
        ["Dense"] = """
            public static partial class Tensors
            {
                [Differentiable]
                [return: Shape("batch out")]
                public static Tensor<float> Dense([Shape("batch in")] Tensor<float> x, [Shape("in out")] Tensor<float> w, [Shape("out")] Tensor<float> b)
                    => Gelu(MatMul(x, w) + b);
            }
            """,
        ["Logistic"] = """
            public static partial class Tensors
            {
                [Differentiable]
                public static float Logistic([Shape("batch in")] Tensor<float> x, [Shape("in")] Tensor<float> w, [NoGradient, Shape("batch")] Tensor<float> y)
                {
                    Tensor<float> p = Sigmoid(Sum(x * w, axis: 1));
                    return -Mean(y * Log(p) + (1f - y) * Log(1f - p));
                }
            }
            """,
        ["Softmax"] = """
            public static partial class Tensors
            {
                [Differentiable]
                [return: Shape("batch classes")]
                public static Tensor<float> Temperature([Shape("batch classes")] Tensor<float> logits, float temperature)
                    => Softmax(logits * (1f / temperature));
            }
            """,
        ["Normalize"] = """
            public static partial class Tensors
            {
                [Differentiable]
                [return: Shape("batch width")]
                public static Tensor<float> Normalize([Shape("batch width")] Tensor<float> x, [Shape("width")] Tensor<float> weight)
                {
                    Tensor<float> centred = x - Mean(x, axis: -1, keepDims: true);
                    Tensor<float> variance = Mean(Square(centred), axis: -1, keepDims: true);
                    return centred / Sqrt(variance + 1e-5f) * weight;
                }
            }
            """,
        ["Attention"] = """
            public static partial class Tensors
            {
                [Differentiable]
                [return: Shape("batch time width")]
                public static Tensor<float> Attention([Shape("batch time width")] Tensor<float> q, [Shape("batch time width")] Tensor<float> k, [Shape("batch time width")] Tensor<float> v)
                {
                    Tensor<float> scores = MatMul(q, k, transposeB: true) * 0.125f;
                    Tensor<float> weights = Softmax(CausalMask(scores));
                    return MatMul(weights, v);
                }
            }
            """,
        ["Contrastive"] = """
            public static partial class Tensors
            {
                [Differentiable]
                public static float Contrastive([Shape("batch width")] Tensor<float> a, [Shape("batch width")] Tensor<float> b, ReadOnlySpan<int> pairs)
                    => CrossEntropy(MatMul(a, b, transposeB: true), pairs);
            }
            """,
        ["Recurrent"] = """
            public static partial class Tensors
            {
                [Differentiable]
                [return: Shape("batch hidden")]
                public static Tensor<float> Recurrent([Shape("batch hidden")] Tensor<float> state, [Shape("hidden hidden")] Tensor<float> w, int steps)
                {
                    for (int t = 0; t < steps; t++)
                        state = Tanh(MatMul(state, w));
                    return state;
                }
            }
            """,
        ["Mlp"] = """
            [Differentiable]
            public sealed partial class Mlp(int inputs, int hidden, int outputs)
            {
                [Parameter("inputs hidden")] public partial Tensor<float> W1 { get; }

                [Parameter("hidden")] public partial Tensor<float> B1 { get; }

                [Parameter("hidden outputs")] public partial Tensor<float> W2 { get; }

                [Differentiable]
                public float Loss([Shape("batch inputs")] Tensor<float> x, [Shape("batch")] ReadOnlySpan<int> labels)
                    => CrossEntropy(MatMul(Relu(MatMul(x, W1) + B1), W2), labels);
            }
            """,
        ["SelfAttention"] = """
            [Differentiable]
            public sealed partial class SelfAttention(int width, int heads)
            {
                [Parameter("width 3*width")] public partial Tensor<float> Wqkv { get; }

                [Parameter("width width")] public partial Tensor<float> Wo { get; }

                [Differentiable]
                [return: Shape("batch time width")]
                public Tensor<float> Forward([Shape("batch time width")] Tensor<float> x)
                {
                    int batch = (int)x.Lengths[0], time = (int)x.Lengths[1];
                    Tensor<float> qkv = MatMul(x, Wqkv);
                    Tensor<float> q = Transpose(Reshape(Slice(qkv, -1, 0, width), batch, time, heads, width / heads), 0, 2, 1, 3);
                    Tensor<float> k = Transpose(Reshape(Slice(qkv, -1, width, width), batch, time, heads, width / heads), 0, 2, 1, 3);
                    Tensor<float> v = Transpose(Reshape(Slice(qkv, -1, 2 * width, width), batch, time, heads, width / heads), 0, 2, 1, 3);
                    Tensor<float> weights = Softmax(CausalMask(MatMul(q, k, transposeB: true)));
                    return MatMul(Reshape(Transpose(MatMul(weights, v), 0, 2, 1, 3), batch, time, width), Wo);
                }
            }
            """,
        ["Stack"] = """
            [Differentiable]
            public sealed partial class Layer(int width)
            {
                [Parameter("width width")] public partial Tensor<float> W { get; }

                [Differentiable]
                [return: Shape("batch width")]
                public Tensor<float> Forward([Shape("batch width")] Tensor<float> x) => x + Tanh(MatMul(x, W));
            }

            [Differentiable]
            public sealed partial class Stack(int width, int layers)
            {
                public Layer[] Layers { get; } = [.. Enumerable.Range(0, layers).Select(_ => new Layer(width))];

                [Differentiable]
                public float Loss([Shape("batch width")] Tensor<float> x, [NoGradient, Shape("batch width")] Tensor<float> y)
                {
                    Tensor<float> h = x;
                    foreach (Layer layer in Layers) h = layer.Forward(h);
                    return MeanSquaredError(h, y);
                }
            }
            """,
        ["TiedEmbedding"] = """
            [Differentiable]
            public sealed partial class TiedEmbedding(int vocabulary, int width)
            {
                [Parameter("vocabulary width")] public partial Tensor<float> Table { get; }

                [Differentiable]
                public float Loss([Shape("tokens")] ReadOnlySpan<int> tokens, [Shape("tokens")] ReadOnlySpan<int> next)
                    => CrossEntropy(MatMul(Gather(Table, tokens), Table, transposeB: true), next);
            }
            """,
    };
}
