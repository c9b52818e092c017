namespace AutoDiff.Compiler.IR;

/// <summary>Runs one of two regions (without parameters); its results are what that region yields.</summary>
public sealed record If(EquatableArray<Value> Defines, Value Condition, Region Then, Region Else) : Instruction
{
    /// <inheritdoc cref="For.Pair"/>
    public int Pair { get; init; }

    public override EquatableArray<Value> Results => Defines;

    public override EquatableArray<Value> Operands => [Condition];

    public override EquatableArray<Region> Regions => [Then, Else];

    public override Instruction Rewrite(Func<Value, Value> use, Func<Value, Value> define)
    {
        Value condition = use(Condition);
        Region then = Then.Rewrite(use, define), otherwise = Else.Rewrite(use, define);
        return this with { Condition = condition, Then = then, Else = otherwise, Defines = Defines.Map(define) };
    }
}

/// <summary>
/// A counted loop: <c>for (i = Start; i &lt; End; i += Stride)</c>, or <c>i &gt; End</c> for a negative stride. The body's parameters are the counter and
/// the carried values; it yields their next states; the results are their last. With <paramref name="HasCondition"/> the first carried value is a
/// truth value that is tested before each iteration too.
/// </summary>
public sealed record For(
    EquatableArray<Value> Defines, Value Start, Value End, long Stride, EquatableArray<Value> Initial, Region Body, bool HasCondition = false) : Instruction
{
    /// <summary>Pairs the instruction of the forward part with its counterpart in the backward part; 0 where there is none.</summary>
    public int Pair { get; init; }

    /// <summary>Whether the counter runs through the same numbers from the last to the first.</summary>
    public bool IsReversed { get; init; }

    /// <summary>
    /// Whether iterations run side by side in the lanes of vectors: nothing that one does depends on another, except that carried values are sums, greatest or
    /// least numbers, whose lanes meet at the end, or hand on what the iteration before made. Emission proves it again.
    /// </summary>
    public bool InLanes { get; init; }

    /// <summary>Why iterations run one after the other, said in the generated code; empty where nobody asked.</summary>
    public string Serial { get; init; } = "";

    public Value Counter => Body.Parameters[0];

    public override EquatableArray<Value> Results => Defines;

    public override EquatableArray<Value> Operands => [Start, End, .. Initial];

    public override EquatableArray<Region> Regions => [Body];

    public override Instruction Rewrite(Func<Value, Value> use, Func<Value, Value> define)
    {
        Value start = use(Start), end = use(End);
        EquatableArray<Value> initial = Initial.Map(use);
        Region body = Body.Rewrite(use, define);
        return this with { Start = start, End = end, Initial = initial, Body = body, Defines = Defines.Map(define) };
    }
}

/// <summary>
/// Any other loop: <c>while (carried[0]) carried = body(carried);</c>. The first carried value is the truth value that is tested before each iteration; the
/// body's parameters are the carried values; the results are their last states.
/// </summary>
public sealed record While(EquatableArray<Value> Defines, EquatableArray<Value> Initial, Region Body) : Instruction
{
    /// <inheritdoc cref="For.Pair"/>
    public int Pair { get; init; }

    public override EquatableArray<Value> Results => Defines;

    public override EquatableArray<Value> Operands => Initial;

    public override EquatableArray<Region> Regions => [Body];

    public override Instruction Rewrite(Func<Value, Value> use, Func<Value, Value> define)
    {
        EquatableArray<Value> initial = Initial.Map(use);
        Region body = Body.Rewrite(use, define);
        return this with { Initial = initial, Body = body, Defines = Defines.Map(define) };
    }
}
