namespace AutoDiff.Compiler.IR;

/// <summary>A new, empty tape.</summary>
public sealed record NewTape(Value Result) : Instruction
{
    public override EquatableArray<Value> Results => [Result];

    public override EquatableArray<Value> Operands => [];

    public override Instruction Rewrite(Func<Value, Value> use, Func<Value, Value> define) => this with { Result = define(Result) };
}

/// <summary>Saves a residual of the forward part. <paramref name="Reason"/> is said in the generated code.</summary>
public sealed record Push(Value Tape, Value Operand, string Reason) : Instruction
{
    public override EquatableArray<Value> Results => [];

    public override EquatableArray<Value> Operands => [Tape, Operand];

    public override Instruction Rewrite(Func<Value, Value> use, Func<Value, Value> define)
        => this with { Tape = use(Tape), Operand = use(Operand) };
}

/// <summary>Takes back the residual saved last.</summary>
public sealed record Pop(Value Result, Value Tape) : Instruction
{
    public override EquatableArray<Value> Results => [Result];

    public override EquatableArray<Value> Operands => [Tape];

    public override Instruction Rewrite(Func<Value, Value> use, Func<Value, Value> define)
        => this with { Tape = use(Tape), Result = define(Result) };
}

/// <summary>
/// Room on a tape for the residuals of a loop that counts from <paramref name="First"/> to before <paramref name="End"/>, taken before the loop starts: a buffer
/// that the loop stores to by index, in any order. A loop that does not run has none.
/// </summary>
public sealed record ReserveTape(Value Result, Value Tape, Value First, Value End) : Instruction
{
    public override EquatableArray<Value> Results => [Result];

    public override EquatableArray<Value> Operands => [Tape, First, End];

    public override Instruction Rewrite(Func<Value, Value> use, Func<Value, Value> define)
        => this with { Tape = use(Tape), First = use(First), End = use(End), Result = define(Result) };
}

/// <summary>Takes back the residuals that were reserved last, for a loop over the same numbers.</summary>
public sealed record ReleaseTape(Value Result, Value Tape, Value First, Value End) : Instruction
{
    public override EquatableArray<Value> Results => [Result];

    public override EquatableArray<Value> Operands => [Tape, First, End];

    public override Instruction Rewrite(Func<Value, Value> use, Func<Value, Value> define)
        => this with { Tape = use(Tape), First = use(First), End = use(End), Result = define(Result) };
}
