using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Scheduling;

internal sealed partial class Decomposer
{
    private void DefineReduction(Value result, Reduce reduce, Value x)
    {
        if (reduce.Kind == ReduceKind.Mean)
        {
            Shape shape = ShapeOf(x);
            Dim count = reduce.Axes.Aggregate(Dim.One, (product, axis) => product * shape[axis]);
            Value sum = _values.New(result.Type);
            DefineReduction(sum, reduce with { Kind = ReduceKind.Sum }, x);
            Define(result, ScalarOp.Divide, sum, Size(count, x.Element));
            return;
        }

        if (TryFoldBatch(result, reduce, x)) return;
        Value reduced = Reduced(reduce.Kind, reduce.Axes, x);
        if (result.Type == reduced.Type && reduced.Id != x.Id) Rename(result, reduced);
        else if (reduced.Type is TensorType) Define(result, new Reshape(), reduced);
        else Define(result, new BroadcastTo(), reduced);
    }

    /// <summary>The reduction, in some shape of the right number of elements; a scalar where nothing is left.</summary>
    private Value Reduced(ReduceKind kind, EquatableArray<int> axes, Value x)
    {
        Shape shape = ShapeOf(x);
        int rank = shape.Rank;
        // Axes of length 1 make no difference, wherever they are.
        int[] reduced = Enumerable.Range(0, rank).Where(axis => axes.Contains(axis) && !shape[axis].IsOne).ToArray();
        int[] kept = Enumerable.Range(0, rank).Where(axis => !axes.Contains(axis) && !shape[axis].IsOne).ToArray();
        if (kept.Length == 0 && axes.Length == rank) return OverAll(kind, x);
        if (reduced.Length == 0) return x;

        if (kept.Length > 0 && reduced.All(axis => kept.All(other => axis < other)))
        {
            // Leading axes: one accumulator for each element of what is left.
            Dim left = kept.Aggregate(Dim.One, (product, axis) => product * shape[axis]);
            bool simple = kept.Length == 1 && kept[0] == rank - 1;
            if (!simple) x = Reshape(x, Shape.Of(reduced.Aggregate(Dim.One, (product, axis) => product * shape[axis]), left));
            int columns = ShapeOf(x).Rank - 1;
            return Apply(new Reduce(kind, Enumerable.Range(0, columns).ToEquatable(), KeepDims: false),
                new TensorType(x.Element, Shape.Of(ShapeOf(x)[-1])), x);
        }

        if (!kept.All(axis => reduced.All(other => axis < other)))
        {
            // Axes in the middle go to the end.
            int[] order = [.. Enumerable.Range(0, rank).Where(axis => !axes.Contains(axis)), .. axes];
            x = Apply(new Permute(new(order)), new TensorType(x.Element, new Shape(order.Select(axis => shape[axis]).ToEquatable())), x);
        }

        Shape ordered = ShapeOf(x);
        if (!(reduced.Length == 1 && !ordered[-1].IsOne))
        {
            Dim inner = reduced.Aggregate(Dim.One, (product, axis) => product * shape[axis]);
            x = Reshape(x, new Shape([.. kept.Select(axis => shape[axis]), inner]));
        }

        return OverRow(kind, x);
    }

    /// <summary>Rows first, which fuses with whatever makes them; then one number.</summary>
    private Value OverAll(ReduceKind kind, Value x)
    {
        Shape shape = ShapeOf(x);
        if (shape.Rank == 0) return Apply(new Reshape(), new ScalarType(x.Element), x);
        if (shape.Rank > 1) x = OverRow(kind, x);
        x = Reshape(x, Shape.Of(ShapeOf(x).Count));
        return Apply(new Reduce(kind, [0], KeepDims: false), new ScalarType(x.Element), x);
    }

    /// <summary>Σ over a batch of Aᵀ·B is one product whose inner dimension runs through the batch.</summary>
    private bool TryFoldBatch(Value result, Reduce reduce, Value x)
    {
        if (reduce.Kind != ReduceKind.Sum || result.Type is not TensorType) return false;
        if (!_definitions.TryGetValue(x.Id, out Apply? product) || product.Operation is not MatMul { TransposeA: true, TransposeB: false }) return false;
        Shape a = ShapeOf(product.Inputs[0]), b = ShapeOf(product.Inputs[1]);
        int batch = a.Rank - 2;
        if (_uses[x.Id] != 1 || batch == 0 || b.Rank != a.Rank || reduce.Axes.Length != batch || reduce.Axes.Any(axis => axis >= batch)) return false;
        for (int axis = 0; axis < batch; axis++)
            if (a[axis] != b[axis]) return false;

        _body.Remove(product);
        Value left = Reshape(product.Inputs[0], Shape.Of(a.CountBefore(a.Rank - 1), a[-1]));
        Value right = Reshape(product.Inputs[1], Shape.Of(b.CountBefore(b.Rank - 1), b[-1]));
        if (ShapeOf(result).Rank == 2) Define(result, product.Operation, left, right);
        else Define(result, new Reshape(), Apply(product.Operation, new TensorType(x.Element, Shape.Of(a[-1], b[-1])), left, right));
        return true;
    }

    /// <summary>Lets the last instruction, which defined <paramref name="value"/>, define <paramref name="result"/>.</summary>
    private void Rename(Value result, Value value)
    {
        var last = (Apply)_body[_body.Count - 1];
        if (last.Result.Id != value.Id) throw new InvalidOperationException("only the result of the last instruction can be renamed");
        _body.RemoveAt(_body.Count - 1);
        Define(result, last.Operation, last.Inputs.ToArray());
    }
}
