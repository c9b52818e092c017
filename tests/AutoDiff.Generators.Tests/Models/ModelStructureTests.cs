namespace AutoDiff.Generators.Tests.Models;

public sealed class ModelStructureTests
{
    [Fact]
    public void A_derived_model_has_the_parameters_of_its_base_first()
    {
        LoadedAssembly tested = GeneratorHarness.Run("""
            [Differentiable]
            public abstract partial class Layer(int n)
            {
                [Parameter("n")] public partial Tensor<float> Scale { get; }
            }
            [Differentiable]
            public partial class Dense(int n, int m) : Layer(n)
            {
                [Parameter("n m")] public partial Tensor<float> W { get; }
                public int M => m;
            }
            [Differentiable]
            public sealed partial class Special(int n) : Dense(n, n)
            {
                [Parameter("n")] public partial Tensor<float> Extra { get; }
            }
            [Differentiable]
            public sealed partial class Net
            {
                public Layer[] Layers { get; } = [new Dense(2, 3), new Special(2)];
            }
            public static class Use
            {
                public static string Run()
                {
                    var net = new Net();
                    Net.Gradients gradients = net.CreateGradients();
                    var special = (Special.Gradients)gradients.Layers[1];
                    special.Extra[0] = 4;
                    Special.Gradients alone = new Special(1).CreateGradients();
                    Layer.Gradients general = gradients.Layers[0];
                    return string.Join(",", net.Parameters.Names) + " " + special.Flat[^2] + " " + alone.Flat.Length + " " + general.Scale.Lengths[0];
                }
            }
            """).Load();
        Assert.Equal(
            "Layers.0.Scale,Layers.0.W,Layers.1.Scale,Layers.1.W,Layers.1.Extra 4 3 2",
            tested.Call("Use", "Run"));
    }

    [Fact]
    public void Models_behind_interfaces_and_abstract_types_are_found()
    {
        LoadedAssembly tested = GeneratorHarness.Run("""
            [Differentiable]
            public interface ILayer { Tensor<float> Forward(Tensor<float> x); }

            public interface IKnown : IModel<float>;

            [Differentiable]
            public sealed partial class Dense(int n) : ILayer, IKnown
            {
                [Parameter("n")] public partial Tensor<float> W { get; }
                public Tensor<float> Forward(Tensor<float> x) => x;
            }
            [Differentiable]
            public sealed partial class Relu : ILayer, IKnown
            {
                public Tensor<float> Forward(Tensor<float> x) => x;
            }
            public sealed class Plain : ILayer
            {
                public Tensor<float> Forward(Tensor<float> x) => x;
            }
            [Differentiable]
            public sealed partial class Net<TInner>(TInner inner) where TInner : class, IModel<float>
            {
                public TInner Inner { get; } = inner;
                public List<ILayer> Layers { get; } = [new Dense(2), new Relu(), new Plain()];
                public ILayer Single { get; } = new Dense(3);
                public IKnown Known { get; } = new Relu();
            }
            public static class Use
            {
                public static string Run()
                {
                    var net = new Net<Dense>(new Dense(1));
                    var gradients = net.CreateGradients();
                    gradients.Single.Flat[0] = 6;
                    return string.Join(",", net.Parameters.Names) + " " + gradients.Flat[^3] + " " + (gradients.Layers[2] is null)
                        + " " + gradients.Inner.Flat.Length + " " + new Relu().Parameters.Count;
                }
            }
            """).Load();
        Assert.Equal("Inner.W,Layers.0.W,Single.W 6 True 1 0", tested.Call("Use", "Run"));
    }

    [Fact]
    public void A_model_behind_an_interface_must_have_the_elements_of_the_whole()
    {
        LoadedAssembly tested = GeneratorHarness.Run("""
            [Differentiable] public interface ILayer { double Apply(double x); }
            [Differentiable] public sealed partial class Right : ILayer
            {
                [Parameter("1")] public partial Tensor<double> W { get; }
                public double Apply(double x) => x;
            }
            [Differentiable] public sealed partial class Wrong : ILayer
            {
                [Parameter("1")] public partial Tensor<float> W { get; }
                public double Apply(double x) => x;
            }
            [Differentiable] public sealed partial class Net(ILayer[] layers)
            {
                public ILayer[] Layers { get; } = layers;
            }
            public static class Use
            {
                public static int Right() => new Net([new Right(), new Right()]).Parameters.Count;
                public static int Wrong() => new Net([new Right(), new Wrong()]).Parameters.Count;
            }
            """).Load();
        Assert.Equal(2, tested.Call("Use", "Right"));
        var exception = Assert.Throws<InvalidOperationException>(() => tested.Call("Use", "Wrong"));
        Assert.Contains("Layers.1 is a Wrong", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Models_of_another_assembly_are_sub_models_too()
    {
        LoadedAssembly library = GeneratorHarness.Run("""
            namespace Library;
            [Differentiable]
            public sealed partial class Dense(int n) { [Parameter("n")] public partial Tensor<double> W { get; } }
            [Differentiable]
            public abstract partial class Base(int n) { [Parameter("n")] public partial Tensor<double> V { get; } }
            """).Load();
        GeneratorRun run = GeneratorHarness.Run(
            [
                """
                using Library;
                [Differentiable]
                public sealed partial class Net : Base
                {
                    public Net() : base(2) { }
                    public Dense Dense { get; } = new(3);
                    public Dense[] More { get; } = [];
                    public double First(Gradients gradients) => gradients.Dense.W[0] + gradients.V[0];
                }
                """,
            ],
            [library.Reference]);
        run.Compile();
        string generated = run.Generated("Net.Parameters.g.cs");
        Assert.Contains("class Gradients : global::Library.Base.Gradients", generated, StringComparison.Ordinal);
        Assert.Contains("IReadOnlyList<global::Library.Dense.Gradients> More", generated, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_marked_NoGradient_is_no_part_of_the_model()
    {
        dynamic model = GeneratorHarness.Run("""
            [Differentiable]
            public sealed partial class Part(int n) { [Parameter("n")] public partial Tensor<float> W { get; } }
            [Differentiable]
            public sealed partial class Net
            {
                public Part Trained { get; } = new(2);
                [NoGradient] public Part Frozen { get; } = new(3);
                [NoGradient] public Dictionary<string, Part> Others { get; } = [];
                public Part Again => Trained;
            }
            """).Load().Create("Net");
        Assert.Equal(["Trained.W"], (IEnumerable<string>)model.Parameters.Names);
    }

    [Fact]
    public void A_model_that_contains_itself_is_an_error_with_a_way_out()
    {
        LoadedAssembly tested = GeneratorHarness.Run("""
            [Differentiable]
            public sealed partial class Node
            {
                public Node? Parent { get; set; }
                public Node? Child { get; set; }
                [Parameter("1")] public partial Tensor<float> W { get; }
            }
            public static class Use
            {
                public static int Tree() => new Node { Child = new Node() }.CreateGradients().Flat.Length;
                public static object Cycle()
                {
                    var parent = new Node();
                    parent.Child = new Node { Parent = parent };
                    return parent.CreateGradients();
                }
            }
            """).Load();
        Assert.Equal(2, tested.Call("Use", "Tree"));
        var exception = Assert.Throws<InvalidOperationException>(() => tested.Call("Use", "Cycle"));
        Assert.Contains("[NoGradient]", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_is_kept_only_by_a_constructor_parameter_is_found()
    {
        dynamic model = GeneratorHarness.Run("""
            [Differentiable]
            public sealed partial class Part(int n) { [Parameter("n")] public partial Tensor<float> W { get; } }
            [Differentiable]
            public sealed partial class Net(Part used, Part[] list, Part stored, Part unused, int n)
            {
                public Part Stored { get; } = stored;
                private readonly int _unused = unused.W.Rank;
                public float First() => used.W[0] + list[0].W[0] + n + _unused;
            }
            public static class Use
            {
                public static object Create() => new Net(new(1), [new(2), new(3)], new(4), new(5), 6);
                public static float Last(Net net) { var g = net.CreateGradients(); g.Flat[^1] = 7; return g.List[1].W[2]; }
            }
            """).Load();
        object net = model.Call("Use", "Create");
        Assert.Equal(["Stored.W", "Used.W", "List.0.W", "List.1.W"], (IEnumerable<string>)((dynamic)net).Parameters.Names);
        Assert.Equal(7f, model.Call("Use", "Last", net));
    }

    [Fact]
    public void A_type_without_parameters_gets_no_file()
        => Assert.Empty(GeneratorHarness.Run("""
            [Differentiable] public sealed partial class Functions { public float X { get; } }
            [Differentiable] public interface IFunction;
            [Differentiable] public partial struct Point { public float X; }
            """).GeneratedSources);
}
