using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Interpretation;

/// <summary>Layout, reductions and products of tensors, by plain loops over indices. Every sum runs in ascending order.</summary>
internal static class TensorFunctions
{
    /// <summary>A tensor made element by element from its indices.</summary>
    public static InterpretedTensor Make(int[] shape, Func<int[], Number> element)
    {
        var elements = new Number[TensorIndex.Count(shape)];
        for (int i = 0; i < elements.Length; i++) elements[i] = element(TensorIndex.Split(i, shape));
        return new InterpretedTensor(shape, elements);
    }

    public static InterpretedTensor Reduce(Reduce reduce, InterpretedTensor x)
    {
        int[] kept = x.Shape.Select((length, axis) => reduce.Axes.Contains(axis) ? 1 : length).ToArray();
        var groups = new List<Number>[TensorIndex.Count(kept)];
        for (int i = 0; i < groups.Length; i++) groups[i] = [];
        for (int i = 0; i < x.Elements.Length; i++) groups[TensorIndex.Join(TensorIndex.Split(i, x.Shape), kept)].Add(x.Elements[i]);
        int[] shape = reduce.KeepDims ? kept : x.Shape.Where((_, axis) => !reduce.Axes.Contains(axis)).ToArray();
        return new InterpretedTensor(shape, groups.Select(group => Reduce(reduce.Kind, group)).ToArray());
    }

    public static InterpretedTensor MatMul(MatMul product, InterpretedTensor a, InterpretedTensor b)
    {
        int rows = a.Shape[a.Shape.Length - (product.TransposeA ? 1 : 2)], inner = a.Shape[a.Shape.Length - (product.TransposeA ? 2 : 1)];
        int innerOfB = b.Shape[b.Shape.Length - (product.TransposeB ? 1 : 2)],
            columns = b.Shape[b.Shape.Length - (product.TransposeB ? 2 : 1)];
        if (inner != innerOfB) throw new InterpretationException($"the inner dimensions of a matrix product are {inner} and {innerOfB}");
        int[] batch = TensorIndex.Broadcast(a.Shape.Take(a.Shape.Length - 2).ToArray(), b.Shape.Take(b.Shape.Length - 2).ToArray());
        return Make([.. batch, rows, columns], index =>
        {
            int[] left = (int[])index.Clone(), right = (int[])index.Clone();
            int i = index[index.Length - 2], j = index[index.Length - 1];
            Number sum = Number.Of(0.0);
            for (int k = 0; k < inner; k++)
            {
                (left[left.Length - 2], left[left.Length - 1]) = product.TransposeA ? (k, i) : (i, k);
                (right[right.Length - 2], right[right.Length - 1]) = product.TransposeB ? (j, k) : (k, j);
                sum += At(a, left) * At(b, right);
            }

            return sum;
        });
    }

    public static InterpretedTensor Permute(Permute permute, InterpretedTensor x)
        => Make(permute.Axes.Select(axis => x.Shape[axis]).ToArray(), index =>
        {
            var source = new int[index.Length];
            for (int k = 0; k < index.Length; k++) source[permute.Axes[k]] = index[k];
            return At(x, source);
        });

    public static InterpretedTensor Slice(InterpretedTensor x, int axis, int start, int[] shape)
    {
        if (start < 0 || start + shape[axis] > x.Shape[axis])
            throw new InterpretationException($"a slice of {shape[axis]} from {start} does not fit an axis of {x.Shape[axis]}");
        return Make(shape, index => At(x, Moved(index, axis, start)));
    }

    public static InterpretedTensor Pad(InterpretedTensor x, int axis, int start, int[] shape)
    {
        if (start < 0 || start + x.Shape[axis] > shape[axis])
            throw new InterpretationException($"{x.Shape[axis]} elements at {start} do not fit an axis of {shape[axis]}");
        return Make(shape, index => index[axis] >= start && index[axis] < start + x.Shape[axis] ? At(x, Moved(index, axis, -start))
            : Number.Of(0.0));
    }

    public static InterpretedTensor Concat(int axis, InterpretedTensor[] parts)
    {
        int[] shape = (int[])parts[0].Shape.Clone();
        shape[axis] = parts.Sum(part => part.Shape[axis]);
        return Make(shape, index =>
        {
            int start = 0, k = 0;
            while (index[axis] >= start + parts[k].Shape[axis]) start += parts[k++].Shape[axis];
            return At(parts[k], Moved(index, axis, -start));
        });
    }

    public static InterpretedTensor Gather(InterpretedTensor table, InterpretedTensor indices)
    {
        int row = TensorIndex.Count(table.Shape.Skip(1));
        var elements = new Number[indices.Elements.Length * row];
        for (int i = 0; i < indices.Elements.Length; i++)
            Array.Copy(table.Elements, Row(indices.Elements[i], table.Shape[0]) * row, elements, i * row, row);
        return new InterpretedTensor([.. indices.Shape, .. table.Shape.Skip(1)], elements);
    }

    public static InterpretedTensor ScatterAdd(InterpretedTensor indices, InterpretedTensor updates, int[] shape)
    {
        int row = TensorIndex.Count(shape.Skip(1));
        var elements = new Number[TensorIndex.Count(shape)];
        for (int i = 0; i < indices.Elements.Length; i++)
        {
            int target = Row(indices.Elements[i], shape[0]) * row;
            for (int k = 0; k < row; k++) elements[target + k] += updates.Elements[i * row + k];
        }

        return new InterpretedTensor(shape, elements);
    }

    public static InterpretedTensor CausalFill(double fill, InterpretedTensor x, int start)
        => Make(x.Shape, index => index[index.Length - 1] > start + index[index.Length - 2] ? Number.Of(fill) : At(x, index));

    private static Number Reduce(ReduceKind kind, List<Number> group)
    {
        switch (kind)
        {
            case ReduceKind.Sum or ReduceKind.Mean:
                Number sum = group.Aggregate(Number.Of(0.0), static (a, b) => a + b);
                return kind == ReduceKind.Sum ? sum : sum / Number.Of((double)group.Count);
            default:
                if (group.Count == 0) throw new InterpretationException("the extremum of no element");
                double extremum = group.Select(static g => g.Real)
                    .Aggregate((a, b) => kind is ReduceKind.Max or ReduceKind.Peak ? Math.Max(a, b) : Math.Min(a, b));

                // Elements that tie share the derivative.
                Number[] ties = group.Where(g => g.Real == extremum).ToArray();
                bool isVaried = group.Any(static g => g.IsVaried);
                return new Number(extremum, ties.Length == 0 ? double.NaN : ties.Sum(static t => t.Tangent) / ties.Length, isVaried, 0);
        }
    }

    private static int Row(Number index, int count)
        => index.Integer >= 0 && index.Integer < count ? (int)index.Integer
            : throw new InterpretationException($"row {index.Integer} of {count}");

    private static int[] Moved(int[] index, int axis, int by)
    {
        int[] moved = (int[])index.Clone();
        moved[axis] += by;
        return moved;
    }

    /// <summary>The element at an index; an axis of length 1 repeats, leading axes that the tensor lacks do not matter.</summary>
    public static Number At(this InterpretedTensor tensor, int[] index) => tensor.Elements[TensorIndex.Join(index, tensor.Shape)];
}
