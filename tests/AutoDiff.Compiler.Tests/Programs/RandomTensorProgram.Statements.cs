using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Tests.Programs;

internal sealed partial class RandomTensorProgram
{
    private static readonly ScalarOp[] Smooth =
    [
        ScalarOp.Sin, ScalarOp.Tanh, ScalarOp.Sigmoid, ScalarOp.Gelu, ScalarOp.GeluTanh, ScalarOp.Silu, ScalarOp.Softplus, ScalarOp.Relu,
            ScalarOp.Abs, ScalarOp.Negate,
    ];

    private void Statement(InstructionBuilder b, Value indices, Value targets)
    {
        Value x = Pick(_tensors);
        Shape shape = ShapeOf(x);
        switch (_random.Next(20))
        {
            case 0 or 1:
                Add(b.Scalar(Pick(Smooth), x));
                break;
            case 2 or 3 or 4:
                Add(Broadcast(b, x));
                break;
            case 5:
                Value scalar = Pick(_scalars);
                Add(Chance(2) ? b.Scalar(ScalarOp.Multiply, x, b.Scalar(ScalarOp.Sin, scalar)) : b.Scalar(ScalarOp.Add, scalar, x));
                break;
            case 6:
                Add(Reduction(b, x));
                break;
            case 7 or 8:
                Add(Product(b));
                break;
            case 9:
                Add(b.Apply(new Permute(Enumerable.Range(0, shape.Rank).OrderBy(_ => _random.Next()).ToEquatable()), x));
                break;
            case 10:
                Add(Reshaped(b, x));
                break;
            case 11:
                Add(Part(b, x));
                break;
            case 12 when shape.Rank > 0:
                int axis = _random.Next(shape.Rank);
                Value other = Any(s => s.Rank == shape.Rank && Enumerable.Range(0, s.Rank).All(k => k == axis || s[k] == shape[k])) ?? x;
                Add(b.Apply(new Concat(axis), x, other, x));
                break;
            case 13 or 14 when shape.Rank > 0:
                Add(b.Apply(Pick(new Operation[] { new Softmax(), new LogSoftmax(), new LogSumExp() }), x));
                break;
            case 15 when shape.Rank > 0:
                Add(Norm(b, x));
                break;
            case 16:
                Losses(b, indices, targets);
                break;
            case 17 or 18:
                Add(Attention(b));
                break;
            default:
                Control(b, x);
                break;
        }
    }

    /// <summary>Keeps a result, but not one of very many elements.</summary>
    private void Add(Value? value)
    {
        if (value is not null && value.Type is TensorType && Elements(value) <= 400) _tensors.Add(value);
        else if (value is { Type: ScalarType }) _scalars.Add(value);
    }

    private static long Elements(Value value)
        => ShapeOf(value).Dims.Select(Length).Aggregate(1L, static (x, y) => x * y);

    private static long Length(Dim dim)
    {
        Dim literal = dim.Substitute(static symbol => Dim.Constant(Sizes[symbol]));
        return literal.Literal ?? throw new InvalidOperationException($"the size of {dim} is not an integer");
    }

    private Value? Broadcast(InstructionBuilder b, Value x)
    {
        Value? y = Any(s => Broadcasts(ShapeOf(x), s));
        if (y is null) return null;
        return _random.Next(6) switch
        {
            0 => b.Scalar(ScalarOp.Add, x, y),
            1 => b.Scalar(ScalarOp.Subtract, y, x),
            2 => b.Scalar(ScalarOp.Multiply, x, b.Scalar(ScalarOp.Tanh, y)),
            3 => b.Scalar(ScalarOp.Divide, x, b.Scalar(ScalarOp.Add, b.Constant(IrType.Double, 1), b.Scalar(ScalarOp.Square, y))),
            4 => b.Scalar(ScalarOp.Max, x, y),
            _ => b.Scalar(ScalarOp.Select, b.Scalar(ScalarOp.Less, x, y), x,
                b.Scalar(ScalarOp.Multiply, y, b.Constant(IrType.Double, 0.5))),
        };
    }

    private static bool Broadcasts(Shape x, Shape y)
        => Enumerable.Range(1, Math.Min(x.Rank, y.Rank))
            .All(k => x[x.Rank - k] == y[y.Rank - k] || x[x.Rank - k].IsOne || y[y.Rank - k].IsOne);

    private Value? Reduction(InstructionBuilder b, Value x)
    {
        int[] axes = Enumerable.Range(0, ShapeOf(x).Rank).Where(_ => Chance(2)).ToArray();
        ReduceKind kind = Pick([ReduceKind.Sum, ReduceKind.Mean, ReduceKind.Max, ReduceKind.Min]);
        return axes.Length == 0 ? null : b.Apply(new Reduce(kind, new(axes), Chance(2)), x);
    }

    private Value? Product(InstructionBuilder b)
    {
        Value? x = Any(static s => s.Rank >= 2);
        if (x is null) return null;
        bool transposeA = Chance(3), transposeB = Chance(3);
        Dim inner = ShapeOf(x)[transposeA ? -2 : -1];
        Shape batch = new(ShapeOf(x).Dims.Take(ShapeOf(x).Rank - 2).ToEquatable());
        Value? y = Any(s => s.Rank >= 2 && s[transposeB ? -1 : -2] == inner
            && Broadcasts(batch, new Shape(s.Dims.Take(s.Rank - 2).ToEquatable())));
        return y is null ? null : b.Scalar(ScalarOp.Tanh, b.Apply(new MatMul(transposeA, transposeB), x, y));
    }

    /// <summary>Products of batches with something done to the rows in between: what runs in blocks, and sometimes what cannot.</summary>
    private Value? Attention(InstructionBuilder b)
    {
        Value? x = Any(static s => s.Rank >= 3 && !s[-2].IsOne);
        if (x is null) return null;
        Value? other = Any(s => s == ShapeOf(x));
        Value keys = b.Scalar(ScalarOp.Tanh, other ?? x), scores = b.Apply(new MatMul(false, true), x, keys);
        if (Chance(3)) scores = b.Scalar(ScalarOp.Multiply, scores, Pick(_scalars));
        if (!Chance(3)) scores = b.Apply(new CausalFill(Chance(4) ? 0.5 : double.NegativeInfinity), scores);
        Value weights = Chance(4) ? b.Scalar(ScalarOp.Exp, b.Scalar(ScalarOp.Tanh, scores)) : b.Apply(new Softmax(), scores);
        if (Chance(4)) weights = b.Scalar(ScalarOp.Multiply, weights, b.Apply(new Reduce(ReduceKind.Mean, [ShapeOf(x).Rank - 1], true), x));
        if (Chance(6)) _tensors.Add(weights);
        return b.Apply(new MatMul(Chance(3), false), weights, Chance(3) ? keys : x);
    }

    /// <summary>Axes split off, merged, or all in one.</summary>
    private Value? Reshaped(InstructionBuilder b, Value x)
    {
        Shape shape = ShapeOf(x);
        int at = _random.Next(shape.Rank + 1);
        Shape target = shape.Rank >= 2 && Chance(2)
            ? new Shape([shape[0] * shape[1], .. shape.Dims.Skip(2)])
            : new Shape([.. shape.Dims.Take(at), Dim.One, .. shape.Dims.Skip(at)]);
        return b.Apply(new Reshape(), new TensorType(ElementKind.Double, target), x);
    }

    /// <summary>A slice, or the operand in a longer row of zeros, or repeated.</summary>
    private Value? Part(InstructionBuilder b, Value x)
    {
        Shape shape = ShapeOf(x);
        if (shape.Rank == 0) return null;
        int axis = _random.Next(shape.Rank);
        Shape With(Dim dim) => new(shape.Dims.Select((d, k) => k == axis ? dim : d).ToEquatable());
        switch (_random.Next(3))
        {
            case 0 when Length(shape[axis]) > 1:
                return b.Apply(new SliceAxis(axis, Dim.One), new TensorType(ElementKind.Double, With(shape[axis] - Dim.One)), x);
            case 1:
                return b.Apply(new PadAxis(axis, A), new TensorType(ElementKind.Double, With(shape[axis] + Dim.Constant(3))), x);
            default:
                Shape target = new([A, .. shape.Dims.Select(d => d.IsOne ? B : d)]);
                return b.Apply(new BroadcastTo(), new TensorType(ElementKind.Double, target), x);
        }
    }

    private Value? Norm(InstructionBuilder b, Value x)
    {
        Dim last = ShapeOf(x)[-1];
        Value? weight = Any(s => s.Rank == 1 && s[0] == last), bias = Any(s => s.Rank == 1 && s[0] == last);
        if (ShapeOf(x).Rank >= 2 && Chance(3)) return b.Apply(new CausalFill(Real()), x);
        if (weight is null || bias is null) return null;
        Value epsilon = b.Constant(IrType.Double, 0.01);
        return _random.Next(3) switch
        {
            0 => b.Apply(new LayerNorm(true), x, weight, bias, epsilon),
            1 => b.Apply(new LayerNorm(false), x, weight, epsilon),
            _ => b.Apply(new RmsNorm(), x, weight, epsilon),
        };
    }

    private void Losses(InstructionBuilder b, Value indices, Value targets)
    {
        Value? logits = Any(static s => s.Rank == 3 && s[0] == A && s[1] == B && s[2] == C),
            table = Any(static s => s.Rank >= 1 && s[0] == B);
        if (logits is not null && Chance(2)) Add(b.Apply(new CrossEntropy(-100), logits, targets));
        else if (table is not null) Add(b.Apply(new Gather(), table, indices));
        else
        {
            Value x = Pick(_tensors), mask = b.Apply(new DropoutMask(), x.Type, b.Constant(IrType.Double, 0.25), b.Int(_random.Next()));
            Add(b.Scalar(ScalarOp.Multiply, x, mask));
        }
    }

    /// <summary>A tensor carried through a loop, or chosen by a branch.</summary>
    private void Control(InstructionBuilder b, Value x)
    {
        if (Chance(2))
        {
            Value counter = _function.Values.New(IrType.Int32, "i"), state = _function.Values.New(x.Type, "h"),
                result = _function.Values.New(x.Type, "h");
            InstructionBuilder body = b.Nested();
            Value change = body.Scalar(ScalarOp.Multiply, body.Scalar(Pick(Smooth), state), body.Scalar(ScalarOp.Tanh, Pick(_scalars)));
            Value next = body.Scalar(ScalarOp.Sin, body.Scalar(ScalarOp.Add, x, change));
            b.Append(new For([result], b.Int(0), b.Int(_random.Next(4)), 1, [x], body.ToRegion([counter, state], [next])));
            Add(result);
        }
        else
        {
            Value condition = b.Scalar(ScalarOp.Less, Pick(_scalars), b.Constant(IrType.Double, 0.2)),
                result = _function.Values.New(x.Type);
            InstructionBuilder then = b.Nested(), other = b.Nested();
            Value squared = then.Scalar(ScalarOp.Square, then.Scalar(ScalarOp.Tanh, x));
            b.Append(new If([result], condition, then.ToRegion([], [squared]), other.ToRegion([], [other.Scalar(Pick(Smooth), x)])));
            Add(result);
        }
    }
}
