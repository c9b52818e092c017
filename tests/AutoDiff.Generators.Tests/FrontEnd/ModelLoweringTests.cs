using AutoDiff.Compiler.IR;
using AutoDiff.Generators.FrontEnd;

namespace AutoDiff.Generators.Tests.FrontEnd;

/// <summary>Methods of models: where parameters, sub-models and sizes come from, and what calls know of their callees.</summary>
public class ModelLoweringTests
{
    private const string Source = """
        using static AutoDiff.Ops;

        [Differentiable] public sealed partial class Attention(int width, int heads)
        {
            public int Heads { get; } = heads;
            public float Scale { get; } = 0.5f;
            [Parameter("width 3*width")] public partial Tensor<float> Project { get; }
            [Differentiable] [return: Shape("batch time width")]
            public Tensor<float> Forward([Shape("batch time width")] Tensor<float> x)
            {
                int batch = (int)x.Lengths[0], time = (int)x.Lengths[1];
                var all = MatMul(x, Project);
                var q = Split(all, 0, batch, time);
                var p = Softmax(CausalMask(MatMul(q, Split(all, 1, batch, time), transposeB: true) * Scale));
                return Reshape(Transpose(MatMul(p, Split(all, 2, batch, time)), 0, 2, 1, 3), batch, time, width);
            }
            private Tensor<float> Split(Tensor<float> x, int part, int batch, int time)
                => Transpose(Reshape(Slice(x, -1, part * width, width), batch, time, Heads, width / Heads), 0, 2, 1, 3);
        }

        [Differentiable] public sealed partial class Block(int width, int heads)
        {
            public Attention Attention { get; } = new(width, heads);
            [Parameter("width")] public partial Tensor<float> Norm { get; }
            [Differentiable] [return: Shape("... width")]
            public Tensor<float> Gate([Shape("... width")] Tensor<float> x) => x * Norm;
            [Differentiable] [return: Shape("batch time width")]
            public Tensor<float> Forward([Shape("batch time width")] Tensor<float> x) => x + Attention.Forward(Gate(RmsNorm(x, Norm)));
        }

        [Differentiable] public sealed partial class Model(int vocabulary, int width, int layers)
        {
            public const int Context = 16;
            private readonly Block[] _blocks = new Block[layers];
            public IReadOnlyList<Block> Blocks => _blocks;
            [Parameter("vocabulary width")] public partial Tensor<float> Embedding { get; }
            [Parameter("Context width")] public partial Tensor<float> Positions { get; }
            private Tensor<float> Head => Embedding;
            [Differentiable] [return: Shape("batch time vocabulary")]
            public Tensor<float> Logits([Shape("batch time")] Tensor<int> tokens)
            {
                var x = Gather(Embedding, tokens) + Slice(Positions, 0, 0, (int)tokens.Lengths[1]);
                foreach (var block in _blocks) x = block.Forward(x);
                return MatMul(x, Head, transposeB: true);
            }
            [Differentiable] [return: Shape("batch time width")]
            public Tensor<float> Twice([Shape("batch time width")] Tensor<float> x)
            {
                for (int i = 0; i < _blocks.Length; i++) { if (i % 2 == 1) continue; x = _blocks[i].Forward(x); }
                return _blocks[0].Forward(_blocks[^1].Gate(x));
            }
            [Differentiable]
            public float Loss([Shape("batch time")] Tensor<int> tokens, [Shape("batch*time")] ReadOnlySpan<int> targets)
                => CrossEntropy(Reshape(Logits(tokens), -1, vocabulary), targets);
            [Differentiable]
            public static float Outer(Model model, [Shape("b t")] Tensor<int> tokens) => Mean(model.Logits(tokens)) + Sum(model.Embedding);
        }
        """;

    private static readonly LoweringSource Compiled = new(Source);

    [Fact]
    public void ParametersHaveTheShapesOfTheirTexts()
    {
        Function function = Compiled.Function("Logits", "Model");
        Assert.Equal("this", function.Parameters[0].Name);
        Assert.Equal(new ModelType("global::Model"), function.Parameters[0].Value.Type);
        Assert.Equal("(vocabulary, width)", ShapeOf(function, "Embedding"));
        Assert.Equal("(16, width)", ShapeOf(function, "Positions"));
        Assert.Equal("(batch, time, vocabulary)", ((TensorType)function.Outputs[0].Type).Shape.ToString());
        Assert.Equal("this.__Dim_width", function.Dimensions.Single(static d => d.Symbol == "width").Expression);
    }

    [Fact]
    public void AListOfModelsIsALoopOverItsCount()
    {
        Function function = Compiled.Function("Logits", "Model");
        For loop = function.Body.Body.OfType<For>().Single();
        Assert.Contains(function.Body.Body, i => i is Apply { Operation: ModelCount } count && count.Result == loop.End);
        Apply element = loop.Body.Body.OfType<Apply>().Single(static a => a.Operation is ElementAt);
        Assert.Equal("block", element.Result.Name);
        Call call = loop.Body.Body.OfType<Call>().Single();
        Assert.Equal(element.Result, call.Inputs[0]);
        Assert.Equal(["batch", "time"], call.Callee.DimensionNames);
        Assert.Equal(["batch", "time"], call.Dimensions.Select(static d => d.ToString()));
        Assert.True(call.Callee is { UsesPair: true, IsInstance: true, IsDifferentiable: true, HasSideEffects: false });
        Assert.Equal("(batch, time, width)", ((TensorType)call.Results[0].Type).Shape.ToString());

        DimConstraint constraint = Assert.Single(function.Constraints);
        Assert.Equal(("width", "_blocks.width"), (constraint.Left.ToString(), constraint.Right.ToString()));
        Assert.Equal(
            "(this._blocks.Length > 0 ? this._blocks[0].__Dim_width : this.__Dim_width)",
            function.Dimensions.Single(static d => d.Symbol == "_blocks.width").Expression);
    }

    [Fact]
    public void ElementsOfAListCanBeIndexed()
    {
        Function function = Compiled.Function("Twice", "Model");
        For loop = function.Body.Body.OfType<For>().Single();
        Assert.Equal("(batch, time, width)", ((TensorType)loop.Results[0].Type).Shape.ToString());
        Assert.Equal(["Gate", "Forward"], function.Body.Body.OfType<Call>().Select(static c => c.Callee.Method));
        Call gate = function.Body.Body.OfType<Call>().First();
        Assert.Equal(["..."], gate.Callee.DimensionNames);
        Assert.Equal(["batch*time"], gate.Dimensions.Select(static d => d.ToString()));
        Assert.Equal("(batch, time, width)", ((TensorType)gate.Results[0].Type).Shape.ToString());
    }

    [Fact]
    public void HelpersAndComputedPropertiesAreInlined()
    {
        Function function = Compiled.Function("Forward", "Attention");
        Assert.Empty(function.Body.Body.OfType<Call>());
        Assert.Equal(3, function.Body.Body.OfType<Apply>().Count(static a => a.Operation is SliceAxis));
        Assert.Contains(function.Body.Body.OfType<Apply>(), static a => a is { Operation: GetMember { Member: "Scale" }, Result.Type: ScalarType { Kind: ElementKind.Single } });
        Assert.Contains(function.Dimensions, static d => d is { Symbol: "Heads", Expression: "this.Heads" });
        Assert.Contains("(batch, Heads, time, time)", function.Body.Body.OfType<Apply>().Select(static a => (a.Result.Type as TensorType)?.Shape.ToString()));
    }

    [Fact]
    public void CallsOfSubModelsTakeTheirSizesFromThem()
    {
        Function function = Compiled.Function("Forward", "Block");
        Assert.Equal(["Gate", "Forward"], function.Body.Body.OfType<Call>().Select(static c => c.Callee.Method));
        Assert.Equal("this.Attention.__Dim_width", function.Dimensions.Single(static d => d.Symbol == "Attention.width").Expression);
        Assert.Equal("(batch, time, width)", ((TensorType)function.Outputs[0].Type).Shape.ToString());
    }

    [Fact]
    public void SpansOfTargetsAreTensorsOfOneAxis()
    {
        Function function = Compiled.Function("Loss", "Model");
        Assert.Equal(new TensorType(ElementKind.Int32, Shape.Of(Dim.Symbol("batch") * Dim.Symbol("time"))), function.Parameters[2].Value.Type);
        Call call = function.Body.Body.OfType<Call>().Single();
        Assert.Equal("Logits", call.Callee.Method);
        Assert.Equal(IrType.Single, function.Outputs[0].Type);
    }

    [Fact]
    public void AModelCanBeAParameter()
    {
        Function function = Compiled.Function("Outer", "Model");
        Assert.Equal("model.__Dim_vocabulary", function.Dimensions.Single(static d => d.Symbol == "model.vocabulary").Expression);
        Call call = function.Body.Body.OfType<Call>().Single();
        Assert.Equal(["b", "t"], call.Dimensions.Select(static d => d.ToString()));
        Assert.True(function.Parameters[0].IsDifferentiable);
    }

    [Theory]
    [InlineData("Loss", "model.LossGradient(x)", "DIFF1006")]
    [InlineData("G", "Sum(model.Plain(x))", "DIFF1007")]
    [InlineData("G", "model.Count.Total", "DIFF1005")]
    [InlineData("G", "Sum(model.Free)", "DIFF1007")]
    public void Unsupported(string helper, string expression, string id)
    {
        LoweringResult result = new LoweringSource($$"""
            using static AutoDiff.Ops;
            [Differentiable] public sealed partial class M(int width)
            {
                public int[] Sizes { get; } = [width];
                public (double Total, int N) Count => (Sizes[0], 1);
                [Parameter("width")] public partial Tensor<double> W { get; }
                public Tensor<double> Free { get; set; } = null!;
                [Differentiable] public Tensor<double> Plain([Shape("width")] Tensor<double> x) => x;
                [Differentiable] public double {{helper}}([Shape("width")] Tensor<double> x) => Sum(x);
                [Differentiable] public static double F(M model, [Shape("n")] Tensor<double> x) => {{expression}};
            }
            """).Lower("F", "M");
        Assert.Null(result.Function);
        Assert.Equal(id, Assert.Single(result.Diagnostics).Id);
    }

    private static string ShapeOf(Function function, string parameter) => ((TensorType)function.Body.Body.OfType<Apply>()
        .First(a => a.Operation is GetParameter get && get.Parameter == parameter).Result.Type).Shape.ToString();
}
