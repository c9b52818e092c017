using AutoDiff.Compiler.Interpretation;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Tests.Programs;

/// <summary>
/// Makes random functions of tensors with symbolic shapes: elementwise operations that broadcast, reductions, products, layout, the
/// softmax family, norms, gathers, losses, and now and then a loop or a branch that carries a tensor.
/// </summary>
internal sealed partial class RandomTensorProgram
{
    private static readonly Dictionary<string, int> Sizes = new() { ["a"] = 2, ["b"] = 3, ["c"] = 4 };
    private readonly Random _random;
    private readonly FunctionBuilder _function = new("T");
    private readonly List<InterpretedValue> _arguments = [];
    private readonly List<Value> _tensors = [];
    private readonly List<Value> _scalars = [];

    private RandomTensorProgram(int seed) => _random = new Random(seed);

    /// <summary>A function with about <paramref name="size"/> operations.</summary>
    public static TestProgram Make(int seed, int size) => new RandomTensorProgram(seed).Write(size);

    private static Dim A => Dim.Symbol("a");

    private static Dim B => Dim.Symbol("b");

    private static Dim C => Dim.Symbol("c");

    private TestProgram Write(int size)
    {
        // Every name is bound by the first parameter.
        Argument("x", Shape.Of(A, B, C));
        int more = _random.Next(1, 4);
        for (int k = 0; k < more; k++)
            Argument($"y{k}", Pick([Shape.Of(B, C), Shape.Of(C), Shape.Of(A, B, C), Shape.Of(B, Dim.One), Shape.Of(C, B),
                Shape.Of(A, Dim.One, C)]), !Chance(5));
        _arguments.Add(new InterpretedScalar(Real()));
        _scalars.Add(_function.Double("s"));
        Value indices = _function.Parameter("rows", new TensorType(ElementKind.Int32, Shape.Of(A, C)));
        _arguments.Add(new InterpretedTensor([2, 4], Enumerable.Range(0, 8).Select(_ => Number.Of((long)_random.Next(3))).ToArray()));
        Value targets = _function.Parameter("targets", new TensorType(ElementKind.Int32, Shape.Of(A, B)));
        _arguments.Add(new InterpretedTensor([2, 3], Enumerable.Range(0, 6).Select(k => Number.Of(k == 1 ? -100L : _random.Next(4)))
            .ToArray()));
        for (int k = 0; k < size; k++)
        {
            _function.Step($"step {k + 1}");
            Statement(_function.Body, indices, targets);
        }

        Value result = Chance(2) ? Pick(_tensors) : Total(_function.Body, _tensors[^1]);
        return new TestProgram(_function.Return(result), _arguments.ToArray());
    }

    private void Argument(string name, Shape shape, bool isDifferentiable = true)
    {
        int[] lengths = shape.Dims.Select(static d => (int)(d.Literal ?? Sizes[d.Name!])).ToArray();
        _arguments.Add(new InterpretedTensor(lengths, Enumerable.Range(0, lengths.Aggregate(1, static (x, y) => x * y)).Select(_ => Real())
            .ToArray()));
        _tensors.Add(_function.Parameter(name, new TensorType(ElementKind.Double, shape), isDifferentiable: isDifferentiable));
    }

    private static Shape ShapeOf(Value value) => ((TensorType)value.Type).Shape;

    private bool Chance(int oneIn) => _random.Next(oneIn) == 0;

    private double Real() => Math.Round(_random.NextDouble() * 4 - 2, 3);

    private T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    private Value? Any(Func<Shape, bool> fits)
    {
        Value[] fitting = _tensors.Where(t => fits(ShapeOf(t))).ToArray();
        return fitting.Length == 0 ? null : Pick(fitting);
    }

    private Value Total(InstructionBuilder b, Value tensor)
        => ShapeOf(tensor).Rank == 0
            ? b.Apply(new Reshape(), IrType.Double, tensor)
            : b.Apply(new Reduce(Chance(2) ? ReduceKind.Sum
                : ReduceKind.Mean, Enumerable.Range(0, ShapeOf(tensor).Rank).ToEquatable(), false), tensor);
}
