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

    private const string Numbers = """
        using static AutoDiff.Ops;

        [Differentiable]
        public sealed partial class Stretch(int width, int factor)
        {
            [Parameter("width")] public partial Tensor<double> Scale { get; }

            [Differentiable]
            [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            [return: Shape("... width")]
            public Tensor<double> Apply([Shape("... width")] Tensor<double> x)
            {
                if (x.Lengths[^1] > 4 * factor) throw new System.ArgumentException($"wider than 4 times {factor}");
                return x * Scale * (double)factor;
            }
        }

        [Differentiable]
        public sealed partial class Model(int inputs)
        {
            public Stretch First { get; } = new(inputs, 2);
            public Stretch Second { get; } = new(inputs, 3);

            [Differentiable]
            public double Loss([Shape("batch inputs")] Tensor<double> x, [Shape("batch")] int[] labels) => CrossEntropy(Second.Apply(First.Apply(x)), labels);
        }
        """;

    private const string Optional = """
        using static AutoDiff.Ops;

        [Differentiable]
        public sealed partial class Shift(int width)
        {
            [Parameter("width")] public partial Tensor<double> Value { get; }
        }

        [Differentiable]
        public sealed partial class Linear(int inputs, int outputs, bool bias)
        {
            [Parameter("outputs inputs")] public partial Tensor<double> Weight { get; }

            public Shift? Bias { get; } = bias ? new(outputs) : null;

            public bool HasBias { get; } = bias;

            [Differentiable]
            [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            [return: Shape("... outputs")]
            public Tensor<double> Apply([Shape("... inputs")] Tensor<double> x)
            {
                Tensor<double> y = MatMul(x, Weight, false, true);
                if (HasBias) y = y + Bias!.Value;
                return y;
            }
        }

        [Differentiable]
        public sealed partial class Model(int width, int classes, bool bias)
        {
            public Linear Up { get; } = new(width, 2 * width, bias);

            public Linear Down { get; } = new(2 * width, width, bias);

            [Parameter("classes width")] public partial Tensor<double> Table { get; }

            [Differentiable]
            public double Loss([Shape("batch time")] Tensor<int> tokens, [Shape("batch time")] Tensor<int> targets)
            {
                Tensor<double> x = Gather(Table, tokens);
                Tensor<double> h = x + Down.Apply(Gelu(Up.Apply(x)));
                return CrossEntropy(MatMul(h, Table, false, true), targets);
            }
        }
        """;

    /// <summary>A table that is read twice has the sum of two gradients, here of a long inner dimension; biases may be absent.</summary>
    [Theory]
    [InlineData(2, 3, 2, true)]
    [InlineData(2, 3, 2, false)]
    [InlineData(9, 40, 3, true)]
    public void Tied_weights_and_optional_biases(int batch, int time, int width, bool bias)
    {
        const int Classes = 5;
        int[] tokens = [.. Enumerable.Range(0, batch * time).Select(i => i * 7 % Classes)], targets = [.. tokens.Select(t => (t * t + 1) % Classes)];
        Check(Optional, [width, Classes, bias], Tensor.Create(tokens, [batch, time]), Tensor.Create(targets, [batch, time]));
    }

    /// <summary>Large enough for threads to share the rows and the products.</summary>
    [Fact]
    public void The_number_of_threads_changes_nothing()
    {
        const int Batch = 6, Time = 64, Width = 96, Classes = 31;
        dynamic model = GeneratorHarness.Run(Nested).Load().Create("Model", Width, Classes, 2);
        ParameterSet<double> parameters = model.Parameters;
        var random = new Random(3);
        foreach (ParameterSlot<double> slot in parameters)
            foreach (ref double value in slot.Span) value = random.NextDouble() - 0.5;
        GradientSet<double> gradients = model.CreateGradients();
        int[] ids = [.. Enumerable.Range(0, Batch * Time).Select(i => i * 11 % Classes)];
        Tensor<int> tokens = Tensor.Create(ids, [Batch, Time]);
        Type type = model.GetType();
        System.Reflection.MethodInfo gradient = type.GetMethods().Single(static m => m.Name == "LossGradient");
        int threads = Parallel.ForkJoin.MaxThreads;
        var seen = new List<(double, double[])>();
        try
        {
            foreach (int count in new[] { 1, 2, 3 })
            {
                Parallel.ForkJoin.MaxThreads = count;
                double loss = (double)gradient.Invoke(model, (object[])[tokens, tokens, gradients, false])!;
                seen.Add((loss, gradients.Flat.ToArray()));
            }
        }
        finally
        {
            Parallel.ForkJoin.MaxThreads = threads;
        }

        Assert.All(seen, other => Assert.Equal(seen[0].Item1, other.Item1));
        Assert.All(seen, other => Assert.Equal(seen[0].Item2, other.Item2));
    }

    /// <summary>After the first calls have sized the workspace, a call allocates nothing.</summary>
    [Fact]
    public void A_training_step_allocates_nothing()
    {
        const string Loop = """
            public static class Steps
            {
                public static long Allocated(Model model, Tensor<int> tokens)
                {
                    Model.Gradients gradients = model.CreateGradients();
                    for (int i = 0; i < 4; i++) model.LossGradient(tokens, tokens, gradients);
                    long before = GC.GetAllocatedBytesForCurrentThread();
                    for (int i = 0; i < 10; i++) model.LossGradient(tokens, tokens, gradients);
                    return GC.GetAllocatedBytesForCurrentThread() - before;
                }
            }
            """;
        LoadedAssembly assembly = GeneratorHarness.Run([Nested, Loop]).Load();
        dynamic model = assembly.Create("Model", 16, 11, 2);
        int[] ids = [.. Enumerable.Range(0, 64).Select(static i => i % 11)];
        Assert.Equal(0L, (long)assembly.Call("Steps", "Allocated", (object)model, Tensor.Create(ids, [4, 16])));
    }

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

    [Fact]
    public void Numbers_of_models_inside_are_their_own()
    {
        Check(Numbers, [8], Random(1, 5, 8), new[] { 0, 3, 7, 1, 2 });
        dynamic model = GeneratorHarness.Run(Numbers).Load().Create("Model", [9]);
        var error = Assert.Throws<ArgumentException>(() => model.LossGradient(Random(1, 5, 9), new[] { 0, 3, 7, 1, 2 }, model.CreateGradients(), false));
        Assert.Equal("wider than 4 times 2", error.Message);
    }

    [Fact]
    public void A_number_of_models_in_a_list_is_asked_of_each()
    {
        string inlined = Nested.Replace("[Differentiable]\n    [return: Shape(\"... width\")]", "[return: Shape(\"... width\")]");
        Assert.NotEqual(Nested, inlined);
        GeneratorHarness.Run(inlined).Load();
        GeneratorRun run = GeneratorHarness.Run(inlined.Replace("=> x +", "=> (double)hidden * x +"));
        Assert.Equal("DIFF1005", Assert.Single(run.Diagnostics).Id);
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
