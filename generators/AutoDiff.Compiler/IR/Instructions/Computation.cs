namespace AutoDiff.Compiler.IR;

/// <summary>Defines a scalar constant. <paramref name="Bits"/> is the value's bits (as a 64-bit double for every floating kind), so that NaN, −0 and ±∞ are exact.</summary>
public sealed record Constant(Value Result, long Bits) : Instruction
{
    public override EquatableArray<Value> Results => [Result];

    public override EquatableArray<Value> Operands => [];

    public override bool IsPure => true;

    /// <summary>The value of a floating constant.</summary>
    public double Double => BitConverter.Int64BitsToDouble(Bits);

    /// <summary>The value, whatever its kind, as a double.</summary>
    public double AsDouble => Result.Element.IsFloating() ? Double : Bits;

    public override Instruction Rewrite(Func<Value, Value> use, Func<Value, Value> define) => this with { Result = define(Result) };
}

/// <summary>Defines a value as a pure operation of others.</summary>
public sealed record Apply(Value Result, Operation Operation, EquatableArray<Value> Inputs) : Instruction
{
    public override EquatableArray<Value> Results => [Result];

    public override EquatableArray<Value> Operands => Inputs;

    public override bool IsPure => true;

    public override Instruction Rewrite(Func<Value, Value> use, Func<Value, Value> define)
    {
        EquatableArray<Value> inputs = Inputs.Map(use);
        return this with { Result = define(Result), Inputs = inputs };
    }
}
