using System.Numerics.Tensors;
using static AutoDiff.Generators.Tests.Tensors.TensorCase;

namespace AutoDiff.Generators.Tests.Tensors;

/// <summary>Models: parameters, sub-models, lists of them; the gradient of every parameter against central differences of the eager loss.</summary>
public class ModelTests
{
    private const string Mlp = """
        using static AutoDiff.Ops;

        [Differentiable]
        public sealed partial class Model(int inputs, int hidden, int outputs)
        {
            [Parameter("inputs hidden")]  public partial Tensor<double> W1 { get; }
            [Parameter("hidden")]         public partial Tensor<double> B1 { get; }
            [Parameter("hidden outputs")] public partial Tensor<double> W2 { get; }

            [Differentiable]
            public double Loss([Shape("batch inputs")] Tensor<double> x, [Shape("batch")] int[] labels)
                => CrossEntropy(MatMul(Tanh(MatMul(x, W1) + B1), W2), labels);
        }
        """;

    private const string Nested = """
        using static AutoDiff.Ops;

        [Differentiable]
        public sealed partial class Block(int width, int hidden)
        {
            [Parameter("width hidden")] public partial Tensor<double> Up { get; }
            [Parameter("hidden width")] public partial Tensor<double> Down { get; }
            [Parameter("width")]        public partial Tensor<double> Scale { get; }

            [Differentiable]
            [return: Shape("... width")]
            public Tensor<double> Apply([Shape("... width")] Tensor<double> x)
                => x + MatMul(Gelu(MatMul(RmsNorm(x, Scale, 1e-5), Up)), Down);
        }

        [Differentiable]
        public sealed partial class Model(int width, int classes, int layers)
        {
            public Block[] Blocks { get; } = [.. Enumerable.Range(0, layers).Select(_ => new Block(width, 2 * width))];

            [Parameter("classes width")] public partial Tensor<double> Table { get; }

            [Differentiable]
            public double Loss([Shape("batch time")] Tensor<int> tokens, [Shape("batch time")] Tensor<int> targets)
            {
                Tensor<double> x = Gather(Table, tokens);
                for (int i = 0; i < Blocks.Length; i++)
                    x = Blocks[i].Apply(x);
                return CrossEntropy(MatMul(x, Table, false, true), targets);
            }
        }
        """;

    [Theory]
    [InlineData(3, 2, 2, 3)]
    [InlineData(9, 5, 17, 4)]
    public void A_perceptron(int batch, int inputs, int hidden, int classes)
    {
        int[] labels = [.. Enumerable.Range(0, batch).Select(i => i % classes)];
        Check(Mlp, [inputs, hidden, classes], Random(1, batch, inputs), labels);
    }

    [Theory]
    [InlineData(1, 2, 3, 1)]
    [InlineData(2, 5, 6, 3)]
    [InlineData(2, 5, 6, 0)]
    public void Blocks_in_a_loop(int batch, int time, int width, int layers)
    {
        const int Classes = 7;
        int[] tokens = [.. Enumerable.Range(0, batch * time).Select(i => i * 5 % Classes)], targets = [.. tokens.Select(t => (t + 1) % Classes)];
        Check(Nested, [width, Classes, layers], Tensor.Create(tokens, [batch, time]), Tensor.Create(targets, [batch, time]));
    }

    private static void Check(string source, object[] sizes, params object[] arguments)
    {
        GeneratorRun run = GeneratorHarness.Run(source);
        if (Environment.GetEnvironmentVariable("DUMP") is { } dump) foreach (var s in run.GeneratedSources) File.WriteAllText(Path.Combine(dump, s.Key), s.Value);
        dynamic model = run.Load().Create("Model", sizes);
        ParameterSet<double> parameters = model.Parameters;
        var random = new Random(3);
        foreach (ParameterSlot<double> slot in parameters)
            foreach (ref double value in slot.Span) value = random.NextDouble() - 0.5;
        GradientSet<double> gradients = model.CreateGradients();
        Type type = model.GetType();
        double Eager() => (double)type.GetMethod("Loss")!.Invoke(model, arguments)!;
        double Gradient(bool accumulate) => (double)type.GetMethods().Single(m => m.Name == "LossGradient" && m.GetParameters().Length == arguments.Length + 2)
            .Invoke(model, (object[])[.. arguments, gradients, accumulate])!;

        double loss = Eager();
        Assert.Equal(loss, Gradient(false), 1e-9);
        Assert.Equal(loss, (double)type.GetMethods().Single(static m => m.Name == "LossForward" && m.GetParameters()[0].Name != "workspace").Invoke(model, arguments)!, 1e-9);
        foreach (ParameterSlot<double> slot in parameters)
        {
            for (int i = 0; i < slot.Length; i++)
            {
                double kept = slot.Span[i], h = 1e-5;
                slot.Span[i] = kept + h;
                double above = Eager();
                slot.Span[i] = kept - h;
                double below = Eager();
                slot.Span[i] = kept;
                Assert.Equal((above - below) / (2 * h), gradients.For(slot)[i], 1e-7);
            }
        }

        double[] once = gradients.Flat.ToArray();
        Gradient(true);
        for (int i = 0; i < once.Length; i++) Assert.Equal(2 * once[i], gradients.Flat[i], 1e-12);
        // The call runs to the same bits however often, and however many threads.
        int threads = Parallel.ForkJoin.MaxThreads;
        try
        {
            foreach (int count in new[] { 1, 2, 3 })
            {
                Parallel.ForkJoin.MaxThreads = count;
                Gradient(false);
                Assert.Equal(once, gradients.Flat.ToArray());
            }
        }
        finally
        {
            Parallel.ForkJoin.MaxThreads = threads;
        }
    }
}
