namespace AutoDiff.Compiler.IR;

/// <summary>Reads one element of a buffer. Pure only while nothing writes the buffer; <see cref="Analysis"/> decides.</summary>
public sealed record Load(Value Result, Value Buffer, Value Index) : Instruction
{
    /// <summary>Which leaf of an element that is a struct: <c>.Position.X</c>; empty where it is a number.</summary>
    public string Path { get; init; } = "";

    public override EquatableArray<Value> Results => [Result];

    public override EquatableArray<Value> Operands => [Buffer, Index];

    public override bool IsPure => Buffer.Type is BufferType { Kind: BufferKind.ReadOnlySpan };

    public override Instruction Rewrite(Func<Value, Value> use, Func<Value, Value> define)
        => this with { Buffer = use(Buffer), Index = use(Index), Result = define(Result) };
}

/// <summary>Overwrites one element of a buffer.</summary>
public sealed record Store(Value Buffer, Value Index, Value Operand) : Instruction
{
    /// <summary>Which leaf of an element that is a struct: <c>.Position.X</c>; empty where it is a number.</summary>
    public string Path { get; init; } = "";

    public override EquatableArray<Value> Results => [];

    public override EquatableArray<Value> Operands => [Buffer, Index, Operand];

    public override Instruction Rewrite(Func<Value, Value> use, Func<Value, Value> define)
        => this with { Buffer = use(Buffer), Index = use(Index), Operand = use(Operand) };
}

/// <summary>Adds to one element of an adjoint buffer: <c>da[i] += v</c>.</summary>
public sealed record Accumulate(Value Buffer, Value Index, Value Operand) : Instruction
{
    /// <summary>Which leaf of an element that is a struct: <c>.Position.X</c>; empty where it is a number.</summary>
    public string Path { get; init; } = "";

    public override EquatableArray<Value> Results => [];

    public override EquatableArray<Value> Operands => [Buffer, Index, Operand];

    public override Instruction Rewrite(Func<Value, Value> use, Func<Value, Value> define)
        => this with { Buffer = use(Buffer), Index = use(Index), Operand = use(Operand) };
}

/// <summary>A new buffer of zeros: <c>new T[length]</c>, <c>stackalloc</c>, or an adjoint buffer.</summary>
public sealed record AllocateBuffer(Value Result, Value Length) : Instruction
{
    /// <summary>Whether it is taken before it is known to be needed, so that a negative length is none, and no element is read before it is written.</summary>
    public bool IsEarly { get; init; }

    /// <summary>Whether it lies on the processor's stack: <c>stackalloc</c>, of a length that is known at build time.</summary>
    public bool IsOnStack { get; init; }

    public override EquatableArray<Value> Results => [Result];

    public override EquatableArray<Value> Operands => [Length];

    public override Instruction Rewrite(Func<Value, Value> use, Func<Value, Value> define)
        => this with { Length = use(Length), Result = define(Result) };
}

/// <summary>A view of part of a buffer that shares its memory; the adjoint of a view is the same view of the adjoint.</summary>
public sealed record SliceBuffer(Value Result, Value Buffer, Value Start, Value Length) : Instruction
{
    /// <summary>Whether an index of the source chose it, a row of a rectangular array: where there is none, that index is out of range.</summary>
    public bool IsRow { get; init; }

    public override EquatableArray<Value> Results => [Result];

    public override EquatableArray<Value> Operands => [Buffer, Start, Length];

    public override bool IsPure => true;

    public override Instruction Rewrite(Func<Value, Value> use, Func<Value, Value> define)
        => this with { Buffer = use(Buffer), Start = use(Start), Length = use(Length), Result = define(Result) };
}

/// <summary>The number of elements of a buffer, as an i32.</summary>
public sealed record BufferLength(Value Result, Value Buffer) : Instruction
{
    public override EquatableArray<Value> Results => [Result];

    public override EquatableArray<Value> Operands => [Buffer];

    public override bool IsPure => true;

    public override Instruction Rewrite(Func<Value, Value> use, Func<Value, Value> define)
        => this with { Buffer = use(Buffer), Result = define(Result) };
}

/// <summary>Copies all elements: <c>source.CopyTo(destination)</c>.</summary>
public sealed record CopyBuffer(Value Destination, Value Source) : Instruction
{
    public override EquatableArray<Value> Results => [];

    public override EquatableArray<Value> Operands => [Destination, Source];

    public override Instruction Rewrite(Func<Value, Value> use, Func<Value, Value> define)
        => this with { Destination = use(Destination), Source = use(Source) };
}

/// <summary>Sets every element: <c>buffer.Fill(value)</c>.</summary>
public sealed record FillBuffer(Value Buffer, Value Operand) : Instruction
{
    public override EquatableArray<Value> Results => [];

    public override EquatableArray<Value> Operands => [Buffer, Operand];

    public override Instruction Rewrite(Func<Value, Value> use, Func<Value, Value> define)
        => this with { Buffer = use(Buffer), Operand = use(Operand) };
}

/// <summary>Adds a tensor to the gradient of the parameter called <paramref name="Parameter"/> of a model, in the gradients that the caller passed.</summary>
public sealed record AccumulateParameter(Value Model, string Parameter, Value Operand) : Instruction
{
    public override EquatableArray<Value> Results => [];

    public override EquatableArray<Value> Operands => [Model, Operand];

    public override Instruction Rewrite(Func<Value, Value> use, Func<Value, Value> define)
        => this with { Model = use(Model), Operand = use(Operand) };
}
