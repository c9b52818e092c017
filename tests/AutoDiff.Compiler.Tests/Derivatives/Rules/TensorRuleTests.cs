using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.Derivatives.Rules;
using AutoDiff.Compiler.Interpretation;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Tests.Programs;

namespace AutoDiff.Compiler.Tests.Derivatives.Rules;

/// <summary>Every tensor operation alone: its pullback against forward mode on dual numbers, for a random cotangent.</summary>
public sealed class TensorRuleTests
{
    private static readonly Dim A = Dim.Symbol("a"), B = Dim.Symbol("b"), C = Dim.Symbol("c");

    /// <summary>Each case: the operation, the result type where it is part of the meaning, and the shapes of the operands.</summary>
    public static TheoryData<Operation, Shape?, Shape[]> Cases()
    {
        var data = new TheoryData<Operation, Shape?, Shape[]>();
        Shape abc = Shape.Of(A, B, C), bc = Shape.Of(B, C), cb = Shape.Of(C, B), c = Shape.Of(C);
        foreach (ReduceKind kind in Enum.GetValues<ReduceKind>())
            foreach (bool keep in (bool[])[false, true])
                foreach (int[] axes in (int[][])[[0], [2], [0, 2], [1], [0, 1, 2]])
                    data.Add(new Reduce(kind, new(axes), keep), null, [abc]);
        data.Add(new MatMul(false, false), null, [bc, cb]);
        data.Add(new MatMul(true, false), null, [cb, cb]);
        data.Add(new MatMul(false, true), null, [bc, bc]);
        data.Add(new MatMul(true, true), null, [cb, bc]);
        data.Add(new MatMul(false, false), null, [abc, cb]);
        data.Add(new MatMul(false, true), null, [abc, abc]);
        data.Add(new MatMul(false, false), null, [bc, Shape.Of(A, C, B)]);
        data.Add(new MatMul(true, true), null, [Shape.Of(A, Dim.One, C, B), Shape.Of(B, A, C)]);
        data.Add(new Permute([2, 0, 1]), null, [abc]);
        data.Add(new Reshape(), Shape.Of(A * B, C), [abc]);
        data.Add(new BroadcastTo(), abc, [bc]);
        data.Add(new BroadcastTo(), abc, [Shape.Of(B, Dim.One)]);
        data.Add(new SliceAxis(1, Dim.One), Shape.Of(A, B - Dim.One, C), [abc]);
        data.Add(new PadAxis(1, A), Shape.Of(A, A + B + C, C), [abc]);
        data.Add(new Concat(1), null, [abc, abc, Shape.Of(A, A, C)]);
        data.Add(new CausalFill(double.NegativeInfinity), null, [Shape.Of(A, B, B)]);
        data.Add(new CausalFill(-3), null, [abc]);
        data.Add(new Softmax(), null, [abc]);
        data.Add(new LogSoftmax(), null, [abc]);
        data.Add(new LogSumExp(), null, [abc]);
        data.Add(new LayerNorm(true), null, [abc, c, c, Shape.Scalar]);
        data.Add(new LayerNorm(false), null, [abc, c, Shape.Scalar]);
        data.Add(new RmsNorm(), null, [abc, c, Shape.Scalar]);
        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void ThePullbackAgreesWithForwardMode(Operation operation, Shape? result, Shape[] operands)
    {
        var random = new Random(5);
        var f = new FunctionBuilder();
        f.Parameter("sizes", new TensorType(ElementKind.Int32, Shape.Of(A, B, C)));
        var arguments = new List<InterpretedValue> { new InterpretedTensor([2, 3, 4], new Number[24]) };
        var inputs = new List<Value>();
        for (int k = 0; k < operands.Length; k++)
        {
            // Rank 0 stands for a scalar operand: an epsilon.
            bool isScalar = operands[k].Rank == 0;
            inputs.Add(f.Parameter($"x{k}", isScalar ? IrType.Double
                : new TensorType(ElementKind.Double, operands[k]), isDifferentiable: !isScalar));
            int[] lengths = operands[k].Dims.Select(static d => d.IsOne ? 1 : 2 + "abc".IndexOf(d.Name!, StringComparison.Ordinal))
                .ToArray();
            double[] values = Enumerable.Range(0, lengths.Aggregate(1, static (x, y) => x * y)).Select(_ => random.NextDouble() * 4 - 2)
                .ToArray();
            arguments.Add(isScalar ? new InterpretedScalar(0.1) : new InterpretedTensor(lengths, values));
        }

        Value y = result is null ? f.Body.Apply(operation, [.. inputs])
            : f.Body.Apply(operation, new TensorType(ElementKind.Double, result), [.. inputs]);
        var program = new TestProgram(f.Return(y), [.. arguments]);
        Assert.Empty(IrVerifier.Verify(program.Function));
        Assert.Empty(new GradientCheck(program, 1e-12).Compare(new DerivativeOptions()));
    }

    [Fact]
    public void GatherAddsRepeatedRowsAndScatterAddGathersThem()
    {
        var f = new FunctionBuilder();
        Value table = f.Parameter("table", new TensorType(ElementKind.Double, Shape.Of(A, B))),
            rows = f.Parameter("rows", new TensorType(ElementKind.Int32, Shape.Of(C)));
        Value gathered = f.Body.Apply(new Gather(), table, rows);
        Value scattered = f.Body.Apply(new ScatterAdd(), table.Type, rows, f.Body.Scalar(ScalarOp.Square, gathered));
        var indices = new InterpretedTensor([4], [Number.Of(1L), Number.Of(0L), Number.Of(1L), Number.Of(1L)]);
        var program = new TestProgram(f.Return(scattered), new InterpretedTensor([2, 3], 1, -2, 0.5, 3, 0.25, -1), indices);
        Assert.Empty(new GradientCheck(program).Compare(new DerivativeOptions()));
    }

    [Fact]
    public void CrossEntropyIgnoresRowsThatItIsToldToIgnore()
    {
        TestProgram program = CrossEntropy([1, 2, 3, -1, 0.5, 2, 4, 4, 4], 2, -100, 0);
        Assert.Empty(new GradientCheck(program).Compare(new DerivativeOptions(UnitSeed: true)));
        double[] gradient = new GradientCheck(program).Gradients(new DerivativeOptions(UnitSeed: true));
        Assert.Equal([0, 0, 0], gradient[3..6]);
        Assert.Equal(-1.0 / 3, gradient[6], 1e-15);
    }

    /// <summary>A logit of −∞ has probability 0: no derivative is NaN, in any function of the family.</summary>
    [Fact]
    public void InfiniteLogits()
    {
        const double Infinity = double.PositiveInfinity;
        double[] entropy = new GradientCheck(CrossEntropy([1, -Infinity, 3, Infinity, 0, 2, 1e300, -1e300, 0], 2, 0, 0))
            .Gradients(new DerivativeOptions(UnitSeed: true));
        Assert.All(entropy, static g => Assert.False(double.IsNaN(g)));
        Assert.Equal(0, entropy[1]);
        Assert.Equal([0, 0, 0, 0, 0, 0], entropy[3..]);

        var x = new InterpretedTensor([2, 3], 1, -Infinity, 3, Infinity, 0, 1e300);
        foreach (Operation operation in (Operation[])[new Softmax(), new LogSumExp()])
        {
            var f = new FunctionBuilder();
            Value y = f.Body.Apply(operation, f.Parameter("x", new TensorType(ElementKind.Double, Shape.Of(A, C))));
            double[] gradient = new GradientCheck(new TestProgram(f.Return(y), x)).Gradients(new DerivativeOptions());
            Assert.All(gradient, static g => Assert.False(double.IsNaN(g)));
            Assert.Equal(0, gradient[1]);
        }
    }

    [Fact]
    public void TiesShareTheDerivativeOfAnExtremum()
    {
        var f = new FunctionBuilder();
        Value y = f.Body.Apply(new Reduce(ReduceKind.Max, [0], false), f.Parameter("x", new TensorType(ElementKind.Double, Shape.Of(C))));
        var program = new TestProgram(f.Return(y), new InterpretedTensor([4], 2, 5, 5, 1));
        Assert.Equal([0, 0.5, 0.5, 0], new GradientCheck(program).Gradients(new DerivativeOptions(UnitSeed: true)));
        Assert.Empty(new GradientCheck(program).Compare(new DerivativeOptions()));
    }

    [Fact]
    public void EveryTensorOperationOfAnActiveOperandHasARule()
    {
        Type[] inactive = [typeof(Elementwise), typeof(GetMember), typeof(IsInstance), typeof(IsNull), typeof(AsInstance), typeof(Outside), typeof(OutsideElement), typeof(EnumNumber), typeof(EnumValue),
            typeof(ElementAt), typeof(ModelCount), typeof(GetParameter),
            typeof(DimensionValue), typeof(DropoutMask), typeof(CrossEntropyGradient),
            // What scheduling makes of composites, after differentiation.
            typeof(Copy), typeof(OneHot), typeof(PickTarget), typeof(MaskTarget), typeof(CountTargets)];
        Operation[] operations =
        [
            new Reduce(ReduceKind.Sum, [0], false), new MatMul(false, false), new Permute([0]), new Reshape(), new BroadcastTo(),
                new SliceAxis(0, Dim.Zero), new PadAxis(0, Dim.Zero),
            new Concat(0), new Gather(), new ScatterAdd(), new CausalFill(0), new Softmax(), new LogSoftmax(), new LogSumExp(),
                new CrossEntropy(0), new LayerNorm(true), new RmsNorm(),
        ];
        IEnumerable<Type> all = typeof(Operation).Assembly.GetTypes()
            .Where(static t => t.IsSubclassOf(typeof(Operation)) && t.Namespace == typeof(Operation).Namespace);
        Assert.Empty(all.Except(inactive).Except(operations.Select(static o => o.GetType())));
        Assert.All(operations, static o => Assert.NotNull(TensorRules.Find(o)));
    }

    private static TestProgram CrossEntropy(double[] logits, params long[] targets)
    {
        var f = new FunctionBuilder();
        Value x = f.Parameter("x", new TensorType(ElementKind.Double, Shape.Of(A, C))),
            t = f.Parameter("t", new TensorType(ElementKind.Int32, Shape.Of(A)));
        Function function = f.Return(f.Body.Apply(new CrossEntropy(-100), x, t));
        return new TestProgram(function, new InterpretedTensor([3, 3], logits),
            new InterpretedTensor([3], targets.Select(static n => Number.Of(n)).ToArray()));
    }
}
