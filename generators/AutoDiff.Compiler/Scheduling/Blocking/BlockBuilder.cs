using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Scheduling;

/// <summary>Writes a group as a <see cref="BlockLoop"/>: the same operations on matrices instead of batches of them.</summary>
internal sealed class BlockBuilder
{
    private readonly BlockGroup _group;
    private readonly BlockLoop _loop;
    private readonly ValueFactory _values;
    private readonly Dictionary<int, Constant> _constants;
    private readonly Dictionary<int, Value> _inner = [];
    private readonly List<Tile> _reads = [];
    private readonly List<Value> _scalars = [];
    private readonly List<Instruction> _again = [];
    private readonly List<Instruction> _body = [];
    private List<Instruction> _target;

    private BlockBuilder(BlockGroup group, bool isCausal, ValueFactory values, Dictionary<int, Constant> constants)
    {
        (_group, _values, _constants, _target) = (group, values, constants, _body);
        int id = group.Operations[0].Result.Id;
        _loop = new BlockLoop(id, group.Shape.Batch, group.Shape.Rows, group.Shape.Columns, isCausal, [], [], [], new Region([], [], []), new Region([], [], []), [])
        {
            Step = group.Operations.Max(static apply => apply.Step),
        };
    }

    /// <param name="group">The group.</param>
    /// <param name="isCausal">Whether no row has to go beyond its own column.</param>
    /// <param name="escapes">Whether somebody outside the group reads a value.</param>
    /// <param name="values">Makes the matrices.</param>
    /// <param name="constants">The constants of the region, by the values that they define.</param>
    /// <param name="memos">What the forward part leaves to the backward part.</param>
    public static BlockLoop Build(
        BlockGroup group, bool isCausal, Func<Value, bool> escapes, ValueFactory values, Dictionary<int, Constant> constants, BlockMemos memos)
    {
        var builder = new BlockBuilder(group, isCausal, values, constants);
        var writes = new List<Tile>();
        var shared = new List<Memo>();
        foreach (Apply apply in group.Operations)
        {
            builder._target = memos.Recomputed.Contains(apply.Result.Id) ? builder._again : builder._body;
            Value inner = builder.Define(apply, out Tiling rows, out Tiling columns);
            if (memos.Kept.Contains(apply.Result.Id)) shared.Add(new Memo(apply.Result.Id, inner));
            if (escapes(apply.Result)) writes.Add(new Tile(apply.Result, inner, rows, columns, Accumulates: rows != Tiling.Rows));
        }

        Region body = new(builder._reads.Select(static tile => tile.Inner).ToEquatable(), builder._body.ToEquatable(), writes.Select(static tile => tile.Inner).ToEquatable());
        return builder._loop with
        {
            Reads = builder._reads.ToEquatable(),
            Scalars = builder._scalars.ToEquatable(),
            Memos = shared.ToEquatable(),
            Again = new([], builder._again.ToEquatable(), []),
            Body = body,
            Writes = writes.ToEquatable(),
        };
    }

    private Value Define(Apply apply, out Tiling rows, out Tiling columns)
    {
        BlockShape shape = _group.Shape;
        (rows, columns) = (Tiling.Rows, shape.IsMatrix(apply.Result) ? Tiling.Reach : Tiling.Whole);
        EquatableArray<Value> inputs;
        Operation operation = apply.Operation;
        if (operation is MatMul product)
        {
            (Tiling Rows, Tiling Columns) a = (Tiling.Rows, Tiling.Whole), b = (Tiling.Whole, Tiling.Reach);
            if (_group.IsLocal(apply.Inputs[0]))
            {
                columns = Tiling.Whole;
                a = product.TransposeA ? (Tiling.Reach, Tiling.Rows) : (Tiling.Rows, Tiling.Reach);
                b = (a.Columns, Tiling.Whole);
                rows = a.Rows;
            }

            inputs = [Inner(apply.Inputs[0], product.TransposeA, a), Inner(apply.Inputs[1], product.TransposeB, b)];
        }
        else
        {
            inputs = apply.Inputs.Select(input => Inner(input, false, (Tiling.Rows, shape.IsMatrix(input) ? Tiling.Reach : Tiling.Whole))).ToEquatable();
            if (operation is CausalFill fill) operation = fill with { Start = _loop.First };
            if (operation is Reduce reduce) operation = reduce with { Axes = [1] };
        }

        Shape full = Fusible.Full(apply.Result);
        Value inner = _values.New(new TensorType(apply.Result.Element, Shape.Of(_loop.Size(rows, full[-2]), _loop.Size(columns, full[-1]))), apply.Result.Name);
        _target.Add(apply with { Result = inner, Operation = operation, Inputs = inputs });
        return _inner[apply.Result.Id] = inner;
    }

    /// <summary>An operand as it is in the body; <paramref name="parts"/> are those of the operand after a transposition.</summary>
    private Value Inner(Value outer, bool transposed, (Tiling Rows, Tiling Columns) parts)
    {
        if (_inner.TryGetValue(outer.Id, out Value? inner)) return inner;
        if (outer.Type is not TensorType { Shape: var shape })
        {
            if (_constants.TryGetValue(outer.Id, out Constant? constant))
            {
                inner = _values.New(outer.Type, outer.Name);
                _target.Add(constant with { Result = inner });
                return inner;
            }

            if (!_scalars.Contains(outer)) _scalars.Add(outer);
            return outer;
        }

        (Tiling rows, Tiling columns) = transposed ? (parts.Columns, parts.Rows) : parts;
        if (_reads.FirstOrDefault(tile => tile.Outer.Id == outer.Id && tile.RowTiling == rows && tile.ColumnTiling == columns) is { } known) return known.Inner;
        var type = new TensorType(outer.Element, Shape.Of(_loop.Size(rows, shape[-2]), _loop.Size(columns, shape[-1])));
        inner = _values.New(type, outer.Name);
        _reads.Add(new Tile(outer, inner, rows, columns));
        return inner;
    }
}
