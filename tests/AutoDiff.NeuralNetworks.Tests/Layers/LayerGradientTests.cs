using System.Numerics.Tensors;

namespace AutoDiff.NeuralNetworks.Tests.Layers;

/// <summary>Every layer: the fused forward against the eager one, and gradients of parameters and of the operand against differences.</summary>
public sealed class LayerGradientTests
{
    [Theory]
    [InlineData(1), InlineData(3), InlineData(17), InlineData(33)]
    public void Bias(int width)
    {
        var layer = new Bias(width);
        Check(layer.Parameters, layer.Forward, layer.ForwardForward,
            (x, dy, dx, g) => layer.ForwardVjp(x, dy, dx, (NeuralNetworks.Bias.Gradients)g), layer.CreateGradients(), [2, 3, width], width);
    }

    [Theory]
    [InlineData(5, 7, true), InlineData(16, 33, true), InlineData(32, 1, true), InlineData(19, 64, false)]
    public void Linear(int inputs, int outputs, bool bias)
    {
        var layer = new Linear(inputs, outputs, bias);
        Check(layer.Parameters, layer.Forward, layer.ForwardForward,
            (x, dy, dx, g) => layer.ForwardVjp(x, dy, dx, (NeuralNetworks.Linear.Gradients)g), layer.CreateGradients(), [2, 3, inputs], outputs);
    }

    [Fact]
    public void PositionsBeyondTheContextAreSaidAsSuch()
    {
        Tensor<float> x = Tensor.CreateFromShape<float>([2, 5, 3]), y = Tensor.CreateFromShape<float>([2, 5, 3]);
        var learned = new LearnedPositions(4, 3);
        var sinusoidal = new SinusoidalPositions(4, 3);
        Exception[] errors =
        [
            Assert.Throws<ArgumentException>(() => learned.Forward(x)), Assert.Throws<ArgumentException>(() => learned.ForwardForward(x, y)),
            Assert.Throws<ArgumentException>(() => sinusoidal.Forward(x)), Assert.Throws<ArgumentException>(() => sinusoidal.ForwardForward(x, y)),
        ];
        Assert.All(errors, static e => Assert.StartsWith("x: 5 positions, and the context has 4.", e.Message));
    }

    [Fact]
    public void CotangentsHaveTheLeadingAxesOfTheInput()
    {
        var layer = new Linear(6, 3);
        Tensor<float> x = Tensor.CreateFromShape<float>([2, 4, 6]), dX = Tensor.CreateFromShape<float>([2, 4, 6]);
        foreach (nint[] lengths in new nint[][] { [4, 2, 3], [8, 3], [2, 4, 1, 3] })
        {
            string message = Assert.Throws<ArgumentException>("dY", () => layer.ForwardVjp(x, Tensor.CreateFromShape<float>(lengths), dX, layer.CreateGradients())).Message;
            Assert.StartsWith($"dY: [{string.Join(", ", lengths)}] does not match [2, 4, 3]", message);
        }
    }

    [Theory]
    [InlineData(7, true), InlineData(32, false), InlineData(40, true)]
    public void LayerNorm(int width, bool bias)
    {
        var layer = new LayerNorm(width, bias);
        Check(layer.Parameters, layer.Forward, layer.ForwardForward,
            (x, dy, dx, g) => layer.ForwardVjp(x, dy, dx, (NeuralNetworks.LayerNorm.Gradients)g), layer.CreateGradients(), [2, 3, width], width);
    }

    [Theory]
    [InlineData(7), InlineData(32), InlineData(50)]
    public void RmsNorm(int width)
    {
        var layer = new RmsNorm(width);
        Check(layer.Parameters, layer.Forward, layer.ForwardForward,
            (x, dy, dx, g) => layer.ForwardVjp(x, dy, dx, (NeuralNetworks.RmsNorm.Gradients)g), layer.CreateGradients(), [2, 3, width], width);
    }

    [Theory]
    [InlineData(8, 20, true), InlineData(16, 64, false)]
    public void FeedForward(int width, int hidden, bool bias)
    {
        var layer = new FeedForward(width, hidden, bias);
        Check(layer.Parameters, layer.Forward, layer.ForwardForward,
            (x, dy, dx, g) => layer.ForwardVjp(x, dy, dx, (NeuralNetworks.FeedForward.Gradients)g), layer.CreateGradients(), [2, 3, width], width);
    }

    [Theory]
    [InlineData(8, 2, 5, true), InlineData(12, 3, 9, false), InlineData(16, 1, 17, false)]
    public void CausalSelfAttention(int width, int heads, int time, bool bias)
    {
        var layer = new CausalSelfAttention(width, heads, bias);
        Check(layer.Parameters, layer.Forward, layer.ForwardForward,
            (x, dy, dx, g) => layer.ForwardVjp(x, dy, dx, (NeuralNetworks.CausalSelfAttention.Gradients)g), layer.CreateGradients(), [2, time, width], width);
    }

    [Theory]
    [InlineData(8, 2, 16, true), InlineData(12, 3, 20, false)]
    public void TransformerBlock(int width, int heads, int hidden, bool bias)
    {
        var layer = new TransformerBlock(width, heads, hidden, bias);
        Check(layer.Parameters, layer.Forward, layer.ForwardForward,
            (x, dy, dx, g) => layer.ForwardVjp(x, dy, dx, (NeuralNetworks.TransformerBlock.Gradients)g), layer.CreateGradients(), [2, 5, width], width);
    }

    [Theory]
    [InlineData(8, 2, 16), InlineData(32, 2, 64)]
    public void RmsTransformerBlock(int width, int heads, int hidden)
    {
        var layer = new RmsTransformerBlock(width, heads, hidden);
        Check(layer.Parameters, layer.Forward, layer.ForwardForward,
            (x, dy, dx, g) => layer.ForwardVjp(x, dy, dx, (NeuralNetworks.RmsTransformerBlock.Gradients)g), layer.CreateGradients(), [2, 5, width], width);
    }

    [Fact]
    public void LearnedPositions()
    {
        var layer = new LearnedPositions(context: 9, width: 6);
        Check(layer.Parameters, layer.Forward, layer.ForwardForward,
            (x, dy, dx, g) => layer.ForwardVjp(x, dy, dx, (NeuralNetworks.LearnedPositions.Gradients)g), layer.CreateGradients(), [2, 5, 6], 6);
    }

    [Fact]
    public void SinusoidalPositions()
    {
        var layer = new SinusoidalPositions(context: 9, width: 6);
        Tensor<float> x = Tensor.CreateFromShape<float>([2, 5, 6]), y = Tensor.CreateFromShape<float>([2, 5, 6]), dx = Tensor.CreateFromShape<float>([2, 5, 6]);
        layer.ForwardForward(x, y);
        Assert.Equal(Values(layer.Forward(x)), Values(y));
        Assert.Equal(MathF.Sin(3), y[1, 3, 0], 1e-6f);
        Assert.Equal(MathF.Cos(3f / MathF.Pow(10000, 2f / 6)), y[1, 3, 3], 1e-6f);
        layer.ForwardVjp(x, y, dx);
        Assert.Equal(Values(y), Values(dx));
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public void GptLoss(bool bias)
    {
        var model = new Gpt(vocabulary: 11, context: 8, layers: 2, heads: 2, width: 8, bias);
        Fill(model.Parameters.Flat, 3, 0.4f);
        (Tensor<int> tokens, Tensor<int> targets) = Tokens(2, 6, 11);
        Gpt.Gradients gradients = model.CreateGradients();
        float loss = model.LossGradient(tokens, targets, gradients);
        Assert.Equal(model.Loss(tokens, targets), loss, 1e-4f);
        GradientOracle.Check(() => model.Loss(tokens, targets), model.Parameters.Flat, gradients.Flat, "parameters");
    }

    [Theory]
    [InlineData(1), InlineData(3)]
    public void TinyLMLoss(int layers)
    {
        var model = new TinyLM(vocabulary: 11, context: 8, layers, heads: 2, width: 8, hidden: 12);
        Fill(model.Parameters.Flat, 3, 0.4f);
        (Tensor<int> tokens, Tensor<int> targets) = Tokens(2, 6, 11);
        TinyLM.Gradients gradients = model.CreateGradients();
        float loss = model.LossGradient(tokens, targets, gradients);
        Assert.Equal(model.Loss(tokens, targets), loss, 1e-4f);
        GradientOracle.Check(() => model.Loss(tokens, targets), model.Parameters.Flat, gradients.Flat, "parameters");
    }

    private delegate Tensor<float> Vjp(Tensor<float> x, Tensor<float> dY, Tensor<float> dX, GradientSet<float> gradients);

    private static void Check(
        ParameterSet<float> parameters, Func<Tensor<float>, Tensor<float>> eager, Action<Tensor<float>, Tensor<float>> fused, Vjp vjp,
        GradientSet<float> gradients, int[] shape, int outputs)
    {
        Fill(parameters.Flat, 1, 0.5f);
        float[] values = new float[shape.Aggregate(1, (a, b) => a * b)];
        Fill(values, 2, 1);
        Tensor<float> x = Tensor.Create(values, [.. shape.Select(n => (nint)n)]);
        nint[] result = [.. shape[..^1].Select(n => (nint)n), outputs];
        Tensor<float> y = Tensor.CreateFromShape<float>(result), dx = Tensor.CreateFromShape<float>(x.Lengths);
        float[] seeds = new float[y.FlattenedLength];
        Fill(seeds, 3, 1);
        Tensor<float> dy = Tensor.Create(seeds, result);

        fused(x, y);
        Assert.Equal(Values(eager(x)), Values(y), new Near(2e-5f));
        Tensor<float> same = vjp(x, dy, dx, gradients);
        Assert.Equal(Values(y), Values(same));
        GradientOracle.Check(Loss, parameters.Flat, gradients.Flat, "parameters");
        GradientOracle.Check(Loss, values, Values(dx), "x");

        double Loss()
        {
            float[] output = Values(eager(x));
            double sum = 0;
            for (int i = 0; i < output.Length; i++) sum += output[i] * (double)seeds[i];
            return sum;
        }
    }

    private static float[] Values(Tensor<float> tensor)
    {
        float[] values = new float[tensor.FlattenedLength];
        tensor.FlattenTo(values);
        return values;
    }

    private static (Tensor<int> Tokens, Tensor<int> Targets) Tokens(int batch, int time, int vocabulary)
    {
        int[] tokens = new int[batch * time], targets = new int[batch * time];
        for (int i = 0; i < tokens.Length; i++) (tokens[i], targets[i]) = (i * 7 % vocabulary, i == 2 ? -100 : i * 5 % vocabulary);
        return (Tensor.Create(tokens, [batch, time]), Tensor.Create(targets, [batch, time]));
    }

    private static void Fill(Span<float> values, int seed, float scale)
    {
        var random = new Random(seed);
        for (int i = 0; i < values.Length; i++) values[i] = (float)(random.NextDouble() * 2 - 1) * scale;
    }

    private sealed class Near(float tolerance) : IEqualityComparer<float>
    {
        public bool Equals(float x, float y) => Math.Abs(x - y) <= tolerance * (1 + Math.Abs(x));

        public int GetHashCode(float value) => 0;
    }
}
