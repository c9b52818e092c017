namespace AutoDiff.Compiler.IR;

/// <summary>Which part of an axis a tile has.</summary>
public enum Tiling
{
    /// <summary>All of it.</summary>
    Whole,

    /// <summary>The rows of the block.</summary>
    Rows,

    /// <summary>What the rows of the block reach: from the start up to the last row of the block where the loop is causal, otherwise all of it.</summary>
    Reach,
}

/// <summary>A matrix that a block loop reads or writes: a part of a tensor, at the present index of its leading axes.</summary>
/// <param name="Outer">The tensor, (batch…, x, y).</param>
/// <param name="Inner">The matrix in the body.</param>
/// <param name="RowTiling">Which part of x.</param>
/// <param name="ColumnTiling">Which part of y.</param>
/// <param name="Accumulates">Whether the parts of several blocks overlap and are added; all of it starts as 0.</param>
public sealed record Tile(Value Outer, Value Inner, Tiling RowTiling, Tiling ColumnTiling, bool Accumulates = false);

/// <summary>A matrix in between that the loop of the forward part leaves to the loop of the backward part, where there is little enough of it.</summary>
/// <param name="Key">The same in both.</param>
/// <param name="Inner">The matrix in the body.</param>
public sealed record Memo(int Key, Value Inner);

/// <summary>
/// Products and passes over rows that share their leading axes and their rows, as one loop: for each index of the leading axes, for one block of rows after the other.
/// Of what the body computes in between there is never more than a block in memory.
/// </summary>
/// <param name="Id">Distinguishes the symbols of this loop from those of others.</param>
/// <param name="Batch">The leading axes.</param>
/// <param name="RowCount">The number of rows, which are cut into blocks.</param>
/// <param name="ColumnCount">The number of columns of what is in between.</param>
/// <param name="IsCausal">Whether a row reaches only the columns up to its own.</param>
/// <param name="Reads">The tensors that the body reads; their tiles are its parameters.</param>
/// <param name="Scalars">The scalars that the body reads.</param>
/// <param name="Memos">The matrices that are left by, or taken from, another loop.</param>
/// <param name="Again">What computes the memos where they have not been kept; without parameters and yields. Empty in the loop that leaves them.</param>
/// <param name="Body">What is done for a block.</param>
/// <param name="Writes">The results; their tiles are the yields of the body.</param>
public sealed record BlockLoop(int Id, Shape Batch, Dim RowCount, Dim ColumnCount, bool IsCausal, EquatableArray<Tile> Reads, EquatableArray<Value> Scalars,
    EquatableArray<Memo> Memos, Region Again, Region Body, EquatableArray<Tile> Writes) : Instruction
{
    public override EquatableArray<Value> Results => Writes.Select(static tile => tile.Outer).ToEquatable();

    public override EquatableArray<Value> Operands => [.. Reads.Select(static tile => tile.Outer).Distinct(), .. Scalars];

    public override bool IsPure => true;

    /// <summary>The first row of the block.</summary>
    public Dim First => Dim.Symbol(Symbol("first"));

    /// <summary>The number of rows of the block.</summary>
    public Dim Rows => Dim.Symbol(Symbol("rows"));

    /// <summary>The number of columns that the block reaches.</summary>
    public Dim Reach => IsCausal ? Dim.Symbol(Symbol("reach")) : ColumnCount;

    /// <summary>The present index of a leading axis.</summary>
    public Dim Index(int axis) => Dim.Symbol(Symbol("b" + axis.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    /// <summary>Everything that is done for a block, computed again or not.</summary>
    public EquatableArray<Instruction> Steps => Again.Body.IsEmpty ? Body.Body : [.. Again.Body, .. Body.Body];

    /// <summary>The size of a part of an axis.</summary>
    public Dim Size(Tiling tiling, Dim whole) => tiling switch { Tiling.Rows => Rows, Tiling.Reach => Reach, _ => whole };

    private string Symbol(string name) => $"{name}#{Id.ToString(System.Globalization.CultureInfo.InvariantCulture)}";

    public override Instruction Rewrite(Func<Value, Value> use, Func<Value, Value> define)
    {
        EquatableArray<Tile> reads = Reads.Select(tile => tile with { Outer = use(tile.Outer), Inner = define(tile.Inner) }).ToEquatable();
        Region again = Again.Rewrite(use, define), body = new Region([], Body.Body, Body.Yields).Rewrite(use, define);
        return this with
        {
            Reads = reads,
            Scalars = Scalars.Map(use),
            Again = again,
            Memos = Memos.Select(memo => memo with { Inner = use(memo.Inner) }).ToEquatable(),
            Body = body with { Parameters = reads.Select(static tile => tile.Inner).ToEquatable() },
            Writes = Writes.Select((tile, k) => tile with { Inner = body.Yields[k], Outer = define(tile.Outer) }).ToEquatable(),
        };
    }
}
