namespace AutoDiff.Compiler.IR;

// Operations that scheduling introduces: what composites are made of, and copies. None of them reaches a derivative rule.

/// <summary>The operand, in storage of its own.</summary>
public sealed record Copy : Operation
{
    public override string Name => "copy";
}

/// <summary>onehot(targets (rows…)): 1 at the target of each row and 0 elsewhere, in the shape rows… × classes of the result type.</summary>
public sealed record OneHot : Operation
{
    public override string Name => "onehot";
}

/// <summary>pick(x (rows…, classes), targets (rows…)): the element at the target of each row, as (rows…, 1); 0 in ignored rows.</summary>
public sealed record PickTarget(int IgnoreIndex) : Operation
{
    public override string Name => "pick";

    public override string Attributes => $"ignore={IgnoreIndex}";
}

/// <summary>mask(x (rows…, n), targets (rows…)): x, and 0 in ignored rows.</summary>
public sealed record MaskTarget(int IgnoreIndex) : Operation
{
    public override string Name => "mask";

    public override string Attributes => $"ignore={IgnoreIndex}";
}

/// <summary>count(targets): how many are not ignored, as a scalar of the result type; checks that each of them is one of the classes.</summary>
public sealed record CountTargets(int IgnoreIndex, Dim Classes) : Operation
{
    public override string Name => "count";

    public override string Attributes => $"ignore={IgnoreIndex} classes={Classes}";
}
