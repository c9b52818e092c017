using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Analysis.Shapes;

/// <summary>Shapes that cannot be: the message names both, and where it can what would fix it.</summary>
public sealed class ShapeException(string message) : Exception(message);

/// <summary>
/// The shape of an operation's result from its operands' shapes. The one place that knows: the compiler and the analyzers both call it. Dimensions that differ in
/// name are taken to be equal, since they may be; only what can be proved wrong throws.
/// </summary>
public static class ShapeInference
{
    public static Shape Infer(Operation operation, IReadOnlyList<Shape> operands) => operation switch
    {
        MatMul product => Product(product, operands[0], operands[1]),
        Reduce reduce => Reduction(reduce, operands[0]),
        Permute permute => new Shape(permute.Axes.Select(axis => operands[0][axis]).ToEquatable()),
        Concat concat => Concatenation(concat.Axis, operands),
        Gather => new Shape(operands[1].Dims.Concat(operands[0].Dims.Skip(1)).ToEquatable()),
        LogSumExp => new Shape(operands[0].Dims.Take(operands[0].Rank - 1).Append(Dim.One).ToEquatable()),
        CrossEntropy => Shape.Scalar,
        CausalFill or Softmax or LogSoftmax or LayerNorm or RmsNorm or CrossEntropyGradient => operands[0],
        _ => throw new InvalidOperationException($"the shape of {operation.Name} is part of its type"),
    };

    /// <summary>NumPy's rule: trailing axes align, a 1 stretches.</summary>
    public static Shape Broadcast(Shape a, Shape b)
    {
        int rank = Math.Max(a.Rank, b.Rank);
        var dims = new Dim[rank];
        for (int k = 1; k <= rank; k++)
        {
            Dim? x = k <= a.Rank ? a[a.Rank - k] : null, y = k <= b.Rank ? b[b.Rank - k] : null;
            dims[rank - k] = x is null || x.IsOne ? y ?? x! : y is null || y.IsOne ? x : Same(x, y, $"{a} and {b} do not broadcast");
        }

        return new Shape(new(dims));
    }

    /// <summary>One of two dimensions that have to be the same; throws where both are numbers and differ.</summary>
    public static Dim Same(Dim a, Dim b, string otherwise)
    {
        if (a != b && (a - b).Literal is not (null or 0)) throw new ShapeException($"{otherwise}: {a} is not {b}");
        return a.Literal is null && b.Literal is not null ? b : a;
    }

    private static Shape Product(MatMul product, Shape a, Shape b)
    {
        if (a.Rank < 2 || b.Rank < 2) throw new ShapeException($"a matrix product needs two axes on each side, not {a} and {b}");
        Dim rows = a[product.TransposeA ? -1 : -2], inner = a[product.TransposeA ? -2 : -1];
        Dim innerOfB = b[product.TransposeB ? -1 : -2], columns = b[product.TransposeB ? -2 : -1];
        Same(inner, innerOfB, $"the inner dimensions of {a} and {b} do not match");
        Shape batch = Broadcast(new Shape(a.Dims.Take(a.Rank - 2).ToEquatable()), new Shape(b.Dims.Take(b.Rank - 2).ToEquatable()));
        return new Shape([.. batch.Dims, rows, columns]);
    }

    private static Shape Reduction(Reduce reduce, Shape operand)
    {
        var dims = new List<Dim>();
        for (int axis = 0; axis < operand.Rank; axis++)
        {
            if (!reduce.Axes.Contains(axis)) dims.Add(operand[axis]);
            else if (reduce.KeepDims) dims.Add(Dim.One);
        }

        return new Shape(dims.ToEquatable());
    }

    private static Shape Concatenation(int axis, IReadOnlyList<Shape> operands)
    {
        Dim[] dims = operands[0].Dims.ToArray();
        foreach (Shape operand in operands.Skip(1))
        {
            if (operand.Rank != dims.Length) throw new ShapeException($"{operands[0]} and {operand} cannot be joined: their ranks differ");
            for (int k = 0; k < dims.Length; k++)
                dims[k] = k == axis ? dims[k] + operand[k] : Same(dims[k], operand[k], $"{operands[0]} and {operand} cannot be joined along axis {axis}");
        }

        return new Shape(new(dims));
    }
}
