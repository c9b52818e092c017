using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.Interpretation;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Tests.Programs;

namespace AutoDiff.Compiler.Tests.Derivatives;

/// <summary>Models: parameters, lists of sub-models, calls through pairs, parameters that are shared.</summary>
public sealed class ModelTests
{
    private static readonly Dim N = Dim.Symbol("n");
    private static readonly TensorType Vector = new(ElementKind.Double, Shape.Of(N));
    private static readonly ModelType Layer = new("global::Layer"), Net = new("global::Net");

    /// <summary>Tanh(x·w).</summary>
    private static Function Apply()
    {
        var f = new FunctionBuilder("Apply");
        Value self = f.Parameter("this", Layer), x = f.Parameter("x", Vector);
        Value w = f.Body.Apply(new GetParameter("W"), Vector, self);
        return f.Return(f.Body.Scalar(ScalarOp.Tanh, f.Body.Scalar(ScalarOp.Multiply, x, w)));
    }

    private static Callee ApplyCallee()
    {
        CalleeParameter[] parameters =
        [
            new("this", Layer, PassingKind.ByValue, true, false, Layer.Name),
                new("x", Vector, PassingKind.ByValue, true, false, "global::System.Numerics.Tensors.Tensor<double>"),
        ];
        return new Callee(Layer.Name, "Apply", true, new(parameters), Vector, true, false, true, []);
    }

    /// <summary>for each layer: x = layer.Apply(x); Σ x².</summary>
    private static Function Loss()
    {
        var f = new FunctionBuilder("Loss");
        Value self = f.Parameter("this", Net), x = f.Parameter("x", Vector);
        Value layers = f.Body.Apply(new GetMember("Layers"), new ModelListType(Layer, "Count"), self);
        Value count = f.Body.Apply(new ModelCount(), layers), counter = f.Values.New(IrType.Int32, "i"), h = f.Values.New(Vector, "h"),
            last = f.Values.New(Vector, "h");
        InstructionBuilder body = f.Body.Nested();
        Value layer = body.Apply(new ElementAt(), Layer, layers, counter), next = f.Values.New(Vector, "h");
        body.Append(new Call([next], ApplyCallee(), [layer, h], []));
        f.Body.Append(new For([last], f.Body.Int(0), count, 1, [x], body.ToRegion([counter, h], [next])));
        return f.Return(f.Body.Apply(new Reduce(ReduceKind.Sum, [0], false), f.Body.Scalar(ScalarOp.Square, last)));
    }

    private static InterpretedModel MakeLayer(params Number[] w)
    {
        var layer = new InterpretedModel();
        layer.Parameters["W"] = new InterpretedTensor([w.Length], w);
        return layer;
    }

    private static InterpretedModel MakeNet(params InterpretedModel[] layers)
    {
        var net = new InterpretedModel();
        net.Members["Layers"] = new InterpretedModelList(layers);
        return net;
    }

    private static readonly double[][] Weights = [[0.5, -1.25], [1.5, 0.75], [-0.3, 2]];

    private static Interpreter Interpreter() => new()
    {
        Functions = static callee => callee.Method == "Apply" ? Apply() : null,
        Derivatives = static callee => callee.Method == "Apply"
            ? AutoDiff.Compiler.Derivatives.Reverse.ReverseTransform.Differentiate(Apply(), new()) : null,
    };

    private static double Forward(int layer, int element)
    {
        InterpretedModel net = MakeNet(
            Weights.Select((w, l) => MakeLayer(w.Select((v, k) => Number.Varied(v, l == layer && k == element ? 1 : 0)).ToArray()))
            .ToArray());
        return ((InterpretedScalar)Interpreter().Run(Loss(), [net, new InterpretedTensor([2], 0.9, -0.4)])[0]).Number.Tangent;
    }

    [Fact]
    public void GradientsOfParametersThroughALoopOfRecordedCalls()
    {
        Assert.Empty(IrVerifier.Verify(Loss()));
        Derivative derivative = AutoDiff.Compiler.Derivatives.Reverse.ReverseTransform.Differentiate(Loss(), new(UnitSeed: true));
        Assert.Empty(IrVerifier.Verify(derivative));
        Assert.Equal(derivative, IrParser.ParseDerivative(IrPrinter.Print(derivative)));

        InterpretedModel[] layers = Weights.Select(static w => MakeLayer(w.Select(static v => Number.Of(v)).ToArray())).ToArray();
        Interpreter().Run(derivative, [MakeNet(layers), new InterpretedTensor([2], 0.9, -0.4)], []);
        for (int l = 0; l < layers.Length; l++)
            for (int k = 0; k < 2; k++)
                Assert.Equal(Forward(l, k), layers[l].Gradients["W"].Elements[k].Real, 1e-14);
    }

    [Fact]
    public void AModelThatIsUsedTwiceGathersBothGradients()
    {
        Derivative derivative = AutoDiff.Compiler.Derivatives.Reverse.ReverseTransform.Differentiate(Loss(), new(UnitSeed: true));
        InterpretedModel tied = MakeLayer(Number.Of(0.7), Number.Of(-0.2));
        var x = new InterpretedTensor([2], 0.9, -0.4);
        Interpreter().Run(derivative, [MakeNet(tied, tied), x], []);
        InterpretedModel varied = MakeLayer(Number.Varied(0.7, 1), Number.Varied(-0.2, 0));
        double expected = ((InterpretedScalar)Interpreter().Run(Loss(), [MakeNet(varied, varied), x])[0]).Number.Tangent;
        Assert.Equal(expected, tied.Gradients["W"].Elements[0].Real, 1e-14);
    }
}
