namespace AutoDiff.Compiler.IR;

/// <summary>
/// Elementwise operations, broadcasts and reductions that run as one pass over the rows of <paramref name="Space"/>. What is not among
/// <paramref name="Defines"/> stays in registers. Reductions of the last axis separate column loops of one row; reductions of all other axes run through all rows.
/// </summary>
/// <param name="Defines">The results that somebody else reads.</param>
/// <param name="Space">The shape that is iterated over; its last axis is the column.</param>
/// <param name="Body">What is computed, in order.</param>
/// <param name="Inputs">The values that the body reads from outside.</param>
public sealed record RowKernel(EquatableArray<Value> Defines, Shape Space, EquatableArray<Apply> Body, EquatableArray<Value> Inputs) : Instruction
{
    public override EquatableArray<Value> Results => Defines;

    public override EquatableArray<Value> Operands => Inputs;

    public override bool IsPure => true;

    public override Instruction Rewrite(Func<Value, Value> use, Func<Value, Value> define)
        => this with { Inputs = Inputs.Map(use), Body = Body.Select(apply => (Apply)apply.Rewrite(use, define)).ToEquatable(), Defines = Defines.Map(define) };
}

/// <summary>A matrix product and the elementwise operations behind it, applied to each block of the product while it is in registers.</summary>
/// <param name="Defines">The results that somebody else reads; the plain product is among them only where somebody does.</param>
/// <param name="Product">The product.</param>
/// <param name="Epilogue">What is computed from it, in order.</param>
/// <param name="Inputs">The operands of the product, then the values that the epilogue reads from outside.</param>
public sealed record ProductKernel(EquatableArray<Value> Defines, Apply Product, EquatableArray<Apply> Epilogue, EquatableArray<Value> Inputs) : Instruction
{
    public MatMul Operation => (MatMul)Product.Operation;

    public override EquatableArray<Value> Results => Defines;

    public override EquatableArray<Value> Operands => Inputs;

    public override bool IsPure => true;

    public override Instruction Rewrite(Func<Value, Value> use, Func<Value, Value> define) => this with
    {
        Inputs = Inputs.Map(use),
        Product = (Apply)Product.Rewrite(use, define),
        Epilogue = Epilogue.Select(apply => (Apply)apply.Rewrite(use, define)).ToEquatable(),
        Defines = Defines.Map(define),
    };
}

/// <summary>A scalar from tensors: a sum of all elements, a count of targets, the only element.</summary>
public sealed record ScalarKernel(Value Result, Operation Operation, EquatableArray<Value> Inputs) : Instruction
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
