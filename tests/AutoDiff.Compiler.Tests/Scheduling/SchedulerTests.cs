using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Scheduling;

namespace AutoDiff.Compiler.Tests.Scheduling;

/// <summary>Which kernels come out of a region.</summary>
public class SchedulerTests
{
    private static readonly Dim Rows = Dim.Symbol("rows"), Inner = Dim.Symbol("inner"), Columns = Dim.Symbol("columns");
    private readonly ValueFactory _values = new();
    private readonly Dictionary<int, Place> _places = [];

    [Fact]
    public void A_layer_is_one_product()
    {
        Value x = Tensor(Rows, Inner), w = Tensor(Inner, Columns), b = Tensor(Columns);
        Instruction[] kernels = Schedule(builder =>
            builder.Scalar(ScalarOp.Gelu, builder.Scalar(ScalarOp.Add, builder.Apply(new MatMul(false, false), x, w), b)));
        var product = Assert.IsType<ProductKernel>(Assert.Single(kernels));
        Assert.Equal(2, product.Epilogue.Length);
    }

    [Fact]
    public void Softmax_is_one_pass()
    {
        Value x = Tensor(Rows, Columns);
        Assert.IsType<RowKernel>(Assert.Single(Schedule(builder => builder.Apply(new Softmax(), x)), static i => i is not Constant));
    }

    [Fact]
    public void A_normalisation_is_one_pass()
    {
        Value x = Tensor(Rows, Columns), w = Tensor(Columns), b = Tensor(Columns);
        Instruction[] kernels = Schedule(builder => builder.Apply(new LayerNorm(true), x, w, b, builder.Constant(IrType.Single, 1e-5)));
        Assert.Single(kernels, static i => i is RowKernel);
    }

    [Fact]
    public void Parts_of_a_gradient_are_written_side_by_side()
    {
        Dim twice = Dim.Constant(2) * Columns;
        Value x = Tensor(Rows, Columns), y = Tensor(Rows, Columns);
        var whole = new TensorType(ElementKind.Single, Shape.Of(Rows, twice));
        Instruction[] kernels = Schedule(builder => builder.Scalar(
            ScalarOp.Add,
            builder.Apply(new PadAxis(1, Dim.Zero), whole, builder.Scalar(ScalarOp.Exp, x)),
            builder.Apply(new PadAxis(1, Columns), whole, builder.Scalar(ScalarOp.Exp, y))));
        Assert.Single(kernels, static i => i is Apply { Operation: Concat });
        Assert.DoesNotContain(kernels.OfType<RowKernel>().SelectMany(static k => k.Body), static a => a.Operation is Copy);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Attention_runs_in_blocks(bool isCausal)
    {
        Dim batch = Dim.Symbol("batch"), time = Dim.Symbol("time");
        Value q = Tensor(batch, time, Inner), k = Tensor(batch, time, Inner), v = Tensor(batch, time, Inner);
        Instruction[] kernels = Schedule(builder =>
        {
            Value scores = builder.Apply(new MatMul(false, true), q, k);
            if (isCausal) scores = builder.Apply(new CausalFill(double.NegativeInfinity), scores);
            return builder.Apply(new MatMul(false, false), builder.Apply(new Softmax(), scores), v);
        });
        var loop = Assert.IsType<BlockLoop>(Assert.Single(kernels));
        Assert.Equal(isCausal, loop.IsCausal);
        Assert.Equal(3, loop.Body.Body.Count(static i => i is ProductKernel or RowKernel));
    }

    private Value Tensor(params Dim[] dims)
    {
        Value value = _values.New(new TensorType(ElementKind.Single, Shape.Of(dims)), "x");
        _places[value.Id] = new Place(value, Layout.RowMajor(Shape.Of(dims)));
        return value;
    }

    private Instruction[] Schedule(Func<InstructionBuilder, Value> body)
    {
        var builder = new InstructionBuilder(_values);
        Value result = body(builder);
        Value destination = _values.New(result.Type, "result");
        ScheduledBody scheduled = Scheduler.Run(builder.ToRegion([], [result]), _values, _places, [], [(result, destination)]);
        return [.. scheduled.Region.Body.Where(static i => i is not (Constant or Apply { Result.Type: ScalarType }))];
    }
}
