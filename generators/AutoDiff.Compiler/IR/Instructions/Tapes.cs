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
