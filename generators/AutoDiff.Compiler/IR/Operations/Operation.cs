namespace AutoDiff.Compiler.IR;

/// <summary>
/// A pure function of its operands, with its compile-time attributes. One record for each; <see cref="Apply"/> applies it. Every operation has a
/// derivative rule in the rule table, or is declared there to have derivative zero.
/// </summary>
public abstract record Operation
{
    /// <summary>The name in the textual form and in diagnostics.</summary>
    public abstract string Name { get; }

    /// <summary>The attributes in the textual form, such as <c>axis=-1</c>; empty where there are none.</summary>
    public virtual string Attributes => "";

    /// <summary>Whether it reads what others may change while the function runs, or before its backward part does.</summary>
    public virtual bool ReadsState => false;

    public sealed override string ToString() => Attributes.Length == 0 ? Name : $"{Name}[{Attributes}]";
}

/// <summary>
/// A scalar function applied element by element. Operands and result are scalars, or tensors that broadcast as in NumPy (a scalar operand broadcasts too): the
/// same operation and the same derivative rule serve both.
/// </summary>
public sealed record Elementwise(ScalarOp Op) : Operation
{
    /// <summary>For whole numbers: what the source says of a result that does not fit.</summary>
    public Overflow Overflow { get; init; }

    public override string Name => Op.Text();

    public override string Attributes => Overflow switch { Overflow.Wraps => "wraps", Overflow.Throws => "throws", _ => "" };
}
